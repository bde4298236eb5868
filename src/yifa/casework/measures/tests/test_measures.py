"""Measures at the desk: who is turned away, what is held and how long, the list of things and their return."""

from __future__ import annotations

import json
from typing import Any

import pytest

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk, many
from yifa.casework.cases.tests import factories as make
from yifa.casework.instruments.actions import begin
from yifa.casework.measures.lists import MEASURES
from yifa.casework.measures.models import HeldItem
from yifa.casework.measures.queries import held_in
from yifa.ledger import clock
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db(transaction=True)
TWO = ["0101", "0102"]
ITEM = {
    "do": "list", "family": "measure", "measure": "1", "name": "三轮车", "specification": "脚踏", "quantity": "1 辆", "condition": "完好",
    "place": "一号库房",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def act(at: str, kind: str, **keys: Any) -> dict[str, Any]:
    return {"at": f"{at}T10:00:00+08:00", "kind": kind, "by": TWO, **keys}


def held(*more: dict[str, Any]) -> Case:
    kept = dict.fromkeys(
        ("told_rights", "list_delivered", "certificate_shown", "party_present", "heard"), True
    )
    return make.case_with(
        make.lead(), make.opening(),
        act("2021-08-04", "measure_ordered", id="1", measure="seizure", approved_by="0301", items=["三轮车一辆"], signed="yes", **kept),
        act("2021-08-05", "preservation_ordered", id="1", approved_by="0301", items=["宣传架三个"]),
        *more,
    )  # fmt: skip


def url(case: Case) -> str:
    return f"/desk/cases/{case.no}/measures/"


@pytest.mark.parametrize("staff_no", ["0201", "0301", "0501"])
def test_who_does_not_handle_the_case_lists_nothing(staff_no):
    case = held()
    client = desk.login(staff_no)
    assert client.get(url(case)).status_code == 200
    before = event_count()
    assert client.post(url(case), ITEM).status_code == 403
    assert event_count() == before and not HeldItem.objects.exists()


def test_another_organs_case_is_as_unknown_as_none():
    case = held()
    client = desk.login("0101")
    Case.objects.filter(pk=case.pk).update(organ=make.organ("120198-cgw"))
    assert client.get(url(case)).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("name", " "), ("quantity", ""), ("place", ""), ("condition", "长" * 301)]
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_kept(name, value):
    case = held()
    answer = desk.login("0101").post(url(case), {**ITEM, name: value})
    page = answer.content.decode()
    assert (
        answer.status_code == 422 and "<title>错误：" in page and f'id="f-{name}"' in page and "脚踏" in page
    )
    assert not HeldItem.objects.exists()


def test_nothing_is_listed_under_a_measure_that_is_none_or_is_over():
    case = held(act("2021-08-19", "measure_lifted", id="1", outcome="returned"))
    client = desk.login("0101")
    assert client.post(url(case), ITEM).status_code == 409
    assert client.post(url(case), {**ITEM, "measure": "9"}).status_code == 409
    assert not HeldItem.objects.exists()


def test_a_thing_is_listed_returned_and_not_returned_twice():
    case = held()
    client = desk.login("0101")
    listed = desk.main_of(client.post(url(case), ITEM, follow=True))
    assert "已登记到清单" in listed and "一号库房" in listed
    item = HeldItem.objects.get()
    back = {"do": "return", "item": item.no, "returned_on": "2021-08-19", "returned_to": "示例当事人"}
    for wrong in ({"returned_on": "昨天"}, {"returned_on": "2021-08-21"}, {"returned_to": ""}):
        assert client.post(url(case), {**back, **wrong}).status_code == 422
    assert client.post(url(case), {**back, "item": "none"}).status_code == 409
    assert "示例当事人" in desk.main_of(client.post(url(case), back, follow=True))
    assert client.post(url(case), back).status_code == 409
    item.refresh_from_db()
    assert item.returned_on.isoformat() == "2021-08-19" and item.version == 2


def test_days_left_and_what_may_be_done_are_shown():
    shown = desk.main_of(desk.login("0101").get(url(held())))
    assert "2021-09-03" in shown and "还可以延长 30 日" in shown and "超期 4 天" in shown
    assert "延长查封扣押：提交审批" in shown and "登记保存处理" in shown


def test_the_list_has_the_most_pressing_first_and_agrees_with_its_files():
    case = held(act("2021-08-19", "preservation_disposed", id="1", outcome="returned"))
    client = desk.login("0101")
    rows = json.loads(client.get("/desk/measures/list.json").getvalue())["rows"]
    assert [(one["measure"], one["items"], one["due_on"], one["left"]) for one in rows] == [
        ("扣押", "三轮车一辆", "2021-09-03", "正常，还剩 14 天"), ("先行登记保存", "宣传架三个", "2021-08-16", "返还（超过期限）"),
    ]  # fmt: skip
    for asked, kind in (
        ("state=standing", "seizure"),
        ("state=ended", "preservation"),
        ("late=yes", "preservation"),
    ):
        [row] = json.loads(client.get(f"/desk/measures/list.json?{asked}").getvalue())["rows"]
        assert row["measure"] == {"seizure": "扣押", "preservation": "先行登记保存"}[kind], asked
    assert (
        client.get("/desk/measures/list.csv?state=standing").getvalue().decode().count(f",act:{case.no}") == 1
    )
    there = make.organ("120198-cgw")
    Case.objects.filter(pk=case.pk).update(organ=there)
    case.acts.update(organ=there)
    assert case.no not in desk.main_of(client.get("/desk/measures/"))


def order(day: int, **keys: Any) -> dict[str, Any]:
    return act(f"2021-08-{day:02}", "preservation_ordered", approved_by="0301", items=["货架"], **keys)


def disposal(day: int, **keys: Any) -> dict[str, Any]:
    return act(f"2021-08-{day:02}", "preservation_disposed", outcome="returned", **keys)


@pytest.mark.parametrize(
    "acts",
    [
        [order(5)], [order(5), disposal(6)], [order(5), disposal(6, id="1")], [order(5), order(6), disposal(7)],
        [order(5), order(6), disposal(7, id="2")], [order(5), order(6), disposal(7), disposal(8)],
        [order(5), order(6), order(7), disposal(8), disposal(9, id="2")], [order(5, id="A"), order(6), disposal(7, id="2")],
        [order(5, id="A"), order(6, id="B"), disposal(7)], [order(5), disposal(6), order(7)],
        [order(5), order(6), order(7), disposal(8, id="1"), disposal(9)],
    ],
)  # fmt: skip
def test_what_the_list_calls_standing_is_what_the_law_calls_so(acts):
    case = make.case_with(make.lead(), make.opening(), *acts)
    wanted = [one.seq for one in held_in(case, clock.now()) if one.hold.standing]
    over = [one.seq for one in held_in(case, clock.now()) if not one.hold.standing]
    for state, seqs in (("standing", wanted), ("ended", over)):
        assert [row["seq"] for row in MEASURES.rows(case.organ_id, {"state": state})] == seqs, state


def test_many_measures_are_all_listed_and_a_page_costs_the_same():
    many.copies(held(), 120)
    client = desk.login("0101")
    # from the second page on the keys of the rows are found first
    assert many.queries(client, "/desk/measures/?state=standing") == 9
    assert many.queries(client, "/desk/measures/?state=standing&page=3") == 10
    rows = many.rows(client, "/desk/measures/list.json?state=standing")
    assert len(rows) == 242 and {one["due_on"] for one in rows} == {"2021-09-03", "2021-08-16"}
    assert "242 项" in many.text(client, "/desk/measures/?state=standing&page=3")


def test_a_case_without_measures_says_so():
    case = make.case_with(make.lead(), make.opening())
    assert "本案没有查封" in desk.main_of(desk.login("0101").get(url(case)))


def paper_of(case: Case, form: str) -> dict[str, Any]:
    """What a paper of this form begins with."""
    return begin(case=case, form=form, by="0101", actor=make.ACTOR).fields


def test_the_papers_of_a_measure_name_the_things_of_its_list():
    case = held()
    desk.login("0101").post(url(case), ITEM)
    for form in ("seizure_decision", "seizure_list", "seizure_release"):
        told = paper_of(case, form)
        assert told["涉案财物"] == [["三轮车", "脚踏", "1 辆", "完好"]], form
    assert paper_of(case, "seizure_decision")["存放地点"] == "一号库房"
    assert "罚没物品" not in paper_of(case, "goods_handling")


def test_the_record_of_a_measure_says_that_no_necessities_are_concerned():
    rows = dict(paper_of(held(), "seizure_record")["现场核查"])
    assert rows["不涉及生活必需品"] == "是" and rows["当事人不到场的，邀请见证人"] == "不适用"


def test_what_is_confiscated_is_disposed_of_and_not_given_back():
    case = held()
    client = desk.login("0101")
    client.post(url(case), ITEM)
    ended = act("2021-08-19", "measure_lifted", id="1", outcome="confiscated")
    record_act(case_no=case.no, event={**ended, "note": "决定没收"}, actor=make.ACTOR, entered_late=True)
    shown = desk.main_of(client.get(url(case)))
    assert "没有记录退还" not in shown and "记录退还" not in shown and "去向" in shown
    assert paper_of(case, "goods_handling")["罚没物品"] == [["三轮车", "脚踏", "1 辆", "没收", ""]]


def test_the_link_of_each_measure_leads_to_the_form_of_this_measure():
    kept = dict.fromkeys(
        ("told_rights", "list_delivered", "certificate_shown", "party_present", "heard"), True
    )
    second = act(
        "2021-08-06",
        "measure_ordered",
        id="2",
        measure="sealing_up",
        approved_by="0301",
        items=["冰柜"],
        signed="yes",
        **kept,
    )
    case = held(second)
    client = desk.login("0101")
    page = desk.main_of(client.get(url(case)))
    lifting = f"/desk/cases/{case.no}/do/measure-lifted/"
    assert f"{lifting}?id=1" in page and f"{lifting}?id=2" in page
    for asked, stands in (("1", "1"), ("2", "2"), ("9", "1"), ("", "1")):
        assert (
            client.get(lifting, {"id": asked}).content.decode().count(f'name="id" value="{stands}"') == 1
        ), asked


def test_a_thing_sent_again_is_refused_once_and_kept_then_it_is_another(monkeypatch):
    case, client = held(), desk.login("0101")
    assert client.post(url(case), ITEM).status_code == 303
    answer = client.post(url(case), ITEM)
    shown = desk.main_of(answer)
    assert answer.status_code == 409 and "没有再次记录" in shown and "一号库房" in shown
    assert HeldItem.objects.count() == 1
    again = f"held_item:{HeldItem.objects.get().no}"
    assert f'name="again" value="{again}"' in shown
    assert client.post(url(case), {**ITEM, "again": again}).status_code == 303
    monkeypatch.setenv("YIFA_TODAY", "2021-08-21")
    assert desk.login("0101").post(url(case), ITEM).status_code == 303
    assert HeldItem.objects.count() == 3
