"""What counts as the same act, and what as an offence before this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from yifa.law.check import check
from yifa.law.organ.earlier import Earlier, with_earlier
from yifa.law.record import Record, parse
from yifa.law.scenarios import base

EARLIER = Earlier(
    number="津示〔2024〕1号",
    opened_on=None,
    decided_on=date(2024, 5, 6),
    outcome="penalty",
    fine_fen=10_000,
    place="开元路与建设路交口",
    began_on=date(2024, 5, 6),
    ended_on=date(2024, 5, 6),
)


def record() -> Record:
    return parse(base("summary"))


def rules(found: Record) -> list[str]:
    return [one.rule for one in check(found).findings]


def test_a_fine_for_the_same_act_is_found_as_a_second_fine() -> None:
    assert rules(with_earlier(record(), [EARLIER])) == ["R-APL-29-1"]
    written = replace(EARLIER, place="开元路（与建设路交口）")
    assert rules(with_earlier(record(), [written])) == ["R-APL-29-1"]


@pytest.mark.parametrize(
    "change",
    [
        {"place": "建设路"},
        {"began_on": date(2024, 5, 1), "ended_on": date(2024, 5, 5)},
        {"began_on": date(2024, 5, 7), "ended_on": None},
        {"fine_fen": 0},
    ],
)
def test_another_act_or_one_without_a_fine_is_no_second_fine(change: dict) -> None:
    assert rules(with_earlier(record(), [replace(EARLIER, **change)])) == []


def test_an_act_that_went_on_overlaps_with_a_later_day() -> None:
    going_on = replace(EARLIER, began_on=date(2024, 3, 1), ended_on=None)
    assert rules(with_earlier(record(), [going_on])) == ["R-APL-29-1"]


def test_what_the_head_names_already_is_not_added_twice() -> None:
    data = base("summary")
    data["other_proceedings"] = [{"organ": "本委", "number": EARLIER.number, "decided_on": "2024-05-06"}]
    assert len(with_earlier(parse(data), [EARLIER]).other_proceedings) == 1


def offence(decided_on: date, outcome: str = "penalty") -> bool:
    one = replace(EARLIER, decided_on=decided_on, outcome=outcome, place="另一处")
    return not with_earlier(record(), [one]).violation.first_offence


def test_the_first_offence_is_read_off_the_register_over_the_years_of_look_back() -> None:
    assert with_earlier(record(), []).violation.first_offence
    assert offence(date(2022, 5, 6)) and offence(date(2024, 5, 6))
    assert not offence(date(2022, 5, 5)) and not offence(date(2024, 5, 7))
    assert offence(date(2023, 1, 1), "no_penalty")
    assert not offence(date(2023, 1, 1), "not_established")
    assert not offence(date(2023, 1, 1), "transfer")


def test_a_first_offence_typed_as_such_does_not_stand_against_the_register() -> None:
    data = base("summary")
    data["violation"]["first_offence"] = True
    one = replace(EARLIER, decided_on=date(2023, 1, 1), place="另一处")
    assert not with_earlier(parse(data), [one]).violation.first_offence
