"""A perfect file has all points; each defect costs what the sheet says, named with act, article and remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from yifa.law.evaluation import BY_HAND, LOST, NOT_CONCERNED, PENDING, evaluate, sheet
from yifa.law.evaluation.sheet import read
from yifa.law.record import moment, parse
from yifa.law.rules import RULES
from yifa.law.scenarios import base, changed, rules_with_scenarios, scenarios
from yifa.law.sources import parse_label

HERE = Path(__file__).parent
TEXT = (HERE.parent / "sheet.toml").read_text(encoding="utf-8")
FILES = tomllib.loads((HERE / "files.toml").read_text(encoding="utf-8"))["file"]
BREACHED = [
    (rule, one.title) for rule in rules_with_scenarios() for one in scenarios(rule) if one.kind == "breached"
]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('rules = ["R-APL-43-1"]', 'rules = ["R-APL-99-9"]', "unknown rules"),
        ('rules = ["R-APL-43-1"]', 'rules = ["R-APL-44-1"]', "two places"),
        ('rules = ["R-APL-43-1"]', 'condition = "found_unlawful"\nwhen = ["case_closed"]', "nowhere"),
        ('condition = "found_unlawful"', 'condition = "found_guilty"', "unknown condition"),
        ("by_hand = true", "by_hand = false", "nothing to judge by"),
        ('when = ["case_archived"]\n', "", "no act"),
        ("points = 8\n", "points = 9\n", "101"),
        ('section = "facts"', 'section = "fact"', "section"),
    ],
)
def test_a_sheet_that_does_not_hold_together_is_refused(before: str, after: str, said: str):
    assert before in TEXT
    with pytest.raises(ValueError, match=said):
        read(TEXT.replace(before, after))


def test_every_entry_cites_an_article_of_a_statute_on_file():
    for line in evaluate(parse(base("ordinary"))).lines:
        assert parse_label(line.entry.article).number is not None, line.entry.key


@pytest.mark.parametrize("row", FILES, ids=lambda row: row["title"])
def test_files(row: dict[str, Any]):
    found = evaluate(parse(changed(row)), moment_of(row))
    lost = {line.entry.key for line in found.lines if line.state == LOST}
    expected = set(row.get("lost", ()))
    assert (expected <= lost) if row.get("also") else (expected == lost)
    assert (found.score, found.grade) == (row["score"], row["grade"])
    assert found.final is not row.get("open", False)
    if "pending" in row:
        assert found.pending == row["pending"]


def moment_of(row: dict[str, Any]):
    return moment(f"{row['at']}T23:59:59+08:00") if "at" in row else None


@pytest.mark.parametrize(("rule", "title"), BREACHED, ids=lambda part: part)
def test_every_defect_a_rule_knows_costs_points_or_is_a_veto(rule: str, title: str):
    """The breached scenarios of the rule book, on the sheet."""
    one = next(one for one in scenarios(rule) if one.title == title)
    found = evaluate(one.record(), moment(one.at) if one.at else None)
    line = next(line for line in found.lines if rule in line.entry.rules)
    reason = next(reason for reason in line.reasons if reason.rule == rule)
    assert reason.article and reason.message and reason.remedy
    if line.entry.section:
        assert line.state == LOST and 0 < line.lost <= line.entry.points
        assert found.obtainable < 100
    else:
        assert found.score == 0 and found.grade == "不合格"


def test_every_rule_has_a_defect_tried_above():
    assert {rule for rule, _ in BREACHED} == set(RULES)


def test_points_of_an_item_never_fall_below_none():
    data = base("hearing")
    for event in data["events"]:
        if event["kind"] in ("scene_recorded", "interview_recorded"):
            event["certificate_shown"] = False
    line = next(line for line in evaluate(parse(data)).lines if line.entry.key == "transcripts")
    assert (len(line.reasons), line.lost, line.obtainable) == (2, 5, 0)


def test_an_open_case_is_told_what_is_still_to_be_done():
    data = base("ordinary")
    data["events"] = data["events"][:4]
    found = evaluate(parse(data))
    assert not found.final and found.earned < 20 and found.obtainable == 100
    assert found.earned + found.pending + found.aside + found.lost == 100
    waiting = {line.entry.key for line in found.lines if line.state == PENDING}
    assert {"decision", "notice", "archived"} <= waiting and "summary_form" not in waiting


def test_what_no_record_can_tell_is_left_to_a_person():
    forged = next(line for line in evaluate(parse(base("ordinary"))).vetoes if line.entry.key == "forged")
    assert forged.state == BY_HAND and forged.state_words == "须人工核对"


def test_a_part_that_does_not_concern_the_case_costs_nothing():
    found = evaluate(parse(base("summary")))
    aside = {line.entry.key for line in found.lines if line.state == NOT_CONCERNED}
    assert {"host", "approval", "decision"} <= aside and found.obtainable == 100


def test_points_and_grades_say_that_nobody_has_confirmed_them():
    assert {"evaluation_points", "evaluation_grade_excellent"} <= set(
        evaluate(parse(base("ordinary"))).assumed
    )


def test_as_json_every_line_stands_once():
    lines = evaluate(parse(base("ordinary"))).as_json()["lines"]
    whole = sheet()
    assert len(lines) == len(whole.vetoes) + sum(len(part.items) for part in whole.parts)


def test_what_was_not_judged_is_never_said_to_be_in_order():
    found = evaluate(parse(base("ordinary_2020")))
    line = next(line for line in found.lines if line.entry.key == "monitoring")
    assert line.state_words == "没有评" and len(line.unjudged) == 2 and line.lost == 0
