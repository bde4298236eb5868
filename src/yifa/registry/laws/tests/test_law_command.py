"""`yifa law`: texts and days off come in once, what they move is listed, a difference names the cases it touches."""

from __future__ import annotations

import json
from datetime import date

import pytest

from yifa.casework.cases.tests import factories as make
from yifa.law.sources.tests.test_reading_texts import text
from yifa.ledger.models import Event
from yifa.registry.laws.models import LawEdition, LawText, MovedDeadline
from yifa.registry.laws.queries import law_of, shown_article
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run

pytestmark = pytest.mark.django_db(transaction=True)
NOTICE = """
year = 2022
source = "示例通知（虚构）"
rest = [["2022-01-01", "2022-01-03", "元旦"], ["2022-05-01", "2022-05-03", "劳动节"], ["2022-10-01", "2022-10-07", "国庆节"]]
work = []
"""


@pytest.fixture
def organ():
    return make.organ()


def refused(*words: str) -> str:
    with pytest.raises(Refused) as error:
        run(["law", *map(str, words)])
    assert error.value.code == 2
    return str(error.value)


def test_a_file_that_is_no_statute_leaves_nothing(organ, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# 别的东西\n\n第一条 虚构。", encoding="utf-8")
    assert "认不出这是哪部法律" in refused("text", path)
    assert "读不出文件" in refused("text", tmp_path / "no.md")
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused("text", path)
    assert LawText.objects.count() == 0 and Event.objects.count() == 0


def test_a_second_text_of_the_same_edition_is_refused(organ, tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_text(text(), encoding="utf-8")
    assert run(["law", "text", str(path)]) == 0
    path.write_text(text().replace("虚构", "改过"), encoding="utf-8")
    assert "不能改" in refused("text", path)


def test_the_same_file_twice_changes_nothing(organ, tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_text(text(), encoding="utf-8")
    assert run(["law", "text", str(path)]) == 0
    before = Event.objects.count()
    assert run(["law", "text", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["new"] is False
    assert Event.objects.count() == before == 1


def test_a_loaded_text_is_shown_on_the_days_of_its_edition_alone(organ, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(text(), encoding="utf-8")
    day = date(2024, 5, 1)
    assert shown_article(organ.code, "fs", 7, day).paragraphs == ()
    run(["law", "text", str(path)])
    assert shown_article(organ.code, "fs", 7, day).paragraphs[0] == "本条为测试而虚构。"
    assert shown_article("other", "fs", 7, day).paragraphs == ()


def test_a_notice_that_cannot_stand_leaves_nothing(organ, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(NOTICE.replace("year = 2022", ""), encoding="utf-8")
    assert "年份" in refused("holidays", path)
    assert LawEdition.objects.count() == 0


def test_days_off_count_from_now_on_and_are_taken_in_once(organ, tmp_path, capsys):
    path = tmp_path / "a.toml"
    path.write_text(NOTICE, encoding="utf-8")
    assert law_of(organ.code, organ.territory).holidays.is_working_day(date(2022, 1, 31)) is False
    assert run(["law", "holidays", str(path)]) == 0
    assert law_of(organ.code, organ.territory).holidays.is_working_day(date(2022, 1, 31)) is True
    assert law_of("other", organ.territory).holidays.is_working_day(date(2022, 1, 31)) is False
    before = Event.objects.count()
    assert run(["law", "holidays", str(path)]) == 0
    assert "没有变化" in capsys.readouterr().out and Event.objects.count() == before


def test_a_running_deadline_that_moves_is_listed_to_be_confirmed(organ, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-30")
    kept = {
        "at": "2021-09-28T09:00:00+08:00",
        "kind": "preservation_ordered",
        "by": ["0101", "0102"],
        "approved_by": "0301",
        "items": ["一辆手推车"],
    }
    make.case_with(make.lead(), make.opening(), kept)
    path = tmp_path / "a.toml"
    path.write_text(NOTICE.replace("2022", "2021"), encoding="utf-8")
    assert run(["law", "holidays", str(path), "--json"]) == 0
    moved = json.loads(capsys.readouterr().out)["moved"]
    assert [(one["rule"], one["old_due"], one["new_due"]) for one in moved] == [
        ("R-APL-56-1", "2021-10-13", "2021-10-14")
    ]
    assert MovedDeadline.objects.get().confirmed_by == ""


def test_dates_and_files_are_not_compared_with_each_other(organ, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(NOTICE, encoding="utf-8")
    assert "不是法律包文件" in refused("diff", path, path)
    path.write_text("[year.2022]\nrest = []\nwork = []\n", encoding="utf-8")
    assert "都是日期" in refused("diff", path, "2021-07-15")
    assert "先写早的" in refused("diff", "2021-07-15", "2021-07-14")


def test_a_case_across_the_day_of_a_change_is_named(organ, capsys):
    make.case_with(make.lead("2021-07-02T09:00:00+08:00"), make.opening())
    assert run(["law", "diff", "2021-07-14", "2021-08-15", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"statute", "parameter", "rule"} <= {one["kind"] for one in answer["changes"]}
    assert len(answer["cases"]) == 1
