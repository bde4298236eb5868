"""The evaluation page of a case: who may see it, what it says, the same rows in every form, and nothing written."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from yifa.casework.cases.tests import factories as make
from yifa.casework.cases.tests.desk import login, main_of
from yifa.ledger.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-10")


def get(case, staff_no: str = "0101", ending: str = "/"):
    return login(staff_no).get(f"/desk/cases/{case.no}/evaluation{ending}")


@pytest.mark.parametrize("ending", ["/", ".csv", ".json"])
def test_another_organ_s_case_is_not_found(ending: str):
    assert login("0101").get(f"/desk/cases/2021-9999/evaluation{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["/", ".csv", ".json"])
def test_an_auxiliary_is_told_who_may_see_it(ending: str):
    answer = get(make.case_with(make.lead(), make.opening()), "0501", ending)
    assert answer.status_code == 403 and "由承办人、负责人、法制审核人员和监督人员查看" in main_of(answer)


def test_a_supervisor_sees_it_by_the_role_of_the_account():
    case = make.case_with(make.lead(), make.opening())
    client = Client()
    client.force_login(
        get_user_model().objects.create(username="watch", organ=make.organ(), roles="|supervisor|")
    )
    assert client.get(f"/desk/cases/{case.no}/evaluation/").status_code == 200


def test_an_open_case_is_previewed_and_nothing_is_written():
    case = make.case_with(make.lead(), make.opening())
    before = Event.objects.count()
    shown = main_of(get(case))
    assert "案卷预评" in shown and "待完成" in shown and "待确认" in shown and "须人工核对" in shown
    assert Event.objects.count() == before


def test_every_point_lost_names_act_article_and_remedy():
    alone = make.interview(by=["0101"])
    shown = main_of(get(make.case_with(make.lead(), make.opening(), alone)))
    assert "1 项一票否决，评为不合格" in shown and "行政处罚法第四十二条第一款" in shown
    assert "R-APL-42-1" in shown and "#act-3" in shown and "→" in shown


def test_csv_and_json_say_what_the_page_says():
    case = make.case_with(make.lead(), make.opening(), make.interview(by=["0101"]))
    found = get(case, ending=".json").json()
    rows = list(csv.DictReader(io.StringIO(get(case, ending=".csv").content.decode("utf-8-sig"))))
    assert found["score"] == 0 and found["grade"] == "不合格" and not found["final"]
    lost = [row for row in rows if row["规则"] == "R-APL-42-1"]
    assert lost[0]["部分"] == "一票否决" and lost[0]["状态"] == "否决" and lost[0]["补救"]
    assert {row["项目"] for row in rows} == {line["title"] for line in found["lines"]}
    assert sum(int(row["扣分"]) for row in rows if row["扣分"]) == found["lost"]
