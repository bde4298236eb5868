"""A clerk reading the demo finds nobody in two places, no office act on a day off, nobody who could exist."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from yifa.intake.sample.days import is_working_day
from yifa.intake.sample.identifiers import credit_code, identity_number, organisation_code
from yifa.intake.sample.workbook import Year, sample_year, write_year
from yifa.law.calendar.holidays import HolidayTable
from yifa.law.packs import pack

OUT_OF_DOORS = {"lead_registered", "scene_recorded", "evidence_added", "correction_ordered"}


@pytest.fixture(scope="module")
def year() -> Year:
    return sample_year()


def test_nobody_is_in_two_places_at_once(year: Year) -> None:
    busy = defaultdict(list)
    for case in year.cases:
        for act in case.acts:
            if act.kind == "handlers_assigned":
                continue  # a deputy signs that between two meetings
            for person in act.by:
                busy[person].append((act.at, act.at + timedelta(minutes=act.minutes), case.number))
    for person, spans in busy.items():
        spans.sort()
        for before, after in zip(spans, spans[1:], strict=False):
            assert before[1] <= after[0], (person, before, after)


def test_office_acts_keep_to_working_days_and_hours(year: Year) -> None:
    for case in year.ordinary:
        for act in case.acts:
            if act.kind not in OUT_OF_DOORS:
                assert is_working_day(act.at.date()), (case.number, act.kind, act.at)
                assert 8 <= act.at.hour < 18, (case.number, act.kind, act.at)


def test_acts_are_in_order_and_parties_appear_once(year: Year) -> None:
    for case in year.cases:
        moments = [act.at for act in case.acts]
        assert moments == sorted(moments)
    names = [case.party["name"] for case in year.cases]
    numbers = [case.party["identifier"] for case in year.cases]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)


def test_decision_numbers_run_without_gaps_in_order_of_decision(year: Year) -> None:
    decided = sorted(year.ordinary, key=lambda case: case.moment("decision_made"))
    numbers = [case.act("decision_made").data["number"] for case in decided]
    assert numbers == [f"津示城管罚决字〔2021〕第{n:03d}号" for n in range(1, 80)]


def test_an_identity_number_checks_and_cannot_have_been_issued(year: Year) -> None:
    born = next(case.party["birth_on"] for case in year.cases if case.party["kind"] == "citizen")
    number = identity_number(born)
    assert number[14:17] == "000"
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    assert (
        sum(int(d) * w for d, w in zip(number, weights, strict=False))
        + (10 if number[17] == "X" else int(number[17]))
    ) % 11 == 1


def test_a_credit_code_has_eighteen_characters_of_its_alphabet() -> None:
    assert len(organisation_code(7)) == 9
    code = credit_code(7)
    assert len(code) == 18
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weighted = sum(alphabet.index(char) * 3**n for n, char in enumerate(code[:17]))
    assert (weighted + alphabet.index(code[17])) % 31 == 0


def test_two_workbooks_have_the_same_cells(tmp_path: Path) -> None:
    cells = []
    for name in ("a.xlsx", "b.xlsx"):
        write_year(tmp_path / name)
        book = load_workbook(tmp_path / name, read_only=True)
        cells.append({sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book})
        book.close()
    assert cells[0] == cells[1]


def test_the_holiday_table_of_the_year_is_there() -> None:
    holidays = pack("120199").holidays
    assert isinstance(holidays, HolidayTable)
    assert holidays.has_year(2021)
