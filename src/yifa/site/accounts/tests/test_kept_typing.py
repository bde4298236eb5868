"""Several forms sent after the session was gone: each comes back on its own page, filled in or to be copied."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.supervision.models import SupervisedHandling
from yifa.site.accounts.labels import controls_of
from yifa.site.accounts.models import KeptTyping
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
STAYS = "登录结束前您填写的内容还在"
ORDER = {
    "words": "三日内补齐证据\n逐项说明",
    "to": "0101",
    "due_on": "2021-08-23",
    "csrfmiddlewaretoken": "x",
}
KEPT = "/desk/account/kept/"


@pytest.fixture
def case(monkeypatch) -> Case:
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")
    return make.case_with(make.lead(), make.opening())


@pytest.fixture
def head(case) -> Client:
    factories.account("boss", "head", staff_no="0301")
    client = Client()
    factories.log_in("boss", client=client)
    return client


def sent_too_late(client: Client, *forms: tuple[str, dict]) -> str:
    """Forms sent after the session is gone; where the log-in asked for by the first of them leads."""
    Session.objects.all().delete()
    for address, typed in forms:
        assert client.post(address, typed).status_code == 303
    return factories.log_in("boss", client=client, typed={"next": forms[0][0]})["Location"]


def test_two_tabs_lose_nothing(head, case):
    supervise, search = f"/desk/cases/{case.no}/supervise/", "/desk/cases/views/"
    other = desk.address(case, "handlers-assigned")
    sent_too_late(head, (supervise, ORDER), (other, {"note": "换人"}), (search, {"name": "我的查询"}))
    assert "三日内补齐证据" in desk.main_of(head.get(supervise))
    assert "换人" in desk.main_of(head.get(other))
    text = desk.main_of(head.get(KEPT))
    assert all(one in text for one in ("三日内补齐证据", "换人", "我的查询", "名称"))


def test_a_page_that_does_not_fill_its_form_shows_what_was_typed_until_it_is_sent(head, case):
    address = f"/desk/cases/{case.no}/supervise/"
    sent_too_late(head, (address, ORDER))
    text = desk.main_of(head.get(address))
    assert STAYS in text and "三日内补齐证据<br>逐项说明" in text
    kept = text.partition(STAYS)[2].partition("</dl>")[0]
    assert all(f"<dt>{label}</dt>" in kept for label in ("要办什么", "由谁办", "何时之前"))
    assert "0101" not in kept, "an officer by name"
    assert head.post(address, ORDER).status_code == 303 and not KeptTyping.objects.exists()
    assert STAYS not in desk.main_of(head.get(address))


def test_another_button_of_the_page_takes_nothing_away(head, case):
    assert head.post(f"/desk/cases/{case.no}/supervise/", ORDER).status_code == 303
    address = f"/desk/supervised/{SupervisedHandling.objects.get().no}/"
    sent_too_late(head, (address, {"do": "again", "words": "再补一份"}))
    assert head.post(address, {"do": "close", "words": "办完"}).status_code == 303
    assert "再补一份" in desk.main_of(head.get(address))


def test_a_button_pressed_too_late_leads_back_to_its_page(head):
    Session.objects.all().delete()
    late = head.post("/desk/jobs/recheck/", headers={"Referer": "http://testserver/desk/jobs/?page=2"})
    assert late["Location"] == "/login/?next=%2Fdesk%2Fjobs%2F%3Fpage%3D2"
    elsewhere = head.post("/desk/jobs/recheck/", headers={"Referer": "http://elsewhere.invalid/desk/"})
    assert elsewhere["Location"] == "/login/?next=/desk/jobs/recheck/"


def test_what_is_not_needed_is_deleted_by_its_owner_only(head, case):
    address = f"/desk/cases/{case.no}/supervise/"
    sent_too_late(head, (address, ORDER))
    token = KeptTyping.objects.get().token
    other = factories.as_user(factories.account("else", "head", staff_no="0201"))
    assert other.post(KEPT, {"kept": token}).status_code == 303 and KeptTyping.objects.exists()
    assert head.post(KEPT, {"kept": token, "here": "yes"})["Location"] == address
    assert not KeptTyping.objects.exists() and "没有保留的内容" in desk.main_of(head.get(KEPT))


def test_a_page_that_fills_its_form_says_it_once(head, case):
    address = desk.address(case, "handlers-assigned")
    sent_too_late(head, (address, {"note": "换人"}))
    answer = head.get(address)
    assert answer.status_code == 200 and desk.main_of(answer).count("换人") == 1
    assert STAYS not in desk.main_of(answer)


@pytest.mark.parametrize("twin", ["", "/en"])
def test_after_the_log_in_an_address_of_forms_only_leads_to_what_was_kept(head, twin):
    led = sent_too_late(head, (f"{twin}/desk/cases/views/", {"name": "我的查询", "shared": "yes"}))
    answer = head.get(led)
    assert answer.status_code == 302 and answer["Location"] == f"{twin}{KEPT}"
    text = desk.main_of(head.get(answer["Location"]))
    assert "我的查询" in text and ">yes<" not in text


def test_labels_are_those_of_the_page():
    page = """<label for="a">理由<span class="hint">（可不填）</span></label><textarea id="a" name="reason"></textarea>
    <fieldset><legend>方式</legend><label><input type="radio" name="way" value="post"> 邮寄</label></fieldset>
    <label for="s">谁</label><select id="s" name="to"><option value="0101">张三</option></select>
    <label><input type="checkbox" name="sure" value="yes"> 已核对</label><input type="hidden" name="expected" value="2">"""
    found = controls_of(page)
    assert {name: one.label for name, one in found.items() if not one.hidden} == {
        "reason": "理由", "way": "方式", "to": "谁", "sure": "",
    }  # fmt: skip
    assert found["way"].options == {"post": "邮寄"} and found["to"].options == {"0101": "张三"}
    assert found["expected"].hidden
