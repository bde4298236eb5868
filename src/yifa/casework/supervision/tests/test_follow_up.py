"""Follow-up: a head orders, who was ordered answers, a head closes or asks again. Refusals first."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.supervision.models import SupervisedHandling, SupervisedStep
from yifa.ledger import queries as ledger

pytestmark = pytest.mark.django_db
ASKED = {"words": "三日内补齐证据", "to": "0101", "due_on": "2021-08-23"}


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def case():
    return make.case_with(make.lead(), make.opening())


def order(who: str, case, **changes: str):
    return desk.login(who).post(f"/desk/cases/{case.no}/supervise/", {**ASKED, **changes})


def ordered(case) -> SupervisedHandling:
    assert order("0301", case).status_code == 303
    return SupervisedHandling.objects.get()


def say(who: str, found: SupervisedHandling, deed: str, **typed: str):
    return desk.login(who).post(f"/desk/supervised/{found.no}/", {"do": deed, **typed})


@pytest.mark.parametrize("who", ["0101", "0201", "0501"])
def test_only_a_head_orders_follow_up(case, who):
    assert desk.login(who).get(f"/desk/cases/{case.no}/supervise/").status_code == 403
    assert order(who, case).status_code == 403 and not SupervisedHandling.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": " "}, "请写明要办什么"),
        ({"words": "补\x00齐"}, "控制字符"),
        ({"to": "0201"}, "请从列表中选择"),
        ({"due_on": "后天"}, "请填写期限"),
        ({"due_on": "2021-08-19"}, "期限早于今天"),
    ],
)
def test_an_order_that_cannot_stand_is_refused_and_kept_on_the_page(case, changes, words):
    answer = order("0301", case, **changes)
    assert answer.status_code == 422 and words in desk.main_of(answer)
    assert not SupervisedHandling.objects.exists()


def test_only_who_was_ordered_answers_and_once(case):
    found = ordered(case)
    assert say("0102", found, "answer", words="已办").status_code == 403
    assert say("0101", found, "answer", words=" ").status_code == 422
    assert say("0101", found, "answer", words="已补齐").status_code == 303
    again = say("0101", found, "answer", words="再答")
    assert again.status_code == 409 and SupervisedStep.objects.count() == 2


def test_it_goes_round_until_a_head_closes_it(case):
    found = ordered(case)
    assert say("0101", found, "answer", words="已补齐").status_code == 303
    assert say("0101", found, "close", words="好").status_code == 403
    assert say("0301", found, "again", words="还缺一份").status_code == 422
    assert say("0301", found, "again", words="还缺一份", due_on="2021-08-25").status_code == 303
    assert say("0101", found, "answer", words="补了").status_code == 303
    assert say("0301", found, "close", words="办结").status_code == 303
    assert say("0301", found, "close", words="办结").status_code == 409
    found.refresh_from_db()
    assert found.state == "closed" and str(found.due_on) == "2021-08-25"
    steps = [step.step for step in found.steps.all()]
    assert steps == ["ordered", "answered", "asked_again", "answered", "closed"]
    assert ledger.last_event(f"supervised_handling:{found.no}").body["type"] == "supervised_closed"


def test_it_is_on_the_case_page_the_workbench_and_the_list(case):
    found = ordered(case)
    handler, head = desk.login("0101"), desk.login("0301")
    for client in (handler, head):
        assert found.no in desk.main_of(client.get(f"/desk/cases/{case.no}/"))
        assert found.no in desk.main_of(client.get("/desk/supervised/?state=open"))
    assert f'href="/desk/supervised/{found.no}/"' in desk.main_of(handler.get("/desk/?tab=todo"))
    assert f'href="/desk/supervised/{found.no}/"' in desk.main_of(head.get("/desk/?tab=mine"))
    assert f'href="/desk/supervised/{found.no}/"' not in desk.main_of(head.get("/desk/?tab=todo"))
    say("0101", found, "answer", words="已补齐")
    assert f'href="/desk/supervised/{found.no}/"' in desk.main_of(head.get("/desk/?tab=todo"))
    assert f'href="/desk/supervised/{found.no}/"' in desk.main_of(handler.get("/desk/?tab=done"))


def test_an_order_sent_again_is_refused_once_and_kept_then_it_is_another(case):
    first = ordered(case)
    answer = order("0301", case)
    shown = desk.main_of(answer)
    assert answer.status_code == 409 and "没有再次记录" in shown and ASKED["words"] in shown
    assert SupervisedHandling.objects.count() == 1
    assert order("0301", case, words="另一件").status_code == 303
    assert order("0301", case).status_code == 303
    latest = SupervisedHandling.objects.latest("serial")
    assert order("0301", case, again=f"supervised_handling:{first.no}").status_code == 409
    assert f'name="again" value="supervised_handling:{latest.no}"' in desk.main_of(order("0301", case))
    assert order("0301", case, again=f"supervised_handling:{latest.no}").status_code == 303
    assert SupervisedHandling.objects.count() == 4


def test_who_is_recused_neither_orders_nor_closes_nor_is_ordered(case):
    desk.staff()
    found = ordered(case)
    make.recused(case, "0301", decided_by="0301")
    assert say("0301", found, "close", words="已办").status_code == 403
    again = order("0301", case, words="另一件")
    assert again.status_code == 403 and "回避" in desk.main_of(again)
    assert SupervisedHandling.objects.count() == 1


def test_an_order_does_not_go_to_an_officer_who_is_recused(case):
    make.recused(case, "0101", decided_by="0301")
    answer = order("0301", case)
    assert answer.status_code == 422 and "请从列表中选择" in desk.main_of(answer)
    assert not SupervisedHandling.objects.exists()


def test_an_english_page_names_the_handlers_in_english(case):
    case.handlers = "|0101|"
    case.save(update_fields=["handlers"])
    shown = desk.main_of(desk.login("0301").get(f"/en/desk/cases/{case.no}/supervise/"))
    assert "（承办）" not in shown and "(handler)" in shown
