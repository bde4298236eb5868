"""After the decision: what is owed on a day, and which step is possible."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from yifa.law.execution import STATES, Standing, standing
from yifa.law.labels import labels
from yifa.law.record import parse
from yifa.law.scenarios import base

ENDED = ("fine_collected", "case_closed", "case_archived")
SERVED, DUE = date(2024, 5, 24), date(2024, 6, 11)


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


def seen(day: str, *more: dict[str, Any], without: tuple[str, ...] = ENDED) -> Standing:
    """The lawful ordinary case on a day, unpaid unless `more` says otherwise."""
    record = base("ordinary")
    kept = [one for one in record["events"] if one["kind"] not in without]
    record["events"] = [*kept, *more]
    found = standing(parse(record), at(day))
    assert found is not None
    return found


def paid(day: str, fen: int) -> dict[str, Any]:
    return {
        "at": at(day), "kind": "fine_collected", "by": [], "collector": "bank", "amount_fen": fen, "receipt": "1",
    }  # fmt: skip


def act(day: str, kind: str, **keys: Any) -> dict[str, Any]:
    return {"at": at(day), "kind": kind, "by": ["li"], **keys}


def step(found: Standing, kind: str) -> tuple[str, str]:
    one = next(one for one in found.steps if one.kind == kind)
    return one.state, one.why


def test_without_a_decision_nothing_is_owed():
    record = base("ordinary")
    record["events"] = record["events"][:3]
    assert standing(parse(record), at("2024-06-01")) is None


def test_before_service_no_period_runs_and_no_step_of_compulsion_is_possible():
    found = seen("2025-01-10", without=(*ENDED, "instrument_served"))
    assert (found.state, found.due_on, found.accrued_fen) == ("unserved", None, 0)
    for kind in ("additional_fine_charged", "demand_served", "court_execution_requested"):
        assert step(found, kind)[0] == "not", kind
        assert "没有送达" in step(found, kind)[1]


def test_the_court_is_not_asked_before_a_demand_nor_during_its_wait():
    assert step(seen("2024-12-20"), "court_execution_requested")[0] == "waits"
    demanded = act("2024-12-16", "demand_served")
    waiting = seen("2024-12-30", demanded)
    assert step(waiting, "court_execution_requested")[0] == "waits"
    assert step(seen("2024-12-31", demanded), "court_execution_requested")[0] == "now"


def test_the_window_has_a_first_and_a_last_day():
    found = seen("2024-12-01")
    assert (found.window.first_on, found.window.last_on) == (date(2024, 11, 26), date(2025, 2, 25))
    demanded = act("2024-12-02", "demand_served")
    assert step(seen("2025-02-25", demanded), "court_execution_requested")[0] == "now"
    late = step(seen("2025-02-26", demanded), "court_execution_requested")
    assert late[0] == "not" and "2025年2月25日" in late[1]


def test_the_latest_demand_leaves_its_wait_before_the_end_of_the_window():
    assert "2025年2月10日" in step(seen("2024-12-01"), "demand_served")[1]
    last = act("2025-02-10", "demand_served")
    assert step(seen("2025-02-25", last), "court_execution_requested")[0] == "now"


@pytest.mark.parametrize(
    ("day", "late", "fen"),
    [("2024-06-11", 0, 0), ("2024-06-12", 1, 300), ("2024-07-14", 33, 9900), ("2024-07-15", 34, 10000), ("2025-01-01", 204, 10000)],
)  # fmt: skip
def test_three_percent_a_day_up_to_the_fine(day, late, fen):
    found = seen(day)
    assert (found.due_on, found.late_days, found.accrued_fen) == (DUE, late, fen)
    assert found.state == ("overdue" if late else "unpaid")


def test_a_part_payment_leaves_the_rest_and_full_payment_stops_the_count():
    part = seen("2024-06-05", paid("2024-06-03", 4000))
    assert (part.state, part.owed_fen, part.paid_fen) == ("part_paid", 6000, 4000)
    full = seen("2024-07-30", paid("2024-06-03", 4000), paid("2024-06-14", 6000))
    assert (full.state, full.owed_fen, full.late_days, full.accrued_fen) == ("paid", 0, 3, 900)
    assert full.settled_on == date(2024, 6, 14)
    assert step(full, "additional_fine_charged")[0] == "now"
    assert step(full, "demand_served")[0] == "not"


def test_what_was_paid_too_much_is_said():
    assert seen("2024-06-05", paid("2024-06-03", 12000)).over_fen == 2000


def test_an_additional_fine_charged_is_owed_too():
    charged = act("2024-06-13", "additional_fine_charged", amount_fen=600, until_on="2024-06-13")
    found = seen("2024-06-13", charged)
    assert (found.charged_fen, found.owed_fen) == (600, 10600)
    assert step(found, "additional_fine_charged")[0] == "done"
    assert step(seen("2024-06-14", charged), "additional_fine_charged")[0] == "now"


def test_an_approved_deferral_moves_the_last_day():
    deferral = act("2024-06-05", "deferral_approved", applied=True, approved_by="head", due_on="2024-12-31")
    found = seen("2024-08-01", deferral)
    assert (found.state, found.due_on, found.accrued_fen) == ("deferred", date(2024, 12, 31), 0)
    assert step(found, "deferral_approved")[0] == "done"


def test_days_of_reconsideration_are_not_counted():
    filed = act("2024-06-20", "reconsideration_filed", copy_received_on="2024-06-21")
    found = seen("2024-07-30", filed)
    assert (found.state, found.late_days, found.accrued_fen) == ("paused", 8, 2400)
    assert found.pauses and step(found, "court_execution_requested") == ("not", "行政复议尚未审结")


def test_a_revoked_decision_is_not_executed():
    filed = act("2024-06-20", "reconsideration_filed", copy_received_on="2024-06-21")
    turned = act("2024-07-20", "reconsideration_decided", result="revoked")
    found = seen("2024-07-30", filed, turned)
    assert found.state == "annulled"
    assert {one.state for one in found.steps} == {"not"}
    assert (found.owed_fen, found.over_fen) == (0, 0)


def test_what_was_paid_under_a_decision_that_fell_goes_back():
    filed = act("2024-06-20", "reconsideration_filed", copy_received_on="2024-06-21")
    turned = act("2024-07-20", "reconsideration_decided", result="revoked")
    found = seen("2024-07-30", paid("2024-06-03", 4000), filed, turned)
    assert (found.state, found.owed_fen, found.over_fen) == ("annulled", 0, 4000)


def test_every_state_has_its_word():
    assert set(labels("payment_state")) == set(STATES)
