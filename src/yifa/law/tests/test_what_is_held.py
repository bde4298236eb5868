"""Measures that stand in a case, and until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yifa.law.measures import Hold, holds
from yifa.law.record import parse
from yifa.law.scenarios import base

PAIR = ["li", "zhao"]
KEPT = {
    "told_rights": True,
    "list_delivered": True,
    "certificate_shown": True,
    "party_present": True,
    "heard": True,
}


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


def act(day: str, kind: str, **keys: Any) -> dict[str, Any]:
    return {"at": at(day), "kind": kind, "by": PAIR, **keys}


def held(day: str, *acts: dict[str, Any], decided: bool = False) -> list[Hold]:
    """What is held on a day in the ordinary case, opened in 2024, with these acts among its own."""
    record = base("ordinary")
    last = "decision_made" if decided else "opening_approved"
    place = next(n for n, one in enumerate(record["events"]) if one["kind"] == last)
    events = [*record["events"][: place + 1], *acts]
    record["events"] = sorted(events, key=lambda one: one["at"])
    return holds(parse(record), at(day))


def sealed(day: str = "2024-05-06", **keys: Any) -> dict[str, Any]:
    return act(
        day,
        "measure_ordered",
        id="1",
        measure="sealing_up",
        approved_by="head",
        items=["三轮车一辆"],
        signed="yes",
        **KEPT,
        **keys,
    )


def preserved(day: str = "2024-05-06") -> dict[str, Any]:
    return act(day, "preservation_ordered", id="1", approved_by="head", items=["宣传架三个"])


def test_nothing_is_held_where_nothing_was_ordered():
    assert held("2024-06-01") == []


def test_thirty_days_and_what_may_be_added():
    (one,) = held("2024-05-20", sealed())
    assert (one.deadline.due_on, one.standing, one.late, one.extendable) == (
        date(2024, 6, 5),
        True,
        False,
        30,
    )
    assert one.items == ("三轮车一辆",)


def test_an_extension_approved_in_time_moves_the_end_and_leaves_none_to_add():
    longer = act("2024-06-05", "measure_extended", id="1", days=30, approved_by="head")
    (one,) = held("2024-06-20", sealed(), longer)
    assert (one.deadline.due_on, one.extended, one.extendable) == (date(2024, 7, 5), 30, 0)


def test_an_extension_after_the_end_moves_nothing():
    longer = act("2024-06-06", "measure_extended", id="1", days=30, approved_by="head")
    (one,) = held("2024-06-20", sealed(), longer)
    assert (one.deadline.due_on, one.late, one.extended, one.extendable) == (date(2024, 6, 5), True, 0, 0)


def test_days_of_testing_are_not_counted():
    tested = act("2024-05-10", "time_excluded", from_on="2024-05-11", to_on="2024-05-20", reason="testing")
    assert held("2024-05-25", sealed(), tested)[0].deadline.due_on == date(2024, 6, 15)


def test_what_was_released_stands_no_more():
    (one,) = held("2024-06-20", sealed(), act("2024-06-03", "measure_lifted", id="1", outcome="returned"))
    assert not one.standing and not one.late and one.extendable == 0


def test_after_the_decision_it_is_to_be_released_at_once():
    (one,) = held("2024-06-20", sealed(), decided=True)
    assert one.release is not None and one.release.stop is None


def test_an_urgent_measure_waits_for_its_approval():
    urgent = sealed() | {"urgent": True, "approved_by": None}
    (one,) = held("2024-05-06", urgent)
    assert one.approval is not None and one.approval.deadline.due_at == at("2024-05-07")


def test_seven_working_days_for_what_was_preserved():
    (one,) = held("2024-05-10", preserved())
    assert (one.family, one.deadline.due_on, one.late) == ("preservation", date(2024, 5, 14), False)
    assert held("2024-05-15", preserved())[0].late
    (settled,) = held(
        "2024-06-15", preserved(), act("2024-05-13", "preservation_disposed", id="1", outcome="returned")
    )
    assert not settled.standing and not settled.late
