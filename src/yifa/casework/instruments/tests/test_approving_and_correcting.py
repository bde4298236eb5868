"""A paper that needs an approval is not sealed before; who drafts does not approve; a sealed paper is corrected by a later one."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.casework.cases.tests import desk
from yifa.casework.instruments import actions, approving
from yifa.casework.instruments.codes import code_of
from yifa.casework.instruments.errors import NotPermitted, WrongState
from yifa.casework.instruments.models import (
    CORRECTED,
    DRAFT,
    FIXED,
    ISSUED,
    SUBMITTED,
    Instrument,
    InstrumentApproval,
    InstrumentCorrection,
    InstrumentNumber,
)
from yifa.casework.instruments.queries import approved, draft_paper, reading
from yifa.casework.instruments.tests import factories as make
from yifa.ledger.actions import Actor
from yifa.ledger.document import Proof
from yifa.ledger.queries import event_count, events_about
from yifa.ledger.verify import Verification, every_table

pytestmark = pytest.mark.django_db(transaction=True)
HEAD_ACTOR = Actor(id="user:9", role="head", organ="120199-cgw")
HEAD = {"id": "0301", "name": "丙一", "roles": ["head"]}
HANDLER = {"id": "0101", "name": "甲一", "roles": ["handler"]}


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


def closing(case=None, by: str = "0101", actor: Actor = make.ACTOR) -> Instrument:
    """A form the head signs and no act stands for."""
    return actions.begin(
        case=case or make.decided(), form="case_closing", by=by, actor=actor, dated_on=make.DAY
    )


def submitted(case=None) -> Instrument:
    return approving.submit(no=closing(case).no, by="0101", actor=make.ACTOR)


def page_of(paper: Instrument) -> str:
    return f"/desk/cases/{paper.case_id}/documents/{paper.no}/"


def post(client: Client, paper: Instrument, do: str, **typed: str):
    return client.post(page_of(paper), {"do": do, **typed})


def state_of(paper: Instrument) -> str:
    return Instrument.objects.get(no=paper.no).state


def test_a_paper_the_head_signs_is_neither_fixed_nor_sealed_before_he_approved():
    paper = closing()
    before = event_count()
    with pytest.raises(WrongState, match="负责人批准以后才能取号用印"):
        actions.fix(no=paper.no, actor=make.ACTOR)
    sent = approving.submit(no=paper.no, by="0101", actor=make.ACTOR)
    for refused in (actions.fix, actions.issue):
        with pytest.raises(WrongState, match="待审"):
            refused(no=sent.no, actor=make.ACTOR)
    with pytest.raises(WrongState, match="待审"):
        actions.change(no=sent.no, fields={}, dated_on=make.DAY, actor=make.ACTOR)
    assert event_count() == before + 1 and not InstrumentNumber.objects.exists()


@pytest.mark.parametrize("who", ["made", "submitted", "changed"])
def test_who_drafted_does_not_approve(who):
    made_by, sent_by = ("0301" if who == "made" else "0101"), ("0301" if who == "submitted" else "0101")
    paper = closing(by=made_by)
    if who == "changed":
        actions.change(no=paper.no, fields=paper.fields, dated_on=make.DAY, actor=HEAD_ACTOR)
    approving.submit(no=paper.no, by=sent_by, actor=make.ACTOR)
    with pytest.raises(NotPermitted, match="不能由您本人审批"):
        approving.approve(no=paper.no, person=HEAD, actor=HEAD_ACTOR)
    with pytest.raises(NotPermitted):
        approving.send_back(no=paper.no, person=HEAD, reason="x", actor=HEAD_ACTOR)
    assert state_of(paper) == SUBMITTED


@pytest.mark.parametrize("roles", [["handler"], ["reviewer"], ["committee"]])
def test_another_role_does_not_approve(roles):
    paper = submitted()
    with pytest.raises(NotPermitted, match="由负责人本人登录审批"):
        approving.approve(no=paper.no, person={"id": "0909", "roles": roles}, actor=HEAD_ACTOR)
    assert state_of(paper) == SUBMITTED


def test_a_paper_nobody_must_approve_is_not_submitted():
    paper = actions.begin(
        case=make.decided(), form="identity_confirm", by="0101", actor=make.ACTOR, dated_on=make.DAY
    )
    with pytest.raises(WrongState, match="不须另行审批"):
        approving.submit(no=paper.no, by="0101", actor=make.ACTOR)


def test_a_decision_that_says_another_penalty_than_the_head_decided_goes_before_him_again():
    same = make.decision_paper()
    assert reading(same).need is None
    other = actions.change(
        no=same.no, fields={**same.fields, "处罚内容": "罚款100元。"}, dated_on=make.DAY, actor=make.ACTOR
    )
    assert reading(other).need.by == "head"
    with pytest.raises(WrongState, match="先送审"):
        actions.fix(no=other.no, actor=make.ACTOR)


def test_approval_draws_the_number_and_leaves_its_entries():
    paper = submitted()
    approving.approve(no=paper.no, person=HEAD, actor=HEAD_ACTOR)
    assert state_of(paper) == FIXED
    types = [entry.body["type"] for entry in events_about(f"instrument:{paper.no}")]
    assert types == ["instrument_begun", "instrument_submitted", "instrument_fixed"]
    (entry,) = events_about(f"instrument_approval:{paper.no}/1")
    assert (entry.body["type"], entry.body["actor"]) == ("instrument_approval_approved", "user:9")
    row = InstrumentApproval.objects.get()
    assert (row.submitted_by, row.decided_by, row.state) == ("0101", "0301", "approved")
    assert actions.issue(no=paper.no, actor=make.ACTOR).state == ISSUED
    with pytest.raises(WrongState, match="只有“待审”"):
        approving.approve(no=paper.no, person=HEAD, actor=HEAD_ACTOR)


def test_a_returned_paper_is_a_draft_again_and_a_second_round_is_kept_beside_the_first():
    paper = submitted()
    approving.send_back(no=paper.no, person=HEAD, reason="履行情况没有写明", actor=HEAD_ACTOR)
    assert state_of(paper) == DRAFT
    approving.submit(no=paper.no, by="0101", actor=make.ACTOR)
    with pytest.raises(NotPermitted, match="送审的人"):
        approving.withdraw(no=paper.no, person=HEAD, actor=HEAD_ACTOR)
    approving.withdraw(no=paper.no, person=HANDLER, actor=make.ACTOR)
    approving.submit(no=paper.no, by="0101", actor=make.ACTOR)
    assert [one.state for one in InstrumentApproval.objects.all()] == ["returned", "withdrawn", "waiting"]


def test_a_number_made_void_needs_the_approval_again():
    paper = submitted()
    approving.approve(no=paper.no, person=HEAD, actor=HEAD_ACTOR)
    actions.void_number(no=paper.no, reason="写错", actor=HEAD_ACTOR)
    with pytest.raises(WrongState, match="先送审"):
        actions.fix(no=paper.no, actor=make.ACTOR)


def test_an_approval_does_not_outlive_the_number_it_drew():
    other = make.decision_paper(处罚内容="罚款100元。")
    agreed = make.decision_paper(other.case).fields
    approving.submit(no=other.no, by="0101", actor=make.ACTOR)
    approving.approve(no=other.no, person=HEAD, actor=HEAD_ACTOR)
    assert approved(Instrument.objects.get(no=other.no))
    actions.void_number(no=other.no, reason="写错", actor=HEAD_ACTOR)
    actions.change(no=other.no, fields=agreed, dated_on=make.DAY, actor=make.ACTOR)
    assert not approved(actions.fix(no=other.no, actor=make.ACTOR))


def test_a_paper_changed_while_it_was_typeset_is_not_sealed_with_what_it_said_before(monkeypatch):
    paper, typeset = make.fixed(), actions.typeset

    def meanwhile(found: Instrument, proof: Proof) -> bytes:
        made = typeset(found, proof)
        actions.void_number(no=found.no, reason="写错", actor=HEAD_ACTOR)
        fields = {**found.fields, "处罚理由": "另一个理由。"}
        actions.change(no=found.no, fields=fields, dated_on=make.DAY, actor=make.ACTOR)
        actions.fix(no=found.no, actor=make.ACTOR)
        return made

    monkeypatch.setattr(actions, "typeset", meanwhile)
    with pytest.raises(WrongState, match="刚刚改动过"):
        actions.issue(no=paper.no, actor=make.ACTOR)
    assert state_of(paper) == FIXED


def corrected() -> tuple[Instrument, Instrument]:
    old = make.issued()
    new = actions.correct(no=old.no, reason="住址写错", by="0101", actor=make.ACTOR)
    approving.submit(no=new.no, by="0101", actor=make.ACTOR)
    approving.approve(no=new.no, person=HEAD, actor=HEAD_ACTOR)
    return Instrument.objects.get(no=old.no), Instrument.objects.get(no=new.no)


def test_a_sealed_paper_stands_until_the_one_that_corrects_it_is_sealed():
    old, new = corrected()
    assert (old.state, new.state, new.fields) == (ISSUED, FIXED, old.fields)
    assert new.number != old.number
    actions.issue(no=new.no, actor=make.ACTOR)
    assert (state_of(old), state_of(new)) == (CORRECTED, ISSUED)
    entry = events_about(f"instrument:{old.no}")[-1]
    assert entry.body["type"] == "instrument_corrected"
    result = Verification(organ="", tables=every_table(), signed=None)
    assert [fault for fault in result.faults() if fault.row.startswith("instrument")] == []
    assert result.rows["instrument_correction"] == 1 and result.rows["instrument_approval"] == 1


def test_a_correction_always_goes_before_the_head():
    old = make.issued()
    new = actions.correct(no=old.no, reason="住址写错", by="0101", actor=make.ACTOR)
    with pytest.raises(WrongState, match="先送审"):
        actions.fix(no=new.no, actor=make.ACTOR)
    with pytest.raises(WrongState, match="已经在更正"):
        actions.correct(no=old.no, reason="又错", by="0101", actor=make.ACTOR)


def test_a_paper_revoked_meanwhile_is_not_corrected_and_nothing_is_sealed():
    old, new = corrected()
    actions.revoke(no=old.no, reason="复议撤销", actor=make.ACTOR)
    with pytest.raises(WrongState, match="已撤销"):
        actions.issue(no=new.no, actor=make.ACTOR)
    assert state_of(new) == FIXED


def test_whoever_holds_the_corrected_paper_is_told_which_one_is_in_force(client):
    old, new = corrected()
    actions.issue(no=new.no, actor=make.ACTOR)
    later = Instrument.objects.get(no=new.no)
    page = client.get(f"/v/{code_of(old.content)}/").content.decode()
    assert "真实，但已更正" in page and later.number in page and code_of(later.content) in page
    assert "住址写错" not in page
    assert "现在有效" in client.get(f"/v/{code_of(later.content)}/").content.decode()


def test_from_draft_to_approval_at_the_desk():
    paper = closing()
    handler, head = desk.login("0101"), desk.login("0301")
    shown = desk.main_of(handler.get(page_of(paper)))
    assert "送审" in shown and "定稿取号" not in shown
    typed = {one.key: paper.fields.get(one.label) or "" for one in reading(paper).fields}
    sent = handler.post(page_of(paper), {**typed, "dated_on": "2021-09-01", "do": "submit"}, follow=True)
    assert "待审" in desk.main_of(sent) and state_of(paper) == SUBMITTED
    assert post(handler, paper, "approve").status_code == 403
    assert "文书待审" in desk.main_of(head.get("/desk/")) and "文书待审" not in desk.main_of(
        handler.get("/desk/")
    )
    empty = post(head, paper, "return", reason=" ")
    assert empty.status_code == 422 and "请写明理由" in desk.main_of(empty)
    assert post(head, paper, "return", reason="写清履行情况").status_code == 303
    back = desk.main_of(handler.get(page_of(paper)))
    assert "写清履行情况" in back and "退回" in back and "文书被退回" in desk.main_of(handler.get("/desk/"))
    handler.post(page_of(paper), {**typed, "dated_on": "2021-09-01", "do": "submit"})
    approved = desk.main_of(head.post(page_of(paper), {"do": "approve"}, follow=True))
    assert "已批准，等待用印。" in approved and "取号" not in approved.partition("<form")[0]
    assert post(head, paper, "approve").status_code == 409
    listed = desk.main_of(handler.get(f"/desk/cases/{paper.case_id}/documents/"))
    assert "待用印" in listed


def test_a_correction_at_the_desk():
    old = make.issued()
    handler = desk.login("0101")
    assert post(handler, old, "correct", reason="").status_code == 422
    assert post(desk.login("0201"), old, "correct", reason="住址写错").status_code == 403
    answer = post(handler, old, "correct", reason="住址写错")
    assert answer.status_code == 303
    new = InstrumentCorrection.objects.get().paper
    shown = desk.main_of(handler.get(answer.url))
    assert new.no in answer.url and "住址写错" in shown and old.number in shown
    approving.submit(no=new.no, by="0101", actor=make.ACTOR)
    approving.approve(no=new.no, person=HEAD, actor=HEAD_ACTOR)
    actions.issue(no=new.no, actor=make.ACTOR)
    page = desk.main_of(handler.get(page_of(old)))
    assert "已更正，不再使用" in page and new.no in page
    assert "已更正" in desk.main_of(handler.get(f"/desk/cases/{old.case_id}/documents/"))


def test_a_sealed_paper_is_never_shown_as_a_draft_again():
    old, later = corrected()
    actions.issue(no=later.no, actor=make.ACTOR)
    page = desk.main_of(desk.login("0101").get(page_of(old)))
    assert '<p class="paper-mark">已更正</p>' in page and "草稿" not in page
    assert '<p class="paper-mark">' not in desk.main_of(desk.login("0101").get(page_of(later)))
    assert draft_paper(Instrument.objects.get(no=old.no))["mark"] == "已更正"


def test_the_next_round_shows_whoever_approves_why_the_last_one_went_back():
    paper = submitted()
    approving.send_back(no=paper.no, person=HEAD, reason="履行情况没有写明。", actor=HEAD_ACTOR)
    approving.submit(no=paper.no, by="0101", actor=make.ACTOR)
    page = desk.main_of(desk.login("0301").get(page_of(paper)))
    assert "退回：<span>履行情况没有写明。</span>" in page and "等待审批" in page
