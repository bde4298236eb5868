"""Was the case decided within the handling period (办案期限)? APL art. 60."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yifa.law.calendar import Deadline, deadline
from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

STOPS = ("decision_made", "summary_decision_made", "judicial_transfer_handed_over", "case_closed")


def clock(facts: Facts) -> Iterator[Running]:
    openings = facts.all("opening_approved")
    if not openings:
        return
    start = openings[0]
    stop = next(iter(facts.after(start, *STOPS)), None)
    yield _run(facts, start, stop)
    returned = facts.after(start, "judicial_transfer_returned")
    if returned and facts.param("transfer_restarts_handling", returned[-1].day).value:
        yield _run(facts, returned[-1], next(iter(facts.after(returned[-1], *STOPS)), None))


def _run(facts: Facts, start: Event, stop: Event | None) -> Running:
    due = due_of(facts, start, stop)
    seen_on = stop.day if stop is not None else facts.at.date()
    state = f"{day_text(stop.day)}才办结" if stop is not None else "至今没有决定"
    breach = Breach(
        f"案件已超过办案期限：{day_text(start.day)}起算，{due.length}日期限（含延长）至{day_text(due.due_on)}，{state}",
        "说明逾期理由并记入案卷"
        if stop is not None
        else "尽快作出决定；期限届满前须经批准延长，届满后的延长不能补救",
    )
    return Running(start, due, stop, breach, late=seen_on > due.due_on)


def due_of(facts: Facts, start: Event, stop: Event | None) -> Deadline:
    """The end of the period with the extensions approved before it ran out and the excluded days."""
    last = stop.index if stop is not None else len(facts.record.events)
    spans: list[tuple[date, date]] = []
    period = facts.param("handling_days", start.day)
    counted = facts.param("handling_excluded_reasons", start.day).value
    length = period.value

    def computed() -> Deadline:
        return deadline(
            start=start.day, length=length, unit=period.unit, holidays=facts.holidays, excluded=spans
        )

    for event in facts.after(start, "time_excluded", "handling_extended"):
        if event.index >= last:
            break
        if event.kind == "time_excluded":
            if event.data["reason"] in counted:
                spans.append((event.data["from_on"], event.data["to_on"]))
        elif event.data["approved_by"] is not None and event.day <= computed().due_on:
            length += event.data["days"]
    return computed()


register(
    Rule(
        id="R-APL-60-1",
        title="在办案期限内作出决定",
        article="行政处罚法第六十条",
        since=APL_2021,
        clock=clock,
    )
)
