"""A record that is not valid is refused with every problem, each naming its path."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from yifa.law.record import RecordError, load, moment, parse
from yifa.law.scenarios import base


def problems(data: Any) -> list[str]:
    with pytest.raises(RecordError) as refused:
        parse(data)
    return refused.value.problems


def event(data: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in data["events"] if one["kind"] == kind)


def place(data: dict[str, Any], kind: str) -> int:
    return [one["kind"] for one in data["events"]].index(kind)


def test_an_unknown_value_names_its_path_and_the_choices() -> None:
    data = base("ordinary")
    event(data, "instrument_served")["mode"] = "fax"
    (line,) = problems(data)
    assert line.startswith(f"events[{place(data, 'instrument_served')}].mode: 'fax' is not one of direct, ")


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "A\x1b[31mX"])
def test_a_character_that_is_no_text_is_refused_where_it_stands(text: str) -> None:
    data = base("ordinary")
    data["party"]["name"] = text
    (line,) = problems(data)
    assert line.startswith("party.name: contains the character U+")
    assert line.isprintable()


def test_all_problems_are_told_at_once() -> None:
    data = base("ordinary")
    data["colour"] = "red"
    data["party"]["kind"] = "firm"
    data["events"][0]["by"] = ["nobody"]
    event(data, "decision_made")["evidence"] = ["e9"]
    lines = problems(data)
    assert [line.split(":")[0] for line in lines] == [
        "colour",
        "party.kind",
        "events[0].by[0]",
        f"events[{place(data, 'decision_made')}].evidence[0]",
    ]


@pytest.mark.parametrize(
    ("kind", "change", "path"),
    [
        ("prior_notice_served", {"stamp": 1}, "stamp"),
        ("prior_notice_served", {"hearing_right_told": "yes"}, "hearing_right_told"),
        ("prior_notice_served", {"penalty": {"kinds": ["prison"]}}, "penalty.kinds[0]"),
        ("prior_notice_served", {"penalty": {"kinds": ["fine"], "fine_fen": 1.5}}, "penalty.fine_fen"),
        ("prior_notice_served", {"penalty": {"kinds": ["fine"], "fine_fen": -1}}, "penalty.fine_fen"),
        ("prior_notice_served", {"at": "2024-05-15"}, "at"),
        ("prior_notice_served", {"at": "2024-05-15T09:00:00"}, "at"),
        ("correction_ordered", {"due_on": "2024-02-30"}, "due_on"),
        ("handlers_assigned", {"handlers": ["li", "nobody"]}, "handlers[1]"),
        ("decision_made", {"penalty": None}, "penalty"),
    ],
)
def test_a_wrong_key_of_an_event_is_named(kind: str, change: dict[str, Any], path: str) -> None:
    data = base("ordinary")
    event(data, kind).update(change)
    assert any(line.startswith(f"events[{place(data, kind)}].{path}: ") for line in problems(data))


@pytest.mark.parametrize("key", ["mode", "contents", "penalty", "by", "at"])
def test_a_missing_required_key_is_named(key: str) -> None:
    data = base("ordinary")
    del event(data, "prior_notice_served")[key]
    assert f"events[{place(data, 'prior_notice_served')}].{key}: is missing" in problems(data)


def test_an_unknown_kind_of_act_is_refused() -> None:
    data = base("ordinary")
    data["events"][0]["kind"] = "arrested"
    assert problems(data) == ["events[0].kind: 'arrested' is not one of the event kinds"]


def test_events_out_of_order_are_refused() -> None:
    data = base("ordinary")
    data["events"][1]["at"] = "2024-05-01T09:00:00+08:00"
    assert problems(data) == ["events[1].at: 2024-05-01T09:00:00+08:00 is before events[0].at"]


def test_two_acts_of_one_moment_keep_the_order_of_the_list() -> None:
    data = base("ordinary")
    data["events"][1]["at"] = data["events"][0]["at"]
    assert [one.kind for one in parse(data).events][:2] == ["lead_registered", "scene_recorded"]


def test_after_archiving_a_new_fine_needs_reopening_first() -> None:
    data = base("ordinary")
    late = "2024-09-02T09:00:00+08:00"
    data["events"] += [
        {"at": late, "kind": "case_archived", "by": []},
        {"at": late, "kind": "demand_served", "by": []},
    ]
    assert problems(data) == [
        f"events[{len(data['events']) - 1}].kind: 'demand_served' after case_archived needs case_reopened first"
    ]
    data["events"].insert(-1, {"at": late, "kind": "case_reopened", "by": [], "reason": "法院撤销"})
    assert parse(data).events[-1].kind == "demand_served"


def test_a_point_nobody_made_cannot_be_reexamined() -> None:
    data = base("ordinary")
    data["events"].append(
        {
            "at": "2024-07-01T09:00:00+08:00",
            "kind": "statement_reexamined",
            "by": [],
            "results": {"一": "adopted"},
        }
    )
    assert problems(data) == [
        f"events[{len(data['events']) - 1}].results: '一' is not a point of a statement_made"
    ]


@pytest.mark.parametrize("form", [None, "yifa-record/0", "yifa-record/2", 1])
def test_another_format_is_refused_not_guessed(form: Any) -> None:
    data = base("ordinary")
    data["format"] = form
    (line,) = problems(data)
    assert line.startswith("format: ")


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_what_is_no_object_of_this_format_is_refused(data: Any) -> None:
    assert problems(data)


def test_preservations_without_ids_are_numbered_and_the_oldest_is_disposed_first() -> None:
    data = base("ordinary")
    order = {"kind": "preservation_ordered", "by": ["li", "zhao"], "approved_by": "head", "items": ["秤"]}
    data["events"] += [
        {"at": "2024-07-01T09:00:00+08:00", **copy.deepcopy(order)},
        {"at": "2024-07-01T10:00:00+08:00", **copy.deepcopy(order)},
        {"at": "2024-07-02T09:00:00+08:00", "kind": "preservation_disposed", "by": [], "outcome": "returned"},
    ]
    assert [one.data["id"] for one in parse(data).events[-3:]] == ["1", "2", "1"]


def test_json_and_toml_give_the_same_record(tmp_path: Path) -> None:
    toml = Path(__file__).parents[1] / "scenarios/bases/ordinary.toml"
    file = tmp_path / "case.json"
    file.write_text(json.dumps(base("ordinary"), default=lambda at: at.isoformat()), encoding="utf-8")
    assert load(file) == load(toml)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"format": 1, "format": 2}', b"[" * 100_000])
def test_a_file_that_is_no_json_is_refused_in_one_line(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(raw)
    with pytest.raises(RecordError) as refused:
        load(file)
    assert len(refused.value.problems) == 1


def test_a_date_as_moment_means_the_end_of_that_day() -> None:
    assert moment("2024-05-01").isoformat() == "2024-05-01T23:59:59.999999+08:00"
    assert moment("2024-05-01T01:00:00Z").isoformat() == "2024-05-01T09:00:00+08:00"
    with pytest.raises(ValueError):
        moment("tomorrow")
