"""Hearings as the calendar, the case page and the workbench need them: a fixed number of queries each."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from yifa.casework.cases.queries import WorkItem, of_cases_within_reach
from yifa.casework.hearings.models import ARRANGED, HELD, NOTIFIED, Hearing
from yifa.casework.hearings.points import points_of
from yifa.ledger.clock import SHANGHAI
from yifa.registry.people.reach import Reach

__all__ = ["in_month", "of_case", "points_of", "waiting_for", "weeks"]
DUE = ("case__due_on", "case__due_from", "case__due_unit")


@dataclass(frozen=True)
class Day:
    """One day of the month; `rest`: why nobody works on it, empty on a working day."""

    on: date
    inside: bool
    rest: str
    hearings: list[Hearing]


def in_month(organ: str, first: date, reach: Reach | None) -> list[Hearing]:
    """Hearings of a month an account sees, in order of time. One query."""
    last = first + timedelta(days=calendar.monthrange(first.year, first.month)[1])
    begin, end = (datetime.combine(day, time(), SHANGHAI) for day in (first, last))
    rows = Hearing.objects.filter(organ_id=organ, starts_at__gte=begin, starts_at__lt=end)
    if reach is not None:
        rows = of_cases_within_reach(rows, reach)
    return list(rows.select_related("case").order_by("starts_at", "no"))


def weeks(first: date, hearings: list[Hearing], rest_reason) -> list[list[Day]]:
    """The month as weeks from Monday on."""
    by_day: dict[date, list[Hearing]] = {}
    for one in hearings:
        by_day.setdefault(one.at.date(), []).append(one)
    return [
        [Day(day, day.month == first.month, rest_reason(day) or "", by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def of_case(case_no: str) -> QuerySet[Hearing]:
    return Hearing.objects.filter(case_id=case_no).order_by("serial")


def waiting_for(organ: str, who: str) -> list[WorkItem]:
    """Hearings this person presides over, records or has to notify, and reports not written. One query."""
    mine = Q(presided_by=who) | Q(recorder=who) | Q(arranged_by=who, state=ARRANGED)
    open_ones = Q(state__in=(ARRANGED, NOTIFIED)) | Q(state=HELD, presided_by=who, reported_at=None)
    rows = Hearing.objects.filter(mine & open_ones, organ_id=organ).values(
        "no", "case_id", "case__party_name", "state", "starts_at", "arranged_at", *DUE
    )
    return [item(row) for row in rows]


def item(row: dict) -> WorkItem:
    words = {ARRANGED: "听证，待通知", NOTIFIED: "听证，待举行", HELD: "听证，待报告"}
    held = row["state"] == HELD
    return WorkItem(
        what=words[row["state"]], title="听证", url=reverse("hearing", args=[row["no"]]), case_no=row["case_id"],
        party=row["case__party_name"], since=row["arranged_at"],
        due_on=row["case__due_on"] if held else row["starts_at"].astimezone(SHANGHAI).date(),
        due_from=row["case__due_from"] if held else None, due_unit=row["case__due_unit"] if held else "day",
    )  # fmt: skip
