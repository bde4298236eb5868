"""The rule book finds nothing in the closed cases, neither blocks nor warns; in the running ones only what was put there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yifa.intake.sample.cases.history import SampleCase
from yifa.intake.sample.living import living_cases
from yifa.intake.sample.tests.records import record_data
from yifa.intake.sample.workbook import Year, sample_year
from yifa.law.check import check
from yifa.law.record import parse

TODAY = date(2026, 5, 20)


@pytest.fixture(scope="module")
def year() -> Year:
    return sample_year()


def found_in(case: SampleCase, year: Year | None, *, at: object = None) -> list[tuple[str, str]]:
    record = parse(record_data(case, year.recordings if year else []))
    return [(finding.rule, finding.message) for finding in check(record, at).findings]  # type: ignore[arg-type]


def test_no_rule_speaks_about_a_closed_ordinary_case(year: Year) -> None:
    findings = {case.number: found for case in year.ordinary if (found := found_in(case, year))}
    assert findings == {}


def test_no_rule_speaks_about_a_summary_case(year: Year) -> None:
    findings = {case.number: found for case in year.summary if (found := found_in(case, year))}
    assert findings == {}


def test_the_rule_book_was_awake(year: Year) -> None:
    """Take the prior notice out of a case and the same check speaks."""
    case = year.ordinary[0]
    data = record_data(case, [])
    data["events"] = [event for event in data["events"] if event["kind"] != "prior_notice_served"]
    assert "R-APL-62-1" in {finding.rule for finding in check(parse(data)).findings}


def test_only_the_two_defects_and_what_runs_late_are_found_in_running_cases() -> None:
    found = {}
    for case in living_cases(TODAY):
        last = case.acts[-1].at.replace(hour=23) + timedelta(days=(TODAY - case.acts[-1].at.date()).days)
        rules = {rule for rule, _ in found_in(case, None, at=last)}
        if rules:
            found[case.number[-4:-1]] = rules
    assert found == {"001": {"R-APL-60-1"}, "012": {"R-APL-54-1"}}


def test_running_cases_never_reach_back_into_the_sample_year() -> None:
    for today in (date(2021, 6, 1), date(2022, 1, 10), date(2022, 3, 1), TODAY):
        for case in living_cases(today):
            assert case.acts[0].at.year > 2021
            assert case.acts[-1].at.date() <= today
