"""Hearings as the calendar, the case page and the workbench need them: a fixed number of queries each."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from yifa.casework.cases.models import Act
from yifa.casework.cases.queries import WorkItem, of_cases_within_reach
from yifa.casework.hearings.models import ARRANGED, HELD, NOTIFIED, Hearing
from yifa.casework.hearings.points import points_of
from yifa.ledger.clock import SHANGHAI
from yifa.registry.people.reach import Reach

__all__ = ["in_month", "of_case", "points_of", "waiting_for", "weeks"]
DUE = ("case__due_on", "case__due_from", "case__due_unit")


RECORDED = "案卷中已通知"


@dataclass(frozen=True)
class Entry:
    """One hearing in the calendar: arranged here, or only recorded in the case (`timed` False: the hour is not known)."""

    at: datetime
    url: str
    party: str
    place: str
    state: str
    timed: bool = True


@dataclass(frozen=True)
class Day:
    """One day of the month; `rest`: why nobody works on it, empty on a working day."""

    on: date
    inside: bool
    rest: str
    hearings: list[Entry]


def in_month(organ: str, first: date, reach: Reach | None) -> list[Entry]:
    """Hearings of a month an account sees, in order of time. Two queries."""
    last = first + timedelta(days=calendar.monthrange(first.year, first.month)[1])
    begin, end = (datetime.combine(day, time(), SHANGHAI) for day in (first, last))
    rows = Hearing.objects.filter(organ_id=organ, starts_at__gte=begin, starts_at__lt=end)
    told = Act.objects.filter(
        ~Exists(Hearing.objects.filter(case=OuterRef("case"), notified_seq=OuterRef("seq"))),
        organ_id=organ, kind="hearing_notified", data__hearing_on__gte=first.isoformat(), data__hearing_on__lt=last.isoformat(),
    )  # fmt: skip
    if reach is not None:
        rows, told = of_cases_within_reach(rows, reach), of_cases_within_reach(told, reach)
    found = [
        Entry(one.at, reverse("hearing", args=[one.no]), one.case.party_name, one.place, one.state_words)
        for one in rows.select_related("case")
    ]
    found += [
        Entry(
            midnight(one.data["hearing_on"]),
            reverse("case", args=[one.case_id]),
            one.case.party_name,
            "",
            RECORDED,
            timed=False,
        )
        for one in told.select_related("case")
    ]
    return sorted(found, key=lambda one: (one.at, one.url))


def midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), SHANGHAI)


def weeks(first: date, hearings: list[Entry], rest_reason: Callable[[date], str | None]) -> list[list[Day]]:
    """The month as weeks from Monday on."""
    by_day: dict[date, list[Entry]] = {}
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
