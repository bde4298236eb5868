"""One record moves exactly the figures it belongs to; every number is the count of the list its link opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.http import QueryDict

from yifa.ledger.clock import SHANGHAI
from yifa.listing import registry
from yifa.listing.registry import get
from yifa.reports.figures.chapters.measures import OUTREACH
from yifa.reports.figures.figure import Period, end_of_day, within
from yifa.reports.figures.measuring import FigureFailed, digest_of, measure, measure_all
from yifa.reports.figures.registry import figures_of
from yifa.reports.figures.tests import year

pytestmark = pytest.mark.django_db
WHOLE = Period(2021, end_of_day(date(2021, 12, 31)))
NEXT = Period(2022, end_of_day(date(2022, 12, 31)))
REPORTED = set(
    """cases.ordinary.opened cases.ordinary.closed exchange.supervision_platform.cases exchange.credit_platform.cases
    publicity.cases recordings.permanent.items recordings.permanent.seconds recordings.permanent.bytes
    remedies.reconsideration remedies.litigation review.deliberated outreach.community_sessions
    training.expert_lectures training.attachment_rounds training.attendances disclosure.items_adjusted
    disclosure.rules_in_force norms.casework_rules_revised counsel.lawyers counsel.public_lawyers
    counsel.decisions_reviewed counsel.documents_reviewed""".split()
)


def values(period: Period = WHOLE) -> dict[str, int]:
    return {key: measured.value for key, measured in measure_all(year.CODE, period).items()}


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {key: value - before.get(key, 0) for key, value in after.items() if value != before.get(key, 0)}


@pytest.fixture
def empty_year():
    year.organ()
    year.campaign()
    year.campaign("under_bridge")
    for staff_no in ("0101", "0102", "0901"):
        year.person(staff_no)


def test_a_figure_that_cannot_be_computed_is_named_and_no_other_is_given(empty_year, monkeypatch):
    monkeypatch.delitem(registry._PAGES, "disputes")
    with pytest.raises(FigureFailed, match="remedies.reconsideration：.*disputes") as failed:
        measure_all(year.CODE, WHOLE)
    assert failed.value.key == "remedies.reconsideration"


def test_a_question_the_list_does_not_know_is_a_failure_and_not_a_count_of_everything(empty_year):
    unknown = replace(OUTREACH, params=within("on", form="parade"))
    with pytest.raises(FigureFailed, match="outreach.community_sessions：.*parade"):
        measure(unknown, year.CODE, WHOLE)


def test_a_filter_the_list_does_not_have_is_a_failure_and_not_a_count_of_everything(empty_year):
    unknown = replace(OUTREACH, params=within("on", shape="community_session"))
    with pytest.raises(FigureFailed, match="shape"):
        measure(unknown, year.CODE, WHOLE)


def test_a_sum_the_list_does_not_have_is_a_failure(empty_year):
    with pytest.raises(FigureFailed, match="cheers"):
        measure(replace(OUTREACH, total="cheers"), year.CODE, WHOLE)


@pytest.mark.parametrize("title", year.ONE_RECORD)
def test_one_record_moves_exactly_its_figures(empty_year, title):
    make, expected = year.ONE_RECORD[title]
    before = values()
    make()
    assert moved(before, values()) == expected


def test_every_figure_of_the_report_is_there_with_five_for_each_campaign(empty_year):
    keys = [figure.key for figure in figures_of(year.CODE)]
    parts = ("officer_visits", "premises", "towns", "cases", "handovers")
    campaigns = {f"campaigns.{code}.{part}" for code in ("blue_sky", "under_bridge") for part in parts}
    assert set(keys) >= REPORTED | campaigns
    assert len(keys) == len(set(keys))


def a_full_year() -> None:
    year.inspection("J1")
    year.inspection("J2", officers=("0101",))
    year.inspection("J3", officers=("0101",), target="乙店", town="海滨街")
    year.recording()
    year.recording("R2", seconds=30, bytes=5)
    found = year.opened(campaign="blue_sky", closed_on=year.DAY)
    for kind in ("case_closed", "deliberated", "deliberated"):
        year.act(found, kind)
    year.training("expert_lecture")
    year.training("other")
    year.rule("procedure_rules", "revised")
    year.rule("procedure_rules", "revised", date(2021, 9, 1))
    year.person("0801", "|counsel|", term_from=year.DAY)


def test_every_number_is_the_count_or_sum_of_the_list_its_link_opens(empty_year):
    a_full_year()
    for key, measured in measure_all(year.CODE, WHOLE).items():
        page = get(measured.figure.page)
        params = QueryDict(measured.url.partition("?")[2])
        keys = list(page.keys(year.CODE, params))
        assert page.count(year.CODE, params) == measured.records == len(keys), key
        assert digest_of(keys) == measured.digest, key
        if measured.figure.total:
            assert page.total(year.CODE, params, measured.figure.total) == measured.value, key
        else:
            assert measured.value == measured.records, key


def test_distinct_things_are_counted_once(empty_year):
    a_full_year()
    counted = values()
    assert counted["campaigns.blue_sky.officer_visits"] == 4
    assert counted["campaigns.blue_sky.premises"] == 2
    assert counted["campaigns.blue_sky.towns"] == 1
    assert counted["review.deliberated"] == 1
    assert counted["norms.casework_rules_revised"] == 1


def test_records_of_another_organ_are_not_counted(empty_year):
    a_full_year()
    other = year.organ("120199-other")
    assert all(measured.value == 0 for measured in measure_all(other.code, WHOLE).values())


def test_records_belong_to_the_year_of_their_date_in_shanghai(empty_year):
    year.recording("R1", started_at=datetime(2021, 12, 31, 23, 59, 59, tzinfo=SHANGHAI))
    year.recording("R2", started_at=datetime(2022, 1, 1, 0, 0, 0, tzinfo=SHANGHAI))
    assert values()["recordings.permanent.items"] == 1
    assert values(NEXT)["recordings.permanent.items"] == 1


@pytest.mark.parametrize(("day", "count"), [(date(2021, 6, 29), 0), (date(2021, 6, 30), 1)])
def test_what_is_dated_after_the_as_of_day_does_not_count(empty_year, day, count):
    year.opened()
    year.recording()
    year.person("0801", "|counsel|", term_from=year.DAY)
    year.rule("disclosure", "enacted")
    counted = values(Period(2021, end_of_day(day)))
    for key in (
        "cases.ordinary.opened",
        "recordings.permanent.items",
        "counsel.lawyers",
        "disclosure.rules_in_force",
    ):
        assert counted[key] == count, key


def test_a_recording_begun_after_the_as_of_moment_of_the_day_does_not_count(empty_year):
    year.recording()
    before_noon = Period(2021, year.NOON.replace(hour=11))
    assert values(before_noon)["recordings.permanent.items"] == 0
    assert values(Period(2021, year.NOON))["recordings.permanent.items"] == 1


def test_a_rule_repealed_later_was_in_force_before(empty_year):
    year.rule("disclosure", "enacted", date(2020, 5, 1))
    year.rule("disclosure", "repealed", date(2022, 2, 1))
    assert values()["disclosure.rules_in_force"] == 1
    assert values(NEXT)["disclosure.rules_in_force"] == 0


def test_the_label_of_the_recordings_says_their_length_and_size(empty_year):
    year.recording(seconds=74_100, bytes=28_600_000_000)
    measured = measure_all(year.CODE, WHOLE)
    assert measured["recordings.permanent.seconds"].label == "执法全过程记录时长（20时35分）"
    assert measured["recordings.permanent.bytes"].label == "存储容量（28.6G，1G = 10^9 字节）"


def test_the_digest_is_that_of_the_sorted_keys_joined_by_line_feeds():
    assert digest_of(["b:2", "a:1"]) == "2bc11e86e8348c7c62f11e681435b5d013a262e5a9f3b8ce61c25831a516a45e"
    assert digest_of([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
