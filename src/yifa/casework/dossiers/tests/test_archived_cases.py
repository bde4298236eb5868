"""An archived case is not written to: every doorway refuses with the reason. Reopening is the head's to approve."""

from __future__ import annotations

import pytest

from yifa.casework.cases.actions import change_head, record_act
from yifa.casework.cases.errors import CaseArchived, InvalidAct
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as cases
from yifa.casework.dossiers.tests import factories as make
from yifa.casework.instruments import actions as papers
from yifa.casework.instruments.errors import WrongState
from yifa.casework.instruments.models import Instrument
from yifa.casework.instruments.tests import factories as paper
from yifa.casework.proposals.actions import Draft, submit
from yifa.casework.proposals.actions.deliberating import ask_deliberation
from yifa.casework.proposals.errors import NotPermitted
from yifa.casework.proposals.tests.asking import act_on, propose, proposed
from yifa.ledger.queries import head
from yifa.registry.people.queries import staff_of

pytestmark = pytest.mark.django_db
LOCKED = "已经归档"


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")


@pytest.fixture
def case():
    return make.archived()


def test_acts_are_refused(case):
    size = head().size
    for event in (
        paper.event("2021-09-13T09:00:00", "scene_recorded", certificate_shown=True, signed="yes"),
        paper.event("2021-09-13T09:00:00", "case_archived", ["0101"]),
        paper.event("2021-09-13T09:00:00", "case_closed", reason="performed"),
    ):
        with pytest.raises(InvalidAct, match="needs case_reopened first"):
            record_act(case_no=case.no, event=event, actor=make.ACTOR)
    answer = desk.login("0101").get(desk.address(case, "scene-recorded"))
    assert answer.status_code == 409 and LOCKED in desk.main_of(answer)
    assert head().size == size


def test_its_head_is_not_changed(case):
    with pytest.raises(CaseArchived, match=LOCKED):
        change_head(case_no=case.no, head={**cases.HEAD, "matter": "M002"}, town="", actor=make.ACTOR)


def test_papers_are_neither_begun_nor_changed_sealed_or_revoked(case):
    size, issued = head().size, Instrument.objects.filter(case=case, form="penalty_decision").get()
    with pytest.raises(WrongState, match=LOCKED):
        papers.begin(case=case, form="case_closing", by="0101", actor=make.ACTOR)
    with pytest.raises(WrongState, match=LOCKED):
        papers.revoke(no=issued.no, reason="错", actor=make.ACTOR)
    answer = desk.login("0101").post(f"/desk/cases/{case.no}/documents/", {"form": "case_closing"})
    assert answer.status_code == 409 and LOCKED in desk.main_of(answer)
    assert head().size == size


def test_a_draft_left_behind_can_no_longer_be_fixed_or_sealed(monkeypatch):
    case = make.with_papers()
    left = papers.begin(case=case, form="case_closing", by="0101", actor=make.ACTOR, dated_on=paper.DAY)
    ready = papers.begin(case=case, form="clue_register", by="0101", actor=make.ACTOR, dated_on=paper.DAY)
    papers.fix(no=ready.no, actor=make.ACTOR)
    make.history(case, make.CLOSED, make.ARCHIVED)
    for deed, no in ((papers.fix, left.no), (papers.issue, ready.no)):
        with pytest.raises(WrongState, match=LOCKED):
            deed(no=no, actor=make.ACTOR)
    with pytest.raises(WrongState, match=LOCKED):
        papers.change(no=left.no, fields={}, dated_on=paper.DAY, actor=make.ACTOR)
    with pytest.raises(WrongState, match=LOCKED):
        papers.void_number(no=ready.no, reason="错", actor=make.ACTOR)


def test_nothing_is_proposed_or_deliberated(case):
    handler = staff_of(case.organ_id)["0101"]
    draft = Draft(
        kind="handling_extended", event={"kind": "handling_extended", "days": 30, "deliberated": True}
    )
    with pytest.raises(NotPermitted, match=LOCKED):
        submit(case_no=case.no, draft=draft, person=handler, actor=make.ACTOR, expected=case.act_count)
    with pytest.raises(NotPermitted, match=LOCKED):
        ask_deliberation(
            case_no=case.no, question="?", members=["0301"], chair="0301", person=handler, actor=make.ACTOR,
            expected=case.act_count,
        )  # fmt: skip
    answer = desk.login("0101").get(f"/desk/cases/{case.no}/propose/handling-extended/")
    assert answer.status_code == 409 and LOCKED in desk.main_of(answer)


def test_reopening_needs_a_reason_and_the_head(case):
    answer = desk.login("0101").post(desk.address(case, "case-reopened"), {"expected": str(case.act_count)})
    assert answer.status_code == 403 and "负责人" in desk.main_of(answer)
    answer = propose(desk.login("0101"), case, "case-reopened", by=["0101"], reason="")
    assert answer.status_code == 422
    one = proposed(desk.login("0101"), case, "case-reopened", by=["0101"], reason="法院判决撤销")
    answer = act_on(desk.login("0301"), one, "confirm")
    assert answer.status_code == 303, desk.main_of(answer)[:2000]
    act = case.acts.get(kind="case_reopened")
    assert (act.words["reason"], act.by) == ("法院判决撤销", ["0101"])
    assert papers.begin(case=case, form="case_closing", by="0101", actor=make.ACTOR).state == "draft"


def test_what_the_law_lets_follow_is_still_recorded(case):
    make.record(case, {"at": "2021-09-14T09:00:00+08:00", "kind": "litigation_filed", "by": []})
    assert case.acts.filter(kind="litigation_filed").exists()
