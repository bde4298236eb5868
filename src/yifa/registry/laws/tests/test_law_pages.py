"""The pages of the law: who may decide, what a wrong value is told, and what is never quoted as law."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from yifa.casework.cases.tests import factories as make
from yifa.casework.cases.tests.desk import login, main_of
from yifa.law.calendar.notice import from_toml
from yifa.law.calendar.tests.test_notices import TOML
from yifa.law.sources.tests.test_reading_texts import text
from yifa.law.sources.text import read_text
from yifa.ledger.actions import Actor
from yifa.ledger.models import Event
from yifa.registry.laws.actions import Move, take_in_holidays, take_in_text
from yifa.registry.laws.models import LawEdition, MovedDeadline
from yifa.registry.laws.queries import law_of

pytestmark = pytest.mark.django_db(transaction=True)
PERIOD = "/desk/laws/parameters/defence_days/"
SYSTEM = Actor("system:law")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-10")


def entries(type: str) -> int:
    return sum(
        json.loads(bytes(body))["type"] == type for body in Event.objects.values_list("body", flat=True)
    )


def period():
    return law_of(make.organ().code, "120199").param("defence_days", date(2026, 1, 1))


def post(client: Client, **typed: str):
    return client.post(
        PERIOD, {"value": "5", "valid_from": "", "source": "委办公会纪要（虚构）", "note": "", **typed}
    )


def test_nobody_reads_without_logging_in():
    assert Client().get("/desk/laws/").status_code == 302


def test_a_handler_may_not_decide_a_parameter():
    answer = post(login("0101"))
    assert answer.status_code == 403 and "由负责人或者领导小组办公室" in main_of(answer)
    assert LawEdition.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "五"}, "整数"),
        ({"source": ""}, "依据"),
        ({"value": "3", "valid_from": "三月"}, "请写日期"),
    ],
)
def test_a_value_that_cannot_stand_is_said_and_kept(typed, said):
    answer = post(login("0301"), **typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "错误：" in page
    assert LawEdition.objects.count() == 0


def test_a_value_fixed_by_an_article_is_not_the_organ_s_to_change():
    answer = login("0301").post("/desk/laws/parameters/payment_days/", {"value": "30", "source": "会议"})
    assert answer.status_code == 422
    assert LawEdition.objects.count() == 0


def test_a_parameter_that_does_not_exist_is_not_found():
    assert login("0301").get("/desk/laws/parameters/no-such/").status_code == 404


def test_the_head_confirms_a_period_as_a_new_edition():
    client = login("0301")
    assert "待确认" in main_of(client.get(PERIOD))
    assert post(client).status_code == 303
    assert period().confirmed and period().source == "委办公会纪要（虚构）"
    assert entries("parameter_confirmed") == 1
    again = post(client)
    assert again.status_code == 422 and "已经确认过" in main_of(again)


def test_a_change_holds_from_its_day_and_leaves_the_days_before():
    assert post(login("0301"), value="3", valid_from="2026-03-01").status_code == 303
    law = law_of(make.organ().code, "120199")
    assert [law.param("defence_days", date(2026, month, 1)).value for month in (2, 3)] == [5, 3]
    assert entries("parameter_changed") == 1


def test_the_office_may_decide_too():
    client = login("0101")
    get_user_model().objects.update(roles="|office|")
    client.force_login(get_user_model().objects.get())
    assert post(client).status_code == 303


def test_another_organ_keeps_its_own_value():
    post(login("0301"), value="3", valid_from="2026-03-01")
    assert law_of("elsewhere", "120199").param("defence_days", date(2026, 3, 1)).value == 5


def test_every_page_opens():
    client = login("0101")
    for path in (
        "",
        "coverage/",
        "parameters/",
        "holidays/",
        "parameters/getihu_as/",
        "parameters/roll_agency_deadline/",
    ):
        answer = client.get(f"/desk/laws/{path}")
        assert answer.status_code == 200, path


def test_an_article_without_its_text_says_so_and_quotes_nothing():
    page = main_of(login("0101").get("/desk/laws/article/?label=行政处罚法第五十八条&on=2024-05-01"))
    assert "条文原文未载入" in page and "我们的摘要" in page and "“四类" not in page


def test_an_article_that_does_not_exist_is_not_found():
    client = login("0101")
    for query in ("label=行政处罚法第九十九条", "label=没有这部法第一条", "label=行政处罚法第一条&on=昨天"):
        assert client.get(f"/desk/laws/article/?{query}").status_code == 404


def test_a_loaded_article_is_shown():
    take_in_text(
        organ=make.organ(), text=read_text(text().splitlines()), source="示例.md", raw=b"x", actor=SYSTEM
    )
    page = main_of(login("0101").get("/desk/laws/article/?label=罚款决定与罚款收缴分离实施办法第七条"))
    assert "本条为测试而虚构。" in page and "未载入" not in page


def test_a_moved_deadline_waits_until_a_person_confirms_it():
    move = Move("2021-0001", "R-APL-60-1", 0, "2039-10-10", "2039-10-11")
    take_in_holidays(organ=make.organ(), notice=from_toml(TOML), moves=[move], actor=SYSTEM)
    client, moved = login("0101"), MovedDeadline.objects.get()
    assert "2039-10-11" in main_of(client.get("/desk/laws/holidays/"))
    assert client.post("/desk/laws/holidays/999999/confirm/").status_code == 404
    for _ in range(2):
        assert client.post(f"/desk/laws/holidays/{moved.pk}/confirm/").status_code == 303
    moved.refresh_from_db()
    assert (moved.confirmed_by, moved.version) == ("0101", 2)
    assert entries("deadline_confirmed") == 1


def test_a_clock_on_an_unconfirmed_period_is_marked_until_it_is_confirmed():
    case = make.case_with(make.lead("2021-08-09T09:00:00+08:00"))
    client = login("0301")
    marked = main_of(client.get(f"/desk/cases/{case.no}/clocks/"))
    assert "待确认" in marked and "线索核查、决定是否立案的期限" in marked
    client.post(
        "/desk/laws/parameters/filing_decision_days/",
        {"value": "15", "source": "会议（虚构）", "valid_from": ""},
    )
    assert "待确认" not in main_of(client.get(f"/desk/cases/{case.no}/clocks/"))
