"""Serving a sealed paper: who is turned away, the order of ways, what becomes an act and when it takes effect."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.delivery.models import Delivery
from yifa.casework.instruments import actions as papers
from yifa.casework.instruments.models import Instrument
from yifa.casework.instruments.tests import factories as make
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-06")


def sealed() -> Instrument:
    """A sealed decision; sealing itself has tests of its own."""
    paper = make.decision_paper(make.decided(numbered="津示城管罚决字〔2021〕第001号"))
    Instrument.objects.filter(pk=paper.pk).update(state="issued")
    return Instrument.objects.get(pk=paper.pk)


def url(paper: Instrument) -> str:
    return f"/desk/cases/{paper.case_id}/documents/{paper.no}/deliver/"


def form(mode: str = "direct", **changes: str) -> dict[str, str]:
    return {
        "mode": mode, "do": "served", "at": "2021-09-06T00:00", "with": "0102", "receiver": "示例当事人", "receiver_kind": "party",
        "place": "示例路1号", "refused": "no", **changes,
    }  # fmt: skip


def post(client: Any, paper: Instrument, typed: dict[str, str], **more: Any) -> Any:
    seen = Case.objects.get(pk=paper.case_id).act_count
    return client.post(url(paper), {"expected": str(seen), **typed}, **more)


def served() -> list[Act]:
    return list(Act.objects.filter(kind="instrument_served"))


@pytest.mark.parametrize("staff_no", ["0201", "0301", "0501"])
def test_who_does_not_handle_the_case_serves_nothing(staff_no):
    paper = sealed()
    client = desk.login(staff_no)
    assert client.get(url(paper)).status_code == 403
    assert post(client, paper, form()).status_code == 403
    assert served() == [] and not Delivery.objects.exists()


def test_another_organs_paper_is_as_unknown_as_none():
    paper = sealed()
    client = desk.login("0101")
    Instrument.objects.filter(pk=paper.pk).update(organ=make.make.organ("120198-cgw"))
    assert client.get(url(paper)).status_code == 404
    assert client.get("/desk/cases/2099-0001/deliveries/").status_code == 404


def test_a_paper_that_is_not_sealed_is_not_served():
    paper = make.decision_paper()
    answer = post(desk.login("0101"), paper, form())
    assert answer.status_code == 409 and "已用印" in desk.main_of(answer) and served() == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"with": ""}, "两名执法人员"), ({"receiver": " "}, "请填写收件人"), ({"place": ""}, "请填写送达地点"), ({"at": "昨天"}, "请填写送达时间"),
        ({"at": "2021-09-07T09:00"}, "晚于现在"), ({"refused": "yes"}, "再用留置送达"), ({"receiver_kind": "friend"}, "请从列表中选择"),
        ({"at": "2021-09-03T09:00"}, "为什么现在才记录"), ({"with": "0301"}, "请从列表中选择"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field_and_nothing_recorded(wrong, said):
    paper = sealed()
    before = event_count()
    answer = post(desk.login("0101"), paper, form(**wrong))
    assert answer.status_code == 422 and said in desk.main_of(answer)
    assert (
        "<title>错误：" in answer.content.decode()
        and "示例路1号" in answer.content.decode()
        or "place" in wrong
    )
    assert event_count() == before


@pytest.mark.parametrize("mode", ["left_in_place", "postal", "entrusted"])
def test_a_later_way_asks_why_not_the_direct_one(mode):
    paper = sealed()
    client = desk.login("0101")
    answer = post(client, paper, form(mode, witness_or_recording="yes"))
    assert answer.status_code == 422 and "没有采用这种方式的原因" in desk.main_of(answer) and served() == []
    told = form(mode, witness_or_recording="yes", **{"earlier.direct": "本人拒绝接收"})
    assert post(client, paper, told).status_code == 303
    assert Delivery.objects.get().earlier == {"direct": "本人拒绝接收"}


def test_an_attempt_that_failed_answers_for_its_way():
    paper = sealed()
    client = desk.login("0101")
    assert post(client, paper, form(do="failed")).status_code == 422
    assert post(client, paper, form(do="failed", reason="家中无人")).status_code == 303
    assert served() == [] and Delivery.objects.get().outcome == "failed"
    assert "试过，没有送到" in desk.main_of(client.get(url(paper)))
    assert post(client, paper, form("postal")).status_code == 303
    assert "家中无人" in desk.main_of(client.get(f"/desk/cases/{paper.case_id}/deliveries/"))


def test_the_law_has_the_last_word_and_what_was_typed_stays():
    paper = sealed()
    client = desk.login("0101")
    left = form("left_in_place", witness_or_recording="no", **{"earlier.direct": "拒绝接收"})
    answer = post(client, paper, left)
    assert (
        answer.status_code == 409
        and "没有见证人" in desk.main_of(answer)
        and "拒绝接收" in desk.main_of(answer)
    )
    assert served() == [] and not Delivery.objects.exists()


def test_electronic_service_without_consent_is_refused_by_the_law():
    paper = sealed()
    answer = post(desk.login("0101"), paper, form("electronic", consent_signed="no"))
    assert answer.status_code == 409 and "确认书" in desk.main_of(answer) and served() == []


def test_somebody_was_faster():
    paper = sealed()
    answer = desk.login("0101").post(url(paper), {**form(), "expected": "1"})
    assert answer.status_code == 409 and served() == []


def test_direct_service_is_an_act_with_its_receipt_and_takes_effect_that_day():
    paper = sealed()
    client = desk.login("0101")
    shown = post(client, paper, form(), follow=True)
    (act,) = served()
    assert act.by == ["0101", "0102"] and act.data == {"instrument": "penalty_decision", "mode": "direct"}
    told = Delivery.objects.get()
    assert (told.act_seq, told.effective_on, told.instrument_id) == (act.seq, date(2021, 9, 6), paper.no)
    page = desk.main_of(shown)
    assert "示例路1号" in page and "本人" in page and "没有已用印还没有送达的文书" in page
    assert "送达：1 次" in desk.main_of(client.get("/desk/deliveries/"))


def test_a_public_notice_takes_effect_when_its_period_is_over():
    paper = sealed()
    client = desk.login("0101")
    typed = form(
        "public_notice", other_modes_failed="yes", announced_on="2021-09-06", announcement_proof="web",
        **{"earlier.direct": "下落不明", "earlier.postal": "退信"},
    )  # fmt: skip
    shown = post(client, paper, typed, follow=True)
    assert Delivery.objects.get().effective_on == date(2021, 11, 5)
    assert "公告期还没有满" in desk.main_of(shown) and "2021-11-05" in desk.main_of(shown)


def test_a_served_demand_notice_starts_its_wait():
    case = make.decided(numbered="津示城管罚决字〔2021〕第001号")
    paper = papers.begin(
        case=case, form="demand_notice", by="0101", actor=make.ACTOR, dated_on=date(2021, 9, 6)
    )
    Instrument.objects.filter(pk=paper.pk).update(state="issued")
    assert post(desk.login("0101"), paper, form()).status_code == 303
    kinds = [act.kind for act in Act.objects.filter(case=case).order_by("-seq")[:2]]
    assert kinds == ["demand_served", "instrument_served"]


def test_the_form_holds_the_moment_to_the_second_so_that_service_follows_a_decision_of_the_same_minute():
    page = desk.login("0101").get(url(sealed()), {"mode": "direct"}).content.decode()
    assert re.search(r'name="at" type="datetime-local" value="2021-09-06T\d\d:\d\d:\d\d" step="1"', page)


def test_each_delivery_has_a_receipt_of_its_own():
    paper = sealed()
    assert post(desk.login("0101"), paper, form(witness="见证示例")).status_code == 303
    first = papers.begin(case=paper.case, form="service_receipt", by="0101", actor=make.ACTOR)
    assert first.fields["送达文书"] == [["行政处罚决定书", paper.number, "直接", "2021-09-06"]]
    assert first.fields["送达地点"] == "示例路1号" and first.fields["见证人"] == "见证示例"
    assert (
        "送达地点"
        not in papers.begin(case=paper.case, form="service_receipt", by="0101", actor=make.ACTOR).fields
    )


def test_only_what_somebody_outside_gets_waits_for_service():
    paper = sealed()
    report = papers.begin(case=paper.case, form="investigation_report", by="0101", actor=make.ACTOR)
    Instrument.objects.filter(pk=report.pk).update(state="issued")
    waiting = desk.main_of(desk.login("0101").get(f"/desk/cases/{paper.case_id}/deliveries/"))
    assert "待送达 1" in waiting and report.definition.name not in waiting


def test_the_address_of_one_paper_stands_in_the_delivery_of_another():
    paper = sealed()
    order = papers.begin(case=paper.case, form="correction_order", by="0101", actor=make.ACTOR)
    Instrument.objects.filter(pk=order.pk).update(state="issued")
    assert "住址" not in order.fields
    page = desk.login("0101").get(f"{url(order)}?mode=direct").content.decode()
    assert f'value="{make.TYPED["住址"]}"' in page


@pytest.mark.parametrize("changes", [{}, {"do": "failed", "reason": "不在家"}])
def test_a_delivery_sent_again_is_refused_once_and_kept_then_it_is_another(changes):
    paper, client = sealed(), desk.login("0101")
    assert post(client, paper, form(**changes)).status_code == 303
    acts = Act.objects.count()
    answer = post(client, paper, form(**{**changes, "at": "2021-09-06T00:00:30"}))
    shown = desk.main_of(answer)
    assert answer.status_code == 409 and "没有再次记录" in shown and "示例路1号" in shown
    assert Delivery.objects.count() == 1 and Act.objects.count() == acts
    again = f"delivery:{Delivery.objects.get().no}"
    assert f'name="again" value="{again}"' in shown
    assert post(client, paper, form(again=again, **changes)).status_code == 303
    assert Delivery.objects.count() == 2
