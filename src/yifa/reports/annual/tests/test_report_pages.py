"""The report on the desk: years there are none for, numbers that lead to their lists, the passport."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yifa.listing import registry
from yifa.reports.figures.figure import Period, end_of_day
from yifa.reports.figures.measuring import measure_all
from yifa.reports.figures.tests import year
from yifa.site.accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/reports/annual/2021/"


@pytest.fixture(autouse=True)
def in_2022(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2022-03-01")


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="u", organ=year.organ()))
    return client


@pytest.mark.parametrize("wrong", ["1", "1999", "2023", "9999"])
def test_a_year_without_a_report_says_so_and_offers_those_there_are(desk, wrong):
    year.opened()
    answer = desk.get(f"/desk/reports/annual/{wrong}/")
    assert answer.status_code == 404
    assert f'href="{ADDRESS}"' in answer.content.decode()


@pytest.mark.parametrize("key", ["no.such", "campaigns.nowhere.cases"])
def test_the_passport_of_a_figure_there_is_none_of_says_so(desk, key):
    answer = desk.get(f"{ADDRESS}figures/{key}/")
    assert answer.status_code == 404
    assert key in answer.content.decode()


def test_a_report_that_cannot_be_computed_shows_no_number_at_all(desk, monkeypatch):
    year.outreach("community_session")
    monkeypatch.delitem(registry._PAGES, "disputes")
    answer = desk.get(ADDRESS)
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "remedies.reconsideration" in text and "outreach.community_sessions" not in text


def test_reports_leads_to_the_newest_year_with_records(desk):
    year.outreach("community_session")
    assert desk.get("/desk/reports/")["Location"] == ADDRESS


def test_every_figure_is_in_the_table_with_value_definition_records_and_digest(desk):
    year.campaign()
    year.inspection()
    text = desk.get(ADDRESS).content.decode()
    for key, one in measure_all(year.CODE, Period(2021, end_of_day(date(2021, 12, 31)))).items():
        link = f'<a href="{one.url.replace("&", "&amp;")}">{one.value}</a> {one.figure.unit}'
        assert link in text, key
        assert one.label in text and one.figure.definition in text and one.short_digest in text
        assert f'href="{ADDRESS}figures/{key}/"' in text


def test_a_number_in_a_sentence_opens_the_list_it_counts(desk):
    year.outreach("community_session")
    text = desk.get(ADDRESS).content.decode()
    address = re.search(r'一法一条例”<a class="figure" href="([^"]+)"[^>]*>1</a>场次', text)
    assert address is not None
    beside = address[1].replace("&amp;", "&").replace("/outreach/?", "/outreach/list.json?")
    shown = json.loads(b"".join(desk.get(beside).streaming_content))
    assert len(shown["rows"]) == 1


def test_chapters_nobody_can_count_are_left_to_the_organ(desk):
    text = desk.get(ADDRESS).content.decode()
    assert text.count("由机关填写") == 4
    assert "2022年度推进法治政府建设的工作安排" in text


def test_the_passport_shows_definition_moment_list_and_whole_digest(desk):
    year.recording(seconds=74_100)
    text = desk.get(f"{ADDRESS}figures/recordings.permanent.seconds/").content.decode()
    for words in (
        "74100",
        "20时35分",
        "2021年12月31日 23:59:59",
        "求和",
        "1 条",
        "recordings.permanent.seconds",
    ):
        assert words in text, words
    assert re.search(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", text)


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(ADDRESS).status_code == 200
    return len(asked)


def test_more_records_do_not_mean_more_queries(desk):
    year.campaign()
    year.inspection("J1")
    queries(desk)
    before = queries(desk)
    for serial in range(1, 8):
        year.inspection(f"K{serial}", target=f"店{serial}")
        year.opened(serial, campaign="blue_sky")
        year.recording(f"R{serial}")
    assert queries(desk) == before
