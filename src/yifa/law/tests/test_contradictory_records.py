"""Records that contradict themselves: a finding or a named problem, never a crash, never passed over in silence."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yifa.law.check import check
from yifa.law.record import Record, RecordError, load, moment, parse
from yifa.law.scenarios import changed, named
from yifa.law.tests.lives import NAMES, life

AT = "+08:00"


def of_base(name: str, **change: Any) -> Record:
    return parse(changed({**change, "base": name}))


def of_life(name: str, **change: Any) -> Record:
    return parse(life(name, **change))


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("violation.ended_on", "2024-05-01", "violation.ended_on: is before began_on"),
        ("violation.discovered_on", "2024-05-01", "violation.discovered_on: is before began_on"),
        ("decision_made.approved_by", "nobody", "events[10].approved_by: 'nobody' is not an id in people"),
        ("decision_made.evidence", ["e9"], "events[10].evidence[0]: 'e9' is not the id of an evidence_added"),
        ("scene_recorded.by", ["li", "ghost"], "events[1].by[1]: 'ghost' is not an id in people"),
    ],
)
def test_what_cannot_be_is_no_record(path: str, value: Any, problem: str) -> None:
    with pytest.raises(RecordError) as refused:
        of_base("ordinary", set={path: value})
    assert refused.value.problems == [problem]


def test_a_measure_lifted_before_it_was_ordered_is_no_record() -> None:
    with pytest.raises(RecordError):
        of_life("illegal_building", set={"measure_lifted.at": f"2023-06-01T09:00:00{AT}"})


def test_a_service_before_the_decision_is_no_service() -> None:
    record = of_base("ordinary", set={"instrument_served.at": f"2024-05-22T09:00:00{AT}"})
    assert named(check(record)) == ("R-APL-61-1@running",)
    assert "早于作出决定" in check(record).findings[0].message


def test_a_statement_is_not_answered_before_it_was_made() -> None:
    record = of_life("hearing", set={"statement_reexamined.at": f"2024-03-24T10:00:00{AT}"})
    assert named(check(record)) == ("R-APL-45-1@decision_made",)


def test_evidence_of_after_the_decision_proves_nothing() -> None:
    record = of_life("hearing", set={"evidence_added#3.at": f"2024-04-29T10:00:00{AT}"})
    assert named(check(record)) == ("R-APL-46-1@decision_made",)


def test_a_certificate_revoked_or_never_valid_stops_each_later_step() -> None:
    revoked = of_base("ordinary", set={"people.li.certificate.revoked_on": "2024-05-14"})
    assert named(check(revoked)) == (
        "R-APL-42-2@instrument_served", "R-APL-42-2@investigation_closed", "R-APL-42-2@prior_notice_served",
    )  # fmt: skip
    never = of_base("ordinary", set={"people.li.certificate.valid_to": "2010-01-01"})
    assert "R-APL-42-2@scene_recorded" in named(check(never))


def test_a_hearing_before_it_was_asked_for_and_notified_is_none() -> None:
    record = of_base("hearing", set={"hearing_held.at": f"2024-05-16T09:00:00{AT}"})
    assert {"R-APL-64-1@decision_made", "R-APL-64-2@hearing_held"} <= set(named(check(record)))


def test_the_votes_of_those_who_did_not_sit_do_not_count() -> None:
    votes = {"li": "for", "zhao": "for", "head": "against"}
    assert named(check(of_life("hearing", set={"deliberated.votes": votes}))) == ("R-APL-57-2@decision_made",)


def test_two_decisions_are_a_second_fine() -> None:
    again = next(one for one in life("hearing")["events"] if one["kind"] == "decision_made")
    record = of_life("hearing", add=[{**again, "at": f"2024-04-29T09:00:00{AT}"}])
    assert "R-APL-29-1@decision_made#2" in named(check(record))


def excluded(*spans: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"at": f"2024-05-10T09:0{place}:00{AT}", "kind": "time_excluded", "by": ["li"],
         "from_on": first, "to_on": last, "reason": "appraisal"}
        for place, (first, last) in enumerate(spans)
    ]  # fmt: skip


def due_on(*spans: tuple[str, str]) -> str:
    record = of_base(
        "ordinary", add=excluded(*spans), drop=["decision_made", "instrument_served", "publicity_posted", "fine_collected"]
    )  # fmt: skip
    return next(
        str(one.running.deadline.due_on) for one in check(record).deadlines if one.rule == "R-APL-60-1"
    )


def test_overlapping_exclusions_are_counted_once() -> None:
    once = due_on(("2024-05-09", "2024-05-18"))
    assert once == "2024-08-15", "ten days after 2024-08-05"
    assert due_on(("2024-05-09", "2024-05-15"), ("2024-05-12", "2024-05-18")) == once
    assert due_on(("2024-05-09", "2024-05-18"), ("2024-05-09", "2024-05-18")) == once


WRONG: list[Any] = [
    None, "", "x", "\u0000", "head", -1, 0, 1.5, True, [], {}, [None], [[]], {"a": 1}, "2024-02-30", "9999-12-31",
    "0001-01-01T00:00:00+08:00", "2031-01-01T00:00:00+08:00", 2**60, "permanent", "x" * 3000,
]  # fmt: skip


def shaken(data: Any, chance: random.Random) -> None:
    """One change anywhere in the tree: another value, a key less, a key more, two list items exchanged."""
    node = data
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(node[key], dict | list) or chance.random() < 0.15:
            break
        node = node[key]
    action = chance.randrange(4)
    if action == 0:
        node[key] = chance.choice(WRONG)
    elif action == 1:
        del node[key]
    elif isinstance(node, list):
        other = chance.randrange(len(node))
        node[key], node[other] = node[other], node[key]
    else:
        node[f"{key}x" if chance.random() < 0.3 else chance.choice(list(node))] = node[key]


def fuzz(name: str, seed: int) -> None:
    data = json.loads(json.dumps(life(name), default=lambda at: at.isoformat()))
    chance = random.Random(seed)  # noqa: S311 - a test's own dice
    for _ in range(chance.randint(1, 5)):
        shaken(data, chance)
    try:
        record = parse(data)
    except RecordError as refused:
        assert refused.problems and all(": " in line for line in refused.problems)
        return
    assert check(record).as_json()["not_evaluated"]
    assert check(record, moment("2030-01-01")).as_json()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 10**9))
def test_a_shaken_record_is_answered_or_refused(name: str, seed: int) -> None:
    fuzz(name, seed)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, derandomize=True)
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 10**9))
def test_five_thousand_shaken_records_are_answered_or_refused(name: str, seed: int) -> None:
    fuzz(name, seed)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(place=st.integers(0, 10**6), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_answered_or_refused(tmp_path_factory, place: int, byte: int, cut: bool) -> None:
    raw = bytearray(json.dumps(life("street_stall"), default=lambda at: at.isoformat()).encode())
    place %= len(raw)
    damaged = raw[:place] if cut else raw[:place] + bytes([byte]) + raw[place + 1 :]
    file: Path = tmp_path_factory.getbasetemp() / "damaged.json"
    file.write_bytes(damaged)
    try:
        record = load(file)
    except RecordError as refused:
        assert refused.problems
        return
    assert check(record).as_json()
