"""Execution at the desk: who is turned away, the bank's file from choice to act, the steps of a case."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import desk
from yifa.casework.execution.models import BankPayment, BankUpload
from yifa.casework.execution.tests import factories as make
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/desk/execution/files/new/"
PAID = f"{make.NUMBER},200,2021-09-10,A001"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")


def send(client, body: bytes):
    return client.post(NEW, {"book": SimpleUploadedFile("缴款.csv", body)})


def digest(answer) -> str:
    return answer.content.decode().partition('name="expected" value="')[2].partition('"')[0]


@pytest.mark.parametrize("staff_no", ["0201", "0401", "0501"])
def test_who_may_not_take_in_a_bank_file(staff_no):
    client = desk.login(staff_no)
    assert client.get(NEW).status_code == 403
    assert send(client, make.lines(PAID)).status_code == 403
    assert not BankUpload.objects.exists()


def test_another_organs_file_and_payment_are_as_unknown_as_none():
    upload = make.kept(make.lines(PAID))
    client = desk.login("0101")
    BankUpload.objects.filter(pk=upload.pk).update(organ=make.papers.make.organ("120198-cgw"))
    assert client.get(f"/desk/execution/files/{upload.pk}/").status_code == 404
    assert client.get("/desk/execution/payments/99/").status_code == 404


def test_without_a_file_nothing_is_kept():
    answer = desk.login("0101").post(NEW, {})
    assert answer.status_code == 422 and "<title>错误：" in answer.content.decode()


def test_a_faulty_file_names_line_column_and_remedy_and_cannot_be_confirmed():
    make.served()
    client = desk.login("0101")
    page = send(client, make.lines(PAID, f"{make.NUMBER},二百,2021-09-10,A002"))["Location"]
    shown = desk.main_of(client.get(page))
    assert "第 3 行" in shown and "金额" in shown and "不是能读懂的金额" in shown and "确认导入" not in shown
    before = event_count()
    assert client.post(page, {"expected": ""}).status_code == 422
    assert event_count() == before


def test_a_stale_confirmation_shows_the_file_anew():
    make.served()
    client = desk.login("0101")
    page = send(client, make.lines(PAID))["Location"]
    answer = client.post(page, {"expected": "0" * 32})
    assert answer.status_code == 409 and "请再核对一次" in desk.main_of(answer)
    assert not BankPayment.objects.exists()


def test_from_the_file_to_the_act_and_not_twice():
    case = make.served()
    client = desk.login("0101")
    page = send(client, make.lines(PAID, "查无此号,1,2021-09-10,A002"))["Location"]
    shown = client.get(page)
    assert "缴清" in desk.main_of(shown) and "还没有写入任何内容" in desk.main_of(shown)
    assert not Act.objects.filter(kind="fine_collected").exists()
    done = client.post(page, {"expected": digest(shown)}, follow=True)
    assert "已导入" in desk.main_of(done) and "1 笔待核对" in desk.main_of(done)
    assert Act.objects.get(kind="fine_collected").case_id == case.no
    again = client.get(send(client, make.lines(PAID))["Location"])
    assert "没有新的缴款" in desk.main_of(again) and "确认导入" not in desk.main_of(again)


def test_a_held_payment_is_given_its_case():
    case = make.served()
    client = desk.login("0101")
    page = send(client, make.lines("查无此号,200,2021-09-10,A002"))["Location"]
    client.post(page, {"expected": digest(client.get(page))})
    url = f"/desk/execution/payments/{BankPayment.objects.get().pk}/"
    assert client.post(url, {"number": ""}).status_code == 422
    assert client.post(url, {"number": "没有"}).status_code == 422
    assert "已记入案件" in desk.main_of(client.post(url, {"number": make.NUMBER}, follow=True))
    assert Act.objects.get(kind="fine_collected").case_id == case.no


def test_the_list_says_who_owes_what_and_agrees_with_its_files():
    case = make.served()
    client = desk.login("0101")
    shown = desk.main_of(client.get("/desk/execution/"))
    assert case.no in shown and "200.00" in shown and "逾期，加处罚款" in shown
    [row] = json.loads(client.get("/desk/execution/list.json?state=late").getvalue())["rows"]
    assert (row["owed_fen"], row["state"], row["step"]) == (20000, "overdue", "demand_served")
    assert case.no in client.get("/desk/execution/list.csv?state=owed").getvalue().decode()
    for state in ("settled", "unserved"):
        assert case.no not in desk.main_of(client.get(f"/desk/execution/?state={state}"))


def test_a_case_without_decision_owes_nothing():
    case = make.papers.make.case_with(make.papers.make.lead(), make.papers.make.opening())
    assert "没有应缴款项" in desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/execution/"))


def test_an_additional_fine_is_charged_as_the_law_counts_it_and_by_a_handler_only():
    case = make.served()
    url = f"/desk/cases/{case.no}/execution/"
    shown = desk.main_of(desk.login("0101").get(url))
    assert "逾期3日，加处罚款18元" in shown
    refused = desk.login("0201").post(url, {"expected": str(case.act_count)})
    assert refused.status_code == 403
    client = desk.login("0101")
    assert client.post(url, {"expected": "0"}).status_code == 409
    done = client.post(url, {"expected": str(case.act_count)}, follow=True)
    assert "已记录加处罚款" in desk.main_of(done)
    act = Act.objects.get(kind="additional_fine_charged")
    assert act.data == {"amount_fen": 1800, "until_on": "2021-09-20"}
    assert client.post(url, {"expected": str(case.act_count + 1)}).status_code == 409


def test_the_window_of_the_court_is_said_once(monkeypatch):
    case = make.entered(make.served(), make.papers.event("2022-03-07T10:00:00", "demand_served"))
    monkeypatch.setenv("YIFA_TODAY", "2022-03-28")
    shown = desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/execution/"))
    assert "最迟2022年6月2日" in shown and "2022-06-02" not in shown


def test_another_day_is_reckoned_and_nothing_offered_for_it():
    case = make.served()
    client = desk.login("0101")
    shown = desk.main_of(client.get(f"/desk/cases/{case.no}/execution/?on=2022-04-01"))
    assert "已到上限" in shown and "记录加处罚款" not in shown and "最迟" in shown
    for typed in ("soon", "0001-01-01", "9999-12-31"):
        assert client.get(f"/desk/cases/{case.no}/execution/?on={typed}").status_code == 422
