"""`yifa report`: what it refuses, what it writes."""

from __future__ import annotations

import json

import pytest

from yifa.listing import registry
from yifa.reports.figures.tests import year
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_2022(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2022-03-01")


def refused(*arguments: str) -> Refused:
    with pytest.raises(Refused) as no:
        run(["report", *arguments])
    return no.value


@pytest.mark.parametrize("wrong", ["二〇二一", "1850", "2023", "2021.5"])
def test_a_year_no_report_can_be_made_for_is_not_understood(wrong):
    year.organ()
    assert refused(wrong).code == 2


@pytest.mark.parametrize(
    "arguments", [("--as-of", "明天"), ("--as-of", "2020-01-01"), ("--format", "xlsx"), ("--organ", "x")]
)
def test_options_that_mean_nothing_are_not_understood(arguments):
    year.organ()
    assert refused("2021", *arguments).code == 2


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_formats_that_do_not_exist_yet_say_so_and_write_nothing(form, tmp_path):
    year.organ()
    out = tmp_path / f"report.{form}"
    no = refused("2021", "--format", form, "-o", str(out))
    assert no.code == 2 and "尚未提供" in no.lines[0]
    assert not out.exists()


def test_without_an_organ_there_is_nothing_to_report():
    assert refused("2021").code == 2


def test_a_figure_that_fails_is_named_and_no_file_is_written(tmp_path, monkeypatch):
    year.organ()
    monkeypatch.delitem(registry._PAGES, "disputes")
    out = tmp_path / "report.json"
    no = refused("2021", "-o", str(out))
    assert no.code == 1
    assert no.lines[0].startswith("remedies.reconsideration：")
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    year.organ()
    assert refused("2021", "-o", str(tmp_path / "none" / "report.json")).code == 2


def test_json_has_exactly_the_keys_of_its_format(capsys):
    year.opened(campaign="blue_sky")
    year.campaign()
    assert run(["report", "2021"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["year", "as_of", "figures", "head"]
    assert report["year"] == 2021 and report["as_of"] == "2021-12-31T23:59:59+08:00"
    for figure in report["figures"]:
        assert list(figure) == ["key", "label", "value", "definition", "records", "digest"]
    opened = next(figure for figure in report["figures"] if figure["key"] == "cases.ordinary.opened")
    assert (opened["value"], opened["records"]) == (1, 1)


def test_as_of_leaves_out_what_came_later(capsys):
    year.outreach("community_session")
    counted = []
    for day in ("2021-06-29", "2021-06-30"):
        run(["report", "2021", "--as-of", day])
        report = json.loads(capsys.readouterr().out)
        assert report["as_of"] == f"{day}T23:59:59+08:00"
        counted += [one["value"] for one in report["figures"] if one["key"] == "outreach.community_sessions"]
    assert counted == [0, 1]


def test_the_printable_page_stands_alone_with_definitions_and_whole_digests(tmp_path, capsys):
    year.outreach("community_session")
    out = tmp_path / "report.html"
    assert run(["report", "2021", "--format", "html", "-o", str(out)]) == 0
    run(["report", "2021"])
    text = out.read_text(encoding="utf-8")
    for figure in json.loads(capsys.readouterr().out)["figures"]:
        for part in (figure["label"], figure["definition"], figure["digest"]):
            assert part in text
    assert not any(mark in text for mark in ("<script", "<link", "href=", "src=", "url("))
