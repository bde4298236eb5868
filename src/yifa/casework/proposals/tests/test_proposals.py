"""Proposals: refusals first, each with nothing recorded; then submit, return, correct, confirm."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.proposals.models import Proposal
from yifa.casework.proposals.tests.asking import act_on, page_of, propose, proposed
from yifa.ledger import queries as ledger
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
BOTH = ["0101", "0102"]


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def case():
    return make.case_with(make.lead())


def second_head() -> None:
    desk.staff()
    Person.objects.get_or_create(
        organ=make.organ(), staff_no="0302", defaults={"name": "丙二", "roles": "|head|"}
    )


def login(staff_no: str):
    second_head()
    return desk.login(staff_no)


def kinds(case) -> list[str]:
    return [act.kind for act in Act.objects.filter(case=case).order_by("seq")]


def opening(case, **typed) -> Proposal:
    return proposed(login("0101"), case, "opening-approved", by=BOTH, **typed)


def test_a_proposal_is_no_act_and_its_confirmation_is_one(case):
    one = opening(case, message="请审批")
    assert kinds(case) == ["lead_registered"]
    page = desk.main_of(login("0301").get(page_of(one)))
    assert "确认并记录" in page and "请审批" in page and "甲一、甲二" in page
    answer = act_on(login("0301"), one, "confirm")
    assert answer.status_code == 303, desk.main_of(answer)[:3000]
    act = Act.objects.get(case=case, kind="opening_approved")
    assert (act.by, act.data["approved_by"], act.entered_late) == (BOTH, "0301", False)
    one.refresh_from_db()
    assert (one.state, one.handled_by, one.act_seq) == ("confirmed", "0301", act.seq)
    entry = ledger.last_event(f"proposal:{one.no}")
    assert entry.body["type"] == "proposal_confirmed"


def test_an_approver_typed_into_a_proposal_is_not_taken(case):
    one = opening(case, approved_by="0302", at="2020-01-01T00:00:00")
    assert "approved_by" not in one.event and "at" not in one.event


def test_confirming_twice_has_one_effect_and_the_second_is_told(case):
    one = opening(case)
    assert act_on(login("0301"), one, "confirm").status_code == 303
    for who in ("0301", "0302"):
        again = act_on(login(who), one, "confirm")
        assert again.status_code == 409 and "已经处理过了" in desk.main_of(again)
    assert kinds(case) == ["lead_registered", "opening_approved"]


def test_of_two_approvers_who_read_the_same_page_one_records(case):
    one = opening(case)
    heads = [login("0301"), login("0302")]
    assert ["确认并记录" in desk.main_of(head.get(page_of(one))) for head in heads] == [True, True]
    answers = [head.post(page_of(one), {"do": "confirm", "expected": "1"}) for head in heads]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert kinds(case) == ["lead_registered", "opening_approved"]


@pytest.mark.parametrize(
    ("staff_no", "words"),
    [
        ("0101", "不能由您本人确认"),
        ("0102", "不能由您本人确认"),
        ("0201", "由负责人确认"),
        ("0501", "由负责人确认"),
    ],
)
def test_nobody_confirms_his_own_or_without_the_role(case, staff_no, words):
    one = opening(case)
    client = login(staff_no)
    assert words in desk.main_of(client.get(page_of(one)))
    for deed in ("confirm", "return"):
        answer = act_on(client, one, deed, reason="x")
        assert answer.status_code == 403 and words in desk.main_of(answer)
    assert kinds(case) == ["lead_registered"] and Proposal.objects.get().state == "open"


def test_one_addressed_to_a_person_is_confirmed_by_that_person_alone(case):
    one = opening(case, to_person="0302")
    answer = act_on(login("0301"), one, "confirm")
    assert answer.status_code == 403 and "送给指定人员" in desk.main_of(answer)
    assert act_on(login("0302"), one, "confirm").status_code == 303


def test_a_case_that_moved_while_the_page_was_open_is_read_again_first(case):
    one = opening(case)
    head = login("0301")
    scene = {"by": BOTH, "at": "2021-08-20T00:00:00", "certificate_shown": "yes", "signed": "yes"}
    assert desk.do(login("0101"), case, "scene-recorded", **scene).status_code == 303
    answer = head.post(page_of(one), {"do": "confirm", "expected": "1"})
    text = desk.main_of(answer)
    assert answer.status_code == 409 and "没有确认" in text and "现场笔录" in text
    assert "opening_approved" not in kinds(case)
    assert act_on(head, one, "confirm").status_code == 303


def test_a_proposal_the_law_blocks_by_now_says_every_reason_and_has_no_button(case):
    one = opening(case)
    assert (
        desk.do(login("0302"), case, "opening-approved", by=["0302"], at="2021-08-20T00:00:00").status_code
        == 303
    )
    decision = {"by": BOTH, "outcome": "penalty", "penalty.kinds": ["warning"]}
    blocked = login("0101").get(f"/desk/cases/{case.no}/propose/decision-made/")
    assert blocked.status_code == 409 and "决定之前没有事先告知" in desk.main_of(blocked)
    posted = login("0101").post(
        f"/desk/cases/{case.no}/propose/decision-made/",
        {
            "expected": "2",
            "evidence": [],
            "contents": ["party"],
            "sealed": "no",
            "remedy_text": "standard",
            **decision,
        },
    )
    assert posted.status_code == 409 and Proposal.objects.count() == 1 and one.state == "open"


def test_a_second_one_of_the_same_kind_waits_for_the_first(case):
    opening(case)
    url = f"/desk/cases/{case.no}/propose/opening-approved/"
    assert login("0102").get(url).url == page_of(Proposal.objects.get())
    answer = login("0102").post(url, {"by": ["0102"], "expected": "1"})
    assert answer.status_code == 409 and "已经送审" in desk.main_of(answer)
    assert Proposal.objects.count() == 1


def test_returned_it_keeps_its_reason_and_comes_back_corrected(case):
    one = opening(case)
    head = login("0301")
    bare = act_on(head, one, "return", reason=" ")
    assert bare.status_code == 422 and "退回的理由" in desk.main_of(bare)
    assert act_on(head, one, "return", reason="缺现场照片").status_code == 303
    client = login("0101")
    page = desk.main_of(client.get(page_of(one)))
    assert "缺现场照片" in page and f"?again={one.no}" in page
    again = client.post(
        f"/desk/cases/{case.no}/propose/opening-approved/",
        {"expected": "1", "by": ["0101"], "again": one.no, "message": "已补"},
    )
    assert again.status_code == 303, desk.main_of(again)[:2000]
    one.refresh_from_db()
    assert (one.state, one.event["by"]) == ("open", ["0101"])
    assert [step.step for step in one.steps.all()] == ["submitted", "returned", "submitted"]
    assert act_on(head, one, "confirm").status_code == 303


def test_withdrawn_by_who_submitted_and_nobody_else(case):
    one = opening(case)
    assert act_on(login("0102"), one, "withdraw").status_code == 403
    assert act_on(login("0101"), one, "withdraw").status_code == 303
    answer = act_on(login("0301"), one, "confirm")
    assert answer.status_code == 409 and kinds(case) == ["lead_registered"]


def test_one_reminder_a_day(case, monkeypatch):
    one = opening(case)
    client = login("0101")
    assert act_on(client, one, "remind").url.endswith("done=reminded")
    assert act_on(client, one, "remind").url.endswith("done=too-often")
    monkeypatch.setenv("YIFA_TODAY", "2021-08-21")
    assert act_on(client, one, "remind").url.endswith("done=reminded")
    assert act_on(login("0301"), one, "remind").status_code == 403
    one.refresh_from_db()
    assert one.reminders == 2


def test_another_organ_knows_nothing_of_it(case):
    from django.test import Client

    from yifa.site.accounts.models import User

    one = opening(case)
    other = Client()
    other.force_login(User.objects.create(username="x", organ=make.organ("120199-other")))
    assert other.get(page_of(one)).status_code == 404 and other.post(page_of(one)).status_code == 404


def test_a_measure_that_is_not_urgent_is_proposed_and_carries_the_moment_of_its_approval(case):
    opened = make.case_with(make.lead(), make.opening(), number="另一号")
    form = desk.main_of(login("0101").get(desk.address(opened, "measure-ordered")))
    assert f"/desk/cases/{opened.no}/propose/measure-ordered/" in form
    flags = dict.fromkeys(
        ("told_rights", "list_delivered", "certificate_shown", "party_present", "heard"), "yes"
    )
    one = proposed(
        login("0101"), opened, "measure-ordered", by=BOTH, at="2021-08-20T00:00:00", id="1", measure="seizure",
        urgent="no", items="灯箱", signed="yes", **flags,
    )  # fmt: skip
    assert act_on(login("0301"), one, "confirm").status_code == 303
    act = Act.objects.get(case=opened, kind="measure_ordered")
    assert act.data["approved_by"] == "0301" and act.data["approved_at"] and act.words["items"] == ["灯箱"]
    assert act.at.isoformat() == act.data["approved_at"] or not act.entered_late


def test_a_head_decides_no_recusal_of_his_own_and_a_recused_person_does_nothing_more(case):
    opened = make.case_with(make.lead(), make.opening(), number="另一号")
    asked = {"by": [], "by_party": "yes", "at": "2021-08-20T00:00:00"}
    assert desk.do(login("0101"), opened, "recusal-requested", person="0302", **asked).status_code == 303
    one = proposed(login("0101"), opened, "recusal-decided", by=["0101"], person="0302")
    own = act_on(login("0302"), one, "confirm", granted="yes")
    assert own.status_code == 403 and "您本人回避" in desk.main_of(own)
    assert act_on(login("0301"), one, "confirm").status_code == 422
    assert act_on(login("0301"), one, "confirm", granted="yes").status_code == 303
    later = proposed(login("0101"), opened, "handling-extended", by=["0101"], days="30", deliberated="no")
    refused = act_on(login("0302"), later, "confirm")
    assert refused.status_code == 403 and "回避" in desk.main_of(refused)
    direct = login("0302").get(desk.address(opened, "handlers-assigned"))
    assert direct.status_code == 403 and "回避" in desk.main_of(direct)


def test_who_investigated_does_not_approve_and_who_approved_is_not_assigned(case):
    scene = {**make.interview(), "kind": "scene_recorded", "by": ["0101", "0302"]}
    second_head()
    opened = make.case_with(make.lead(), make.opening(), scene, number="另一号")
    one = proposed(login("0101"), opened, "handling-extended", by=["0101"], days="30", deliberated="no")
    refused = act_on(login("0302"), one, "confirm")
    assert refused.status_code == 403 and "您办理过本案，不能审批" in desk.main_of(refused)
    assigned = propose(login("0101"), opened, "handlers-assigned", by=["0101"], handlers=["0101", "0301"])
    assert assigned.status_code == 422 and "丙一审核、审批过本案" in desk.main_of(assigned)


def test_a_decision_without_penalty_needs_no_notice_and_its_form_stands_below_what_binds_a_penalty():
    case = make.case_with(make.lead(), make.opening(), make.interview())
    client = login("0101")
    url = f"/desk/cases/{case.no}/propose/decision-made/"
    shown = client.get(url)
    page = desk.main_of(shown)
    assert shown.status_code == 409 and "决定之前没有事先告知" in page and "以上只约束给予处罚的决定" in page
    typed = {
        "expected": desk.expected_of(shown), "by": BOTH, "remedy_text": "standard", "sealed": "yes",
        "contents": ["party", "facts", "basis", "performance", "remedies", "organ_and_date"],
    }  # fmt: skip
    refused = client.post(url, {**typed, "outcome": "penalty", "penalty.kinds": ["warning"]})
    assert refused.status_code == 409 and not Proposal.objects.exists()
    answer = client.post(url, {**typed, "outcome": "no_penalty"})
    assert answer.status_code == 303, desk.main_of(answer)[:3000]
    one = Proposal.objects.get()
    assert act_on(login("0301"), one, "confirm").status_code in (200, 303)


@pytest.mark.parametrize("bad", ["请\x00看", "长" * 2001])
def test_words_that_cannot_be_kept_are_refused_and_nothing_is_written(case, bad):
    sent = propose(login("0101"), case, "opening-approved", by=BOTH, message=bad)
    assert sent.status_code == 422 and not Proposal.objects.exists()
    one = opening(case)
    answer = act_on(login("0301"), one, "return", reason=bad)
    assert answer.status_code == 422 and 'id="e-reason"' in desk.main_of(answer)
    assert Proposal.objects.get().state == one.state


def test_what_no_control_of_the_form_holds_does_not_hinder_a_proposal(case):
    one = proposed(login("0101"), case, "opening-approved", by=BOTH, other="\x00", again="\x00")
    assert "other" not in one.typed
