"""What the sheet asks of a record beside the rules: each condition gives the breaches it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from yifa.law.facts import DECISIONS, Facts, day_text, period_text, yuan
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event

Found = tuple[Event | None, Breach]
Condition = Callable[[Facts], Iterator[Found]]

UNLAWFUL = frozenset({"revoked", "unlawful", "void"})
RESULTS = {
    "reconsideration_decided": "dispute_result",
    "litigation_decided": "dispute_result",
    "decision_changed": "decision_change",
}
SERVED_AS = {"penalty": "penalty_decision", "no_penalty": "no_penalty_decision"}


def decision_not_served(facts: Facts) -> Iterator[Found]:
    """A case closed on a decision that reached nobody. APL arts 52 and 61."""
    closed = _last(facts, "case_closed")
    decided = _last(facts, *DECISIONS)
    if closed is None or decided is None:
        return
    instrument = SERVED_AS.get(decided.data["outcome"])
    if decided.kind == "summary_decision_made":
        reached = decided.data["handed_over"] or _served(facts, decided, "summary_decision")
    else:
        reached = instrument is None or _served(facts, decided, instrument)
    if not reached:
        yield (
            decided,
            Breach(
                f"{day_text(decided.day)}的决定没有送达当事人的记录，案件已于{day_text(closed.day)}结案",
                "依法送达决定书并补充送达回证；没有送达的决定对当事人不发生效力",
            ),
        )


def _served(facts: Facts, decided: Event, instrument: str) -> bool:
    return any(
        one.data["instrument"] == instrument and one.day >= decided.day
        for one in facts.all("instrument_served")
    )


def found_unlawful(facts: Facts) -> Iterator[Found]:
    """A decision revoked, found unlawful or void. APL art. 75."""
    yield from _results(facts, UNLAWFUL, "查明原因，撤回公示，依法重新处理并追究责任")


def decision_altered(facts: Facts) -> Iterator[Found]:
    """A decision changed by reconsideration, a court or the organ."""
    yield from _results(facts, frozenset({"changed"}), "对照变更的理由检查事实、依据、裁量，在同类案件中改正")


def _results(facts: Facts, wanted: frozenset[str], remedy: str) -> Iterator[Found]:
    for kind, enum in RESULTS.items():
        for event in facts.all(kind):
            if event.data["result"] in wanted:
                yield event, Breach(f"{day_text(event.day)}：{label(enum, event.data['result'])}", remedy)


def performed_in_fact(facts: Facts) -> Iterator[Found]:
    """Closed as performed although the fine was not paid in full, and nothing reduced it. APL art. 66."""
    closed, decided = _last(facts, "case_closed"), _last(facts, *DECISIONS)
    if closed is None or decided is None or closed.data["reason"] != "performed":
        return
    if any(event.data["result"] in UNLAWFUL | {"changed"} for kind in RESULTS for event in facts.all(kind)):
        return
    owed = decided.data["penalty"].fine_fen if decided.data["penalty"] else 0
    paid = sum(event.data["amount_fen"] for event in facts.all("fine_collected"))
    if paid < owed:
        yield (
            closed,
            Breach(
                f"以履行完毕结案，但是罚款{yuan(owed)}只缴纳{yuan(paid)}",
                "催缴余款，或者按照实际情况记录结案理由",
            ),
        )


def archived_in_time(facts: Facts) -> Iterator[Found]:
    """Archived within the days after closing that the organ has set. APL art. 47."""
    closed = _last(facts, "case_closed")
    if closed is None:
        return
    due = facts.due("archiving_days", closed)
    period = period_text(facts.param("archiving_days", closed.day))
    archived = next(iter(facts.after(closed, "case_archived")), None)
    if (archived.day if archived else facts.at.date()) > due.due_on:
        state = f"{day_text(archived.day)}才归档" if archived else "至今没有归档"
        yield (
            archived,
            Breach(
                f"{day_text(closed.day)}结案，应在{period}内（{day_text(due.due_on)}前）归档，{state}",
                "在卷内备考表写明逾期原因" if archived else "整理案卷并归档",
            ),
        )


def _last(facts: Facts, *kinds: str) -> Event | None:
    found = [event for kind in kinds for event in facts.all(kind)]
    return max(found, key=lambda event: event.index, default=None)


CONDITIONS: dict[str, Condition] = {
    one.__name__: one
    for one in (decision_not_served, found_unlawful, decision_altered, performed_in_fact, archived_in_time)
}
