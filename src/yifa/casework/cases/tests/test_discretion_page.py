"""The discretion page of a case: it says what the facts mean, what lies beside it, and writes nothing."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import factories as make
from yifa.casework.cases.tests.desk import login, main_of
from yifa.law.sources import labels_in
from yifa.ledger.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-10")


def page(case, query: str = ""):
    return login("0101").get(f"/desk/cases/{case.no}/discretion/{query}")


def decided(serial: int, fine_fen: int) -> None:
    decision = {
        "at": f"2021-08-0{serial}T15:00:00+08:00",
        "kind": "decision_made", "by": ["0101"], "number": f"决{serial}", "outcome": "penalty", "tier": "ordinary",
        "penalty": {"kinds": ["fine"], "fine_fen": fine_fen}, "approved_by": "0301", "evidence": [], "contents": [],
        "sealed": True, "remedy_text": "standard", "to_publish": False,
    }  # fmt: skip
    make.case_with(make.lead(), make.opening(), decision, number=f"过去{serial}")


def test_another_organ_s_case_is_not_found():
    assert login("0101").get("/desk/cases/2021-9999/discretion/").status_code == 404


def test_an_amount_that_is_none_is_said_and_kept():
    answer = page(make.case_with(make.lead(), make.opening()), "?tier=ordinary&fine=一百")
    assert answer.status_code == 422 and "请写金额" in main_of(answer) and "一百" in main_of(answer)
    assert page(make.case_with(make.lead(), make.opening()), "?tier=none").status_code == 422


def test_the_page_shows_range_grade_and_reasons_and_writes_nothing():
    case = make.case_with(make.lead(), make.opening())
    before = Event.objects.count()
    shown = main_of(page(case))
    assert "50元至200元" in shown and "80元至125元" in shown and "拟罚款100元" in shown
    assert "还没有同一事项" in shown and Event.objects.count() == before


def test_an_amount_outside_the_grade_asks_for_reason_and_approval():
    shown = main_of(page(make.case_with(make.lead(), make.opening()), "?tier=ordinary&fine=190"))
    assert "须说明理由并报批" in shown


def test_past_cases_stand_beside_it_and_a_fine_far_from_them_is_marked_with_the_sum():
    for serial, fine in enumerate((9_000, 9_500, 10_000, 10_500, 11_000), start=4):
        decided(serial, fine)
    shown = main_of(page(make.case_with(make.lead(), make.opening()), "?tier=ordinary&fine=200"))
    assert "偏离" in shown and "1.4826" in shown and shown.count("阶次相同") == 5


def test_a_citation_in_a_basis_leads_to_its_article_where_its_statute_is_on_file():
    assert labels_in("示例城市市容管理条例第一条；物业管理条例第六十三条、第六十四条") == [
        ("示例城市市容管理条例第一条", ""),
        ("物业管理条例第六十三条、第六十四条", "物业管理条例第六十三条"),
    ]
