"""Was a suspected crime decided on and handed over in time? TR art. 5."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Gap, Running
from yifa.law.record.model import Event
from yifa.law.record.values import CHINA
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running | Gap]:
    for decided in facts.all("judicial_transfer_decided"):
        yield _decision(facts, decided)
        if decided.data["approved"]:
            yield _handover(facts, decided)


def _decision(facts: Facts, decided: Event) -> Running | Gap:
    reported_at = decided.get("reported_at")
    if reported_at is None:
        return Gap("key_absent", "没有记入移送报告的时间（reported_at）")
    reported = reported_at.astimezone(CHINA).date()
    due = facts.due("transfer_decision_days", decided, on=reported)
    breach = Breach(
        f"涉嫌犯罪案件移送超期：{day_text(reported)}报告，应在{day_text(due.due_on)}前决定是否移送，{day_text(decided.day)}才决定",
        "在案卷中说明逾期理由",
    )
    return Running(decided, due, decided, breach, late=decided.day > due.due_on)


def _handover(facts: Facts, decided: Event) -> Running:
    due = facts.due("transfer_handover_hours", decided)
    last = due.due_at
    assert last is not None
    stop = next(iter(facts.after(decided, "judicial_transfer_handed_over")), None)
    state = f"{stop.at:%m-%d %H:%M}才移交" if stop is not None else "至今没有移交"
    breach = Breach(
        f"涉嫌犯罪案件移送超期：应在{day_text(last.date())}{last:%H:%M}前向同级公安机关移送，{state}",
        "在案卷中说明逾期理由" if stop is not None else "立即向同级公安机关移送并附齐材料",
    )
    return Running(decided, due, stop, breach, late=(stop.at if stop is not None else facts.at) > last)


register(
    Rule(
        id="R-TR-05-1",
        title="涉嫌犯罪案件按时决定并移送",
        article="行政执法机关移送涉嫌犯罪案件的规定第五条第二款",
        clock=clock,
    )
)
