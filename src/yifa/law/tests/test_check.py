"""The three moments: the gate before an act, the clocks of a running case, the check of a file."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yifa.law.check import check, gate, last_moment, next_act, without_penalty
from yifa.law.enums import ENUMS
from yifa.law.events import KINDS
from yifa.law.labels import labels
from yifa.law.record import Record, RecordError, moment, parse
from yifa.law.scenarios import base


def until(name: str, kind: str) -> tuple[Record, dict[str, Any]]:
    """A base up to the first act of a kind, and that act."""
    data = base(name)
    place = [one["kind"] for one in data["events"]].index(kind)
    step = data["events"][place]
    data["events"] = data["events"][:place]
    return parse(data), step


def test_the_gate_refuses_a_decision_inside_the_defence_period() -> None:
    record, step = until("ordinary", "decision_made")
    step["at"] = "2024-05-20T09:00:00+08:00"
    (finding,) = gate(record, step)
    assert (finding.rule, finding.severity, finding.event) == ("R-APL-62-1", "blocks", len(record.events))
    assert "2024年5月22日" in finding.remedy


def test_the_gate_never_refuses_a_late_act() -> None:
    record, step = until("ordinary", "decision_made")
    step["at"] = "2025-05-20T09:00:00+08:00"
    assert gate(record, step) == []


def test_the_gate_refuses_an_act_that_is_no_valid_event() -> None:
    record, step = until("ordinary", "decision_made")
    with pytest.raises(RecordError):
        gate(record, {**step, "approved_by": "nobody"})
    with pytest.raises(RecordError):
        gate(record, {**step, "at": "2024-05-01T09:00:00+08:00"})


def test_what_may_be_done_grows_with_the_case() -> None:
    record, _ = until("ordinary", "opening_approved")
    assert "interview_recorded" not in check(record).may_do
    record, _ = until("ordinary", "prior_notice_served")
    answer = check(record)
    assert "interview_recorded" in answer.may_do
    assert "decision_made" not in answer.may_do
    allowed, findings = next_act(record, "decision_made")
    assert not allowed and [one.rule for one in findings] == ["R-APL-62-1"]


def test_what_binds_a_penalty_does_not_bind_a_decision_without_one() -> None:
    record, _ = until("ordinary", "prior_notice_served")
    assert not next_act(record, "decision_made")[0]
    assert without_penalty(record, "decision_made", last_moment(record))
    assert not without_penalty(record, "case_closed", last_moment(record))


def test_the_moment_asked_about_decides_what_may_be_done() -> None:
    record, _ = until("ordinary", "decision_made")
    assert not next_act(record, "decision_made", moment("2024-05-22"))[0]
    assert next_act(record, "decision_made", moment("2024-05-23"))[0]


def test_after_archiving_only_remedies_may_follow() -> None:
    data = base("ordinary")
    data["events"].append({"at": "2024-09-02T09:00:00+08:00", "kind": "case_archived", "by": []})
    may_do = check(parse(data)).may_do
    assert "case_reopened" in may_do and "litigation_filed" in may_do
    assert "decision_made" not in may_do


def test_what_happened_later_is_not_seen() -> None:
    data = base("ordinary")
    seen = check(parse(data), moment("2024-05-23")).facts.events
    assert seen[-1].kind == "decision_made"


def test_a_running_clock_can_be_followed_with_a_calendar() -> None:
    record, _ = until("ordinary", "decision_made")
    (clock,) = [one.as_json() for one in check(record).deadlines]
    assert (clock["rule"], clock["starts_on"], clock["due_on"]) == ("R-APL-60-1", "2024-05-07", "2024-08-05")
    assert clock["why"]


def test_a_late_act_keeps_its_reason_with_the_finding() -> None:
    data = base("ordinary")
    data["events"] = data["events"][:11]
    data["events"].append(
        {
            "at": "2024-07-01T09:00:00+08:00",
            "kind": "instrument_served",
            "by": ["li", "zhao"],
            "instrument": "penalty_decision",
            "mode": "direct",
            "late_reason": "当事人外出",
        }
    )
    (finding,) = [one for one in check(parse(data)).findings if one.rule == "R-APL-61-1"]
    assert finding.as_json()["reason"] == "当事人外出"


def test_a_step_before_the_text_of_2021_cites_what_stood_then() -> None:
    data = base("ordinary_2020")
    data["events"][0]["at"] = "2020-04-01T09:00:00+08:00"
    turned = {"kind": "decision_changed", "by": ["head"], "result": "revoked"}
    data["events"].append({"at": "2020-07-02T09:00:00+08:00", **turned})
    found = {one.rule: one.article for one in check(parse(data), moment("2020-08-01")).findings}
    assert found == {"R-APL-54-2": "行政处罚法（2017年修正）第三十六条", "R-APL-48-2": "国办发〔2018〕118号"}


def test_findings_stand_in_the_order_of_acts_and_running_clocks_last() -> None:
    data = base("hearing")
    for one in data["events"]:
        one["by"] = []
    data["events"].pop()
    places = [one.event for one in check(parse(data), moment("2025-01-01")).findings]
    running = places.count(None)
    assert running and places[-running:] == [None] * running
    assert places[:-running] == sorted(places[:-running])


def test_every_closed_list_and_every_act_has_its_chinese_words() -> None:
    for name, values in ENUMS.items():
        if name != "reexamination_result":
            assert set(labels(name)) == set(values), name
    assert dict(labels("event_kind")) == {kind: one.label for kind, one in KINDS.items()}


WRONG = [None, "", "x", -1, 0, 1.5, True, [], {}, [None], "2024-02-30", "2031-01-01T00:00:00+08:00", 2**60]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), name=st.sampled_from(["ordinary", "hearing", "summary", "ordinary_2020"]))
def test_a_random_change_gives_an_answer_or_named_problems_never_a_crash(seed: int, name: str) -> None:
    data = base(name)
    chance = random.Random(seed)  # noqa: S311 - a test's own dice
    for _ in range(chance.randint(1, 4)):
        target = chance.choice([data["violation"], data["party"], *data["people"], *data["events"]])
        key = chance.choice(sorted(target))
        action = chance.randrange(4)
        if action == 0:
            target[key] = chance.choice(WRONG)
        elif action == 1:
            del target[key]
        elif len(data["events"]) > 2:
            data["events"].pop(chance.randrange(len(data["events"])))
    try:
        record = parse(data)
    except RecordError as refused:
        assert refused.problems and all(": " in line for line in refused.problems)
        return
    assert check(record).as_json()["may_do"]
    assert check(record, moment("2030-01-01")).as_json()
