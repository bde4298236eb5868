"""What the case page offers: blocked acts with every reason, others' acts with whose they are, then one's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def seen(staff_no: str, case) -> str:
    return desk.main_of(desk.login(staff_no).get(f"/desk/cases/{case.no}/"))


def test_a_blocked_act_says_why_by_which_article_and_links_to_what_lifts_it():
    case = make.case_with(make.lead())
    text = seen("0101", case)
    blocked = text[text.index("现在不能做") :]
    assert "未经批准立案，不得开展调查措施" in blocked and "行政处罚法第五十四条第二款" in blocked
    assert "先办理立案审批" in blocked and f'href="{desk.address(case, "opening-approved")}"' in blocked


def test_an_act_of_another_role_says_whose_it_is_and_has_no_button():
    case = make.case_with(make.lead())
    text = seen("0201", case)
    can = text[text.index("现在可以做") : text.index("现在不能做")]
    assert "“立案”由负责人人员办理" not in can and "由负责人办理" in can
    assert f'href="{desk.address(case, "opening-approved")}"' not in can


def test_an_act_of_another_role_is_offered_to_the_handler_as_a_proposal():
    case = make.case_with(make.lead())
    text = seen("0101", case)
    can = text[text.index("现在可以做") : text.index("现在不能做")]
    assert f'href="/desk/cases/{case.no}/propose/opening-approved/">提交审批</a>' in can
    assert f'href="{desk.address(case, "opening-approved")}"' not in can
    assert f'href="{desk.address(case, "opening-approved")}"' in seen("0301", case).partition("现在不能做")[0]


def test_no_more_than_three_acts_are_shown_at_first():
    case = make.case_with(make.lead(), make.opening())
    text = seen("0101", case)
    can = text[text.index("现在可以做") : text.index("其他可办事项")]
    assert can.count('<li class="act') == 3


def test_what_a_person_may_do_comes_before_what_others_must_do():
    case = make.case_with(make.lead(), make.opening())
    text = seen("0101", case)
    can = text[text.index("现在可以做") : text.index("其他可办事项")]
    assert can.count('class="button') == 3


def test_the_page_asks_the_database_no_more_often_for_a_longer_case():
    short = make.case_with(make.lead(), make.opening(), number="甲")
    many = [make.interview(f"2021-08-04T{hour:02d}:00:00+08:00") for hour in range(9, 22)]
    long = make.case_with(make.lead(), make.opening(), *many, number="乙")
    client = desk.login("0101")
    counts = []
    for case in (short, long):
        for url in (f"/desk/cases/{case.no}/", desk.address(case, "evidence-added")):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:] and max(counts) <= 17  # one of them asks for the law the organ uses
