"""The page of a case shows where it stands: stage and steps follow from the acts."""

from __future__ import annotations

import pytest

from yifa.law.events import KINDS
from yifa.law.labels import labels
from yifa.law.procedure import ORDINARY, SUMMARY, guards_of, stage, steps
from yifa.law.procedure.acts import STAGE_AFTER
from yifa.law.record import moment, parse
from yifa.law.scenarios import base


@pytest.mark.parametrize(
    ("name", "until", "expected"),
    [
        ("ordinary", "2024-05-06", "lead"),
        ("ordinary", "2024-05-08", "investigation"),
        ("ordinary", "2024-05-14", "proposal"),
        ("ordinary", "2024-05-15", "prior_notice"),
        ("hearing", "2024-06-03", "hearing"),
        ("hearing", "2024-06-05", "legality_review"),
        ("hearing", "2024-06-06", "deliberation"),
        ("ordinary", "2024-05-23", "decided"),
        ("ordinary", "2024-05-24", "performance"),
        ("ordinary", "2024-05-30", "performed"),
        ("summary", "2024-05-06", "performance"),
    ],
)
def test_the_stage_follows_the_acts(name: str, until: str, expected: str) -> None:
    record = parse(base(name))
    assert stage(event for event in record.events if event.at <= moment(until)) == expected


def test_a_case_under_dispute_says_so_until_the_dispute_is_decided() -> None:
    data = base("ordinary")
    data["events"].append({"at": "2024-06-20T09:00:00+08:00", "kind": "reconsideration_filed", "by": []})
    assert stage(parse(data).events) == "dispute"
    data["events"].append(
        {"at": "2024-08-01T09:00:00+08:00", "kind": "reconsideration_decided", "by": [], "result": "upheld"}
    )
    assert stage(parse(data).events) == "performed"


def test_only_one_step_is_current() -> None:
    found = steps(parse(base("ordinary")), moment("2024-05-15"))
    assert [one.key for one in found if one.state == "current"] == ["decision"]
    assert {one.key: one.state for one in found}["hearing"] == "todo"


def test_a_step_the_case_did_not_need_is_shown_as_not_applicable() -> None:
    states = {one.key: one.state for one in steps(parse(base("ordinary")))}
    assert states["hearing"] == "not_applicable"
    assert states["decision"] == "done"
    assert states["closing"] == "current"


def test_a_review_that_was_not_passed_is_shown_as_returned() -> None:
    data = base("hearing")
    next(one for one in data["events"] if one["kind"] == "legality_reviewed")["opinion"] = "modify"
    assert {one.key: one.state for one in steps(parse(data))}["legality_review"] == "returned"


def test_the_tables_name_only_known_acts_and_stages() -> None:
    for act in (*ORDINARY, *SUMMARY):
        assert {*act.done_by, *act.begun_by} <= set(KINDS)
    assert set(STAGE_AFTER) <= set(KINDS)
    assert set(STAGE_AFTER.values()) <= set(labels("stage"))


def test_the_decision_is_the_most_guarded_act() -> None:
    assert max(KINDS, key=lambda kind: len(guards_of(kind))) == "decision_made"
    assert guards_of("lead_registered") == ()
