"""The nearest deadline of a case as its row keeps it: entered as history, moved by an act, gone at the end."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.clocks import NEAR, NORMAL, OVERDUE, URGENT, case_clocks, due_day
from yifa.casework.cases.lists import CASES
from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import record_of
from yifa.casework.cases.tests import factories as make
from yifa.law.check import check

pytestmark = pytest.mark.django_db
CODE = "120199-cgw"


def test_a_case_without_a_running_clock_has_no_day():
    case = make.case_with(make.lead("2021-07-01T08:00:00+08:00"), make.opening("2021-07-01T09:00:00+08:00"))
    assert (case.due_on, case.due_rule, case.due_unit) == (None, "", "")
    assert due_day(case.due_on, case.due_from, case.due_unit, date(2021, 8, 1)).words == ""


def test_the_row_keeps_the_nearest_of_the_clocks_the_case_page_shows():
    case = make.case_with(make.lead(), make.opening())
    nearest = case_clocks(check(record_of(case.no)).deadlines, case.last_act_at)[0]
    assert (case.due_on, case.due_rule) == (nearest.deadline.due_on, nearest.rule) and case.due_on
    preserved = {
        "at": "2021-08-05T09:00:00+08:00", "kind": "preservation_ordered", "by": ["0101", "0102"], "id": "1",
        "approved_by": "0301", "items": ["货架"], "urgent": False,
    }  # fmt: skip
    record_act(case_no=case.no, event=preserved, actor=make.ACTOR)
    moved = Case.objects.get(no=case.no)
    assert moved.due_rule == "R-APL-56-1" and moved.due_on < case.due_on
    disposed = {
        **preserved,
        "at": "2021-08-06T09:00:00+08:00",
        "kind": "preservation_disposed",
        "outcome": "returned",
    }
    for name in ("approved_by", "items", "urgent"):
        del disposed[name]
    record_act(case_no=case.no, event=disposed, actor=make.ACTOR)
    back = Case.objects.get(no=case.no)
    assert (back.due_on, back.due_rule) == (case.due_on, case.due_rule)


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2021, 8, 4), NORMAL, "正常，还剩 90 天"),
        (date(2021, 10, 25), NEAR, "临近，还剩 8 天"),
        (date(2021, 10, 30), URGENT, "紧迫，还剩 3 天"),
        (date(2021, 11, 2), URGENT, "紧迫，今天到期"),
        (date(2021, 11, 5), OVERDUE, "超期 3 天"),
    ],
)
def test_days_left_are_in_words_with_their_state(today, state, words):
    found = due_day(date(2021, 11, 2), date(2021, 8, 4), "day", today)
    assert (found.state, found.words) == (state, words)


def test_working_days_are_called_so():
    assert (
        due_day(date(2021, 8, 13), date(2021, 8, 6), "working_day", date(2021, 8, 6)).left
        == "还剩 5 个工作日"
    )


def test_the_list_finds_what_is_overdue_and_what_comes_soon_in_order(monkeypatch):
    for day in ("2021-08-03", "2021-07-20", "2021-08-10"):
        make.case_with(make.lead(f"{day}T08:00:00+08:00"), make.opening(f"{day}T09:00:00+08:00"), number=day)
    dues = sorted(Case.objects.values_list("due_on", flat=True))
    monkeypatch.setenv("YIFA_TODAY", dues[1].isoformat())
    assert CASES.count(CODE, {"due_in": "overdue"}) == 1
    assert CASES.count(CODE, {"due_in": "3"}) == 1 and CASES.count(CODE, {"due_in": "10"}) == 2
    assert [row["due_on"] for row in CASES.rows(CODE, {"sort": "due_on"})] == dues
    assert CASES.count(CODE, {"due_from": dues[0].isoformat(), "due_to": dues[0].isoformat()}) == 1
