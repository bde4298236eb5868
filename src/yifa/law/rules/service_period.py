"""Was the decision handed over on the spot or served in time? APL art. 61 para. 1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yifa.law.facts import DECISIONS, Facts, day_text
from yifa.law.findings import WARNS, Breach, Running
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

DECISION_PAPERS = frozenset({"penalty_decision", "no_penalty_decision", "summary_decision"})


def clock(facts: Facts) -> Iterator[Running]:
    for kind in DECISIONS:
        for decision in facts.all(kind):
            if decision.data["outcome"] == "transfer" or decision.data.get("handed_over"):
                continue
            due = facts.due("service_days", decision)
            stop = _service(facts, decision)
            if stop is None and (early := _before(facts, decision)):
                yield Running(decision, due, None, early, late=True)
                continue
            seen_on = served_on(stop) if stop is not None else facts.at.date()
            state = f"{day_text(seen_on)}才送达" if stop is not None else "至今没有送达"
            breach = Breach(
                f"处罚决定书未按时送达：{day_text(decision.day)}作出，当事人不在场的应在{day_text(due.due_on)}前送达，{state}",
                "在案卷中说明迟延送达的理由"
                if stop is not None
                else "立即送达；直接送达有困难的，依法采用其他方式",
            )
            yield Running(decision, due, stop, breach, late=seen_on > due.due_on)


def _service(facts: Facts, decision: Event) -> Event | None:
    for event in facts.after(decision, "instrument_served"):
        if event.data["instrument"] in DECISION_PAPERS:
            return event
    return None


def _before(facts: Facts, decision: Event) -> Breach | None:
    """A decision paper served on an earlier day than the decision, and none since: a contradiction, not a service."""
    for event in facts.before(decision, "instrument_served"):
        told = event.data["instrument"] in DECISION_PAPERS and event.day < decision.day
        if told and not facts.before(decision, *DECISIONS):
            return Breach(
                f"处罚决定书的送达（{day_text(event.day)}）早于作出决定（{day_text(decision.day)}），不是有效的送达",
                "核对送达回证和决定书的日期，更正登记；确未送达的，立即送达",
            )
    return None


def served_on(event: Event) -> date:
    """The day the organ served: of a public notice the day it was announced."""
    return event.data["announced_on"] or event.day if event.data["mode"] == "public_notice" else event.day


register(
    Rule(
        id="R-APL-61-1",
        title="决定书当场交付或者按时送达",
        article="行政处罚法第六十一条第一款",
        article_before="行政处罚法（2017年修正）第四十条",
        severity=WARNS,
        clock=clock,
    )
)
