"""Was the sealing-up or seizure ended within its period? ACL art. 25."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.calendar import Deadline, deadline
from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

TESTING = frozenset({"testing", "appraisal"})


def clock(facts: Facts) -> Iterator[Running]:
    for order in facts.all("measure_ordered"):
        stop = lifted(facts, order)
        due = _due(facts, order, stop)
        seen_on = stop.day if stop is not None else facts.at.date()
        state = f"{day_text(stop.day)}才解除或者处理" if stop is not None else "至今没有解除或者处理"
        breach = Breach(
            f"查封扣押期限届满：{day_text(order.day)}实施，期限（含延长、扣除检测鉴定期间）至{day_text(due.due_on)}，{state}",
            "在案卷中说明逾期理由；因逾期给当事人造成损失的依法赔偿"
            if stop is not None
            else "请立即处理或者解除",
        )
        yield Running(order, due, stop, breach, late=seen_on > due.due_on)


def lifted(facts: Facts, order: Event) -> Event | None:
    """The act that ended this measure."""
    return next(
        (one for one in facts.after(order, "measure_lifted") if one.data["id"] == order.data["id"]), None
    )


def _due(facts: Facts, order: Event, stop: Event | None) -> Deadline:
    """The end with one extension approved before the end, never above its limit, and without the days of testing."""
    period = facts.param("measure_days", order.day)
    longest = facts.param("measure_extension_days", order.day).value
    spans = [
        (one.data["from_on"], one.data["to_on"])
        for one in facts.after(order, "time_excluded")
        if one.data["reason"] in TESTING and (stop is None or one.index < stop.index)
    ]

    def end(length: int) -> Deadline:
        return deadline(
            start=order.day, length=length, unit=period.unit, holidays=facts.holidays, excluded=spans
        )

    due, extra = end(period.value), 0
    for one in facts.after(order, "measure_extended"):
        approved = one.data["id"] == order.data["id"] and one.data["approved_by"] is not None
        if approved and one.day <= due.due_on:
            extra = min(longest, extra + one.data["days"])
            due = end(period.value + extra)
    return due


register(
    Rule(
        id="R-ACL-25-1",
        title="查封扣押在期限内处理或者解除",
        article="行政强制法第二十五条第一款",
        clock=clock,
    )
)
