"""Reconsideration and suit at the desk: who is turned away, what is recorded together, what an outcome starts."""

from __future__ import annotations

from typing import Any

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.execution.tests import factories as make
from yifa.casework.remedies.models import Dispute
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db(transaction=True)
FILE = {
    "do": "file", "kind": "reconsideration", "procedure": "ordinary", "filed_on": "2021-10-08", "copy_received_on": "2021-10-12",
}  # fmt: skip
OUTCOME = {"do": "decide", "kind": "reconsideration", "result": "upheld", "received_on": "2021-10-19"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-10-20")


def url(case: Case) -> str:
    return f"/desk/cases/{case.no}/remedies/"


def post(client: Any, case: Case, typed: dict[str, str], **more: Any) -> Any:
    seen = Case.objects.get(pk=case.pk).act_count
    return client.post(url(case), {"expected": str(seen), **typed}, **more)


def filed() -> tuple[Case, Any]:
    case, client = make.served(), desk.login("0101")
    assert post(client, case, FILE).status_code == 303
    return case, client


@pytest.mark.parametrize("staff_no", ["0201", "0501"])
def test_who_does_not_handle_the_case_records_no_dispute(staff_no):
    case, client = make.served(), desk.login(staff_no)
    assert client.get(url(case)).status_code == 200
    before = event_count()
    assert post(client, case, FILE).status_code == 403
    assert event_count() == before


def test_another_organs_case_is_as_unknown_as_none():
    case, client = make.served(), desk.login("0101")
    Case.objects.filter(pk=case.pk).update(organ=make.papers.make.organ("120198-cgw"))
    assert client.get(url(case)).status_code == 404
    assert client.get(f"/desk/cases/{case.no}/pack/dispute.zip").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "appeal"}, "请选择行政复议"), ({"filed_on": "上周"}, "请填写提起日期"), ({"filed_on": "0001-01-01"}, "请填写提起日期"), ({"copy_received_on": ""}, "请填写收到副本的日期"),
        ({"copy_received_on": "2021-10-07"}, "早于提起日期"), ({"filed_on": "2021-10-21"}, "晚于今天"), ({"procedure": "fast"}, "请从列表"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(wrong, said):
    case = make.served()
    answer = post(desk.login("0101"), case, {**FILE, **wrong})
    assert (
        answer.status_code == 422
        and said in desk.main_of(answer)
        and "<title>错误：" in answer.content.decode()
    )
    assert not Dispute.objects.exists()


def test_somebody_was_faster_and_nothing_half_is_written():
    case = make.served()
    answer = post(desk.login("0101"), case, {**FILE, "expected": "1"})
    assert answer.status_code == 409
    assert not Dispute.objects.exists() and not Act.objects.filter(kind="reconsideration_filed").exists()


def test_a_second_one_of_the_kind_waits_for_the_first():
    case, client = filed()
    assert post(client, case, {**FILE, "filed_on": "2021-10-09"}).status_code == 409
    assert Dispute.objects.count() == 1


def test_an_outcome_needs_a_dispute_and_a_later_day():
    case, client = make.served(), desk.login("0101")
    assert post(client, case, OUTCOME).status_code == 409
    post(client, case, FILE)
    assert post(client, case, {**OUTCOME, "received_on": "2021-10-01"}).status_code == 409
    assert post(client, case, {**OUTCOME, "result": ""}).status_code == 422
    assert Dispute.objects.get().result == ""


def test_act_and_register_are_written_together_and_the_answer_is_due():
    case, client = filed()
    assert Dispute.objects.get().filed_on.isoformat() == "2021-10-08"
    act = Act.objects.get(kind="reconsideration_filed")
    assert act.data == {"copy_received_on": "2021-10-12", "procedure": "ordinary"} and act.at_is_date
    shown = desk.main_of(client.get(url(case)))
    assert "2021-10-22" in shown and "还剩 2 天" in shown and "记录答复" in shown


def test_an_upheld_decision_changes_nothing():
    case, client = filed()
    shown = desk.main_of(post(client, case, OUTCOME, follow=True))
    assert "维持" in shown and "决定继续有效" in shown
    assert not Act.objects.filter(kind="decision_changed").exists()
    assert (Dispute.objects.get().result, Dispute.objects.get().decided_on.isoformat()) == (
        "upheld",
        "2021-10-19",
    )


def test_a_revoked_decision_is_changed_and_to_be_withdrawn_where_it_is_published():
    case = make.served()
    make.entered(case, make.papers.event(
        "2021-09-08T10:00:00", "publicity_posted", [], channel="portal", made_by="0101", checked_by="0102", redacted=True,
        text="已处理",
    ))  # fmt: skip
    client = desk.login("0101")
    post(client, case, FILE)
    shown = desk.main_of(post(client, case, {**OUTCOME, "result": "revoked"}, follow=True))
    assert "公开的决定信息应当撤回" in shown and "2021-10-22" in shown
    assert Act.objects.get(kind="decision_changed").data == {"result": "revoked"}
    assert "决定已撤销" in desk.main_of(client.get(f"/desk/cases/{case.no}/execution/"))


def test_both_periods_are_shown_with_their_reckoning():
    shown = desk.main_of(desk.login("0101").get(url(make.served())))
    assert "2021-11-01" in shown and "2022-03-02" in shown and "怎么算的" in shown


@pytest.mark.parametrize("slug", ["reconsideration-filed", "litigation-decided"])
def test_the_common_form_of_these_acts_leads_here(slug):
    case, client = make.served(), desk.login("0101")
    read, sent = client.get(desk.address(case, slug)), client.post(desk.address(case, slug), {})
    assert (read.status_code, sent.status_code) == (302, 303)
    assert read["Location"] == sent["Location"] == url(case)
