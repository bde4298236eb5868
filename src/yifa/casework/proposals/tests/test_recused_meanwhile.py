"""Between asking and deciding somebody is recused, or the case is another: what was asked does not let him in."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.proposals.models import Deliberation, Proposal
from yifa.casework.proposals.tests import test_deliberation as sitting
from yifa.casework.proposals.tests.asking import act_on, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


case = sitting.case


def recuse(case, who: str) -> None:
    case.refresh_from_db()
    make.recused(case, who, decided_by="0302")


def meeting_of(case) -> Deliberation:
    return sitting.asked(case)


def test_a_chair_recused_after_the_vote_closes_nothing_and_a_head_withdraws(case):
    meeting = meeting_of(case)
    for who in ("0601", "0302", "0301"):
        assert sitting.cast(who, meeting).status_code == 303
    recuse(case, "0301")
    url = f"/desk/deliberations/{meeting.no}/"
    assert "确认结果并记录" not in desk.main_of(sitting.login("0301").get(url))
    closed = sitting.closes("0301", meeting, expected="5")
    assert closed.status_code == 403 and "由其他负责人主持" in desk.main_of(closed)
    assert sitting.deliberated(case) == []
    assert sitting.login("0301").post(url, {"do": "withdraw"}).status_code == 403
    assert sitting.login("0302").post(url, {"do": "withdraw"}).status_code == 303


def test_a_member_recused_before_he_voted_is_not_waited_for(case):
    meeting = meeting_of(case)
    recuse(case, "0601")
    assert sitting.cast("0601", meeting).status_code == 403
    for who in ("0302", "0301"):
        assert sitting.cast(who, meeting).status_code == 303
    assert sitting.closes("0301", meeting, expected="5").status_code == 303
    (act,) = sitting.deliberated(case)
    assert sorted(act.data["members"]) == ["0301", "0302"]


@pytest.mark.parametrize(
    ("slug", "typed"),
    [
        ("handlers-assigned", {"by": ["0101"], "handlers": ["0101", "0102"]}),
        ("handling-extended", {"by": ["0101", "0102"], "days": "30", "deliberated": "no"}),
    ],
)
def test_an_officer_recused_after_the_proposal_is_not_let_in_by_its_confirmation(case, slug, typed):
    one = proposed(sitting.login("0101"), case, slug, **typed)
    recuse(case, "0102")
    answer = act_on(sitting.login("0301"), one, "confirm")
    assert answer.status_code == 403 and "甲二审核、审批过本案或者已经回避" in desk.main_of(answer)
    assert not Act.objects.filter(case=case, kind=slug.replace("-", "_")).exists()


@pytest.mark.parametrize("again", ["of another case", "nope"])
def test_a_proposal_is_submitted_again_in_its_own_case_only(case, again):
    other = make.case_with(make.lead(), make.opening(), number="另一号")
    client, days = sitting.login("0101"), {"by": ["0101"], "days": "30", "deliberated": "no"}
    one = proposed(client, other, "handling-extended", **days)
    assert act_on(client, one, "withdraw").status_code == 303
    number = one.no if again != "nope" else again
    url = f"/desk/cases/{case.no}/propose/handling-extended/"
    answer = client.post(url, {**days, "expected": "4", "again": number})
    assert answer.status_code == 409 and "没有您要重新提交的这一件" in desk.main_of(answer)
    one.refresh_from_db()
    assert one.state == "withdrawn" and Proposal.objects.count() == 1
