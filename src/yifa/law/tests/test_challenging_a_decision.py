"""Reconsideration and suit: the last days to bring one, the answer due, what an outcome leaves to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from yifa.law.disputes import MEANS, TURNED, Challenges, challenges
from yifa.law.enums import ENUMS
from yifa.law.record import parse
from yifa.law.scenarios import base


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


def act(day: str, kind: str, **keys: Any) -> dict[str, Any]:
    return {"at": at(day), "kind": kind, "by": [], **keys}


def seen(day: str, *acts: dict[str, Any], without: tuple[str, ...] = (), of: str = "ordinary") -> Challenges:
    record = base(of)
    events = [one for one in record["events"] if one["kind"] not in without]
    record["events"] = sorted([*events, *acts], key=lambda one: one["at"])
    return challenges(parse(record), at(day))


FILED = act("2024-06-20", "reconsideration_filed", copy_received_on="2024-06-21")


def test_before_service_no_period_runs():
    found = seen("2024-06-01", without=("instrument_served", "case_closed", "case_archived"))
    assert (found.served_on, found.reconsideration, found.litigation) == (None, None, None)


def test_two_periods_run_from_service_and_roll_over_rest_days():
    found = seen("2024-06-01")
    assert found.reconsideration.due_on == date(2024, 7, 23)
    assert found.litigation.due_on == date(2024, 11, 25)
    assert not found.first and found.brought == ()


def test_while_a_reconsideration_runs_no_suit_is_open_and_the_answer_is_due():
    found = seen("2024-06-25", FILED)
    (one,) = found.open
    assert found.litigation is None
    assert (one.family, one.answer.deadline.due_on, one.answered) == (
        "reconsideration",
        date(2024, 7, 5),
        None,
    )


def test_after_its_outcome_fifteen_days_remain_to_sue():
    found = seen("2024-08-01", FILED, act("2024-07-31", "reconsideration_decided", result="upheld"))
    assert found.litigation.due_on == date(2024, 8, 15) and found.open == ()


def test_a_reconsideration_dropped_leaves_the_first_period():
    found = seen("2024-08-01", FILED, act("2024-07-31", "reconsideration_decided", result="withdrawn"))
    assert found.litigation.due_on == date(2024, 11, 25)


def test_without_the_day_of_receipt_no_answer_is_reckoned():
    (one,) = seen("2024-06-25", act("2024-06-20", "litigation_filed")).open
    assert one.received_on is None and one.answer is None


def test_a_revoked_decision_is_to_be_withdrawn_from_where_it_is_published():
    found = seen("2024-08-01", FILED, act("2024-07-31", "reconsideration_decided", result="revoked"))
    ((channel, tick),) = found.withdrawals
    assert (channel, tick.deadline.due_on) == ("portal", date(2024, 8, 5))
    gone = act("2024-08-01", "publicity_withdrawn", channel="portal", reason="决定被撤销")
    assert not seen(
        "2024-08-02", FILED, act("2024-07-31", "reconsideration_decided", result="revoked"), gone
    ).withdrawals


@pytest.mark.parametrize("result", ENUMS["dispute_result"])
def test_every_outcome_says_what_it_means(result):
    assert MEANS[result] and ("撤回并说明理由" in MEANS[result]) == (result in TURNED)
