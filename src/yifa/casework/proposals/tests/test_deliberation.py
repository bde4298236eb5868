"""Collective deliberation: nobody votes for another, the chair last, and one act comes out of it."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.proposals.models import Deliberation, Vote
from yifa.casework.proposals.tests.asking import propose
from yifa.ledger import queries as ledger
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
BOTH = ["0101", "0102"]
COMMITTEE = {
    "0302": ("丙二", "|head|"),
    "0601": ("己一", "|committee|"),
    "0602": ("己二", "|committee|handler|"),
}


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def login(staff_no: str) -> Client:
    desk.staff()
    for one, (name, roles) in COMMITTEE.items():
        Person.objects.get_or_create(
            organ=make.organ(), staff_no=one, defaults={"name": name, "roles": roles}
        )
    return desk.login(staff_no)


@pytest.fixture
def case():
    login("0101")
    closed = {
        "at": "2021-08-05T09:00:00+08:00", "kind": "investigation_closed", "by": BOTH, "tier": "ordinary",
        "proposal": {"kinds": ["warning"]},
    }  # fmt: skip
    return make.case_with(make.lead(), make.opening(), make.interview(), closed)


def asked(case, members=("0301", "0302", "0601"), chair="0301") -> Deliberation:
    answer = propose(
        login("0101"), case, "deliberated", question="是否减轻", members=list(members), chair=chair
    )
    assert answer.status_code == 303, desk.main_of(answer)[:2000]
    return Deliberation.objects.get(no=answer.url.split("/")[3])


def cast(who: str, meeting: Deliberation, choice: str = "for", reason: str = "事实清楚"):
    url = f"/desk/deliberations/{meeting.no}/"
    return login(who).post(url, {"do": "vote", "vote": choice, "vote_reason": reason})


def closes(who: str, meeting: Deliberation, expected: str = "4"):
    return login(who).post(f"/desk/deliberations/{meeting.no}/", {"do": "close", "expected": expected})


def deliberated(case) -> list[Act]:
    return list(Act.objects.filter(case=case, kind="deliberated"))


def test_who_handled_the_case_does_not_sit_and_a_chair_is_a_head(case):
    form = desk.main_of(login("0101").get(f"/desk/cases/{case.no}/propose/deliberated/"))
    assert (
        "丙一（负责人）" in form and "己一（案审委员）" in form and "甲一" not in form.partition("<form")[2]
    )
    for members, chair in (
        (["0301", "0101"], "0301"),
        (["0301", "0601"], "0601"),
        ([], "0301"),
        (["0301"], "0302"),
    ):
        answer = propose(login("0101"), case, "deliberated", question="x", members=members, chair=chair)
        assert answer.status_code == 422 and not Deliberation.objects.exists()


def test_the_chair_votes_last_and_nobody_closes_before(case):
    meeting = asked(case)
    first = cast("0301", meeting)
    assert first.status_code == 403 and "主持人最后表决" in desk.main_of(first)
    assert closes("0301", meeting).status_code == 403 and Vote.objects.count() == 0


@pytest.mark.parametrize("who", ["0101", "0602", "0201"])
def test_who_is_not_a_member_does_not_vote(case, who):
    answer = cast(who, asked(case))
    assert answer.status_code == 403 and "不是这次集体讨论的参加人员" in desk.main_of(answer)


def test_a_vote_is_cast_once_with_a_reason_and_stands(case):
    meeting = asked(case)
    assert cast("0601", meeting, reason=" ").status_code == 422
    assert cast("0601", meeting, choice="maybe").status_code == 422
    assert cast("0601", meeting, "against", "证据不足").status_code == 303
    again = cast("0601", meeting, "for")
    assert again.status_code == 403 and "不能更改" in desk.main_of(again)
    (one,) = Vote.objects.all()
    assert (one.person, one.vote, one.reason) == ("0601", "against", "证据不足")
    assert ledger.last_event(f"vote:{meeting.no}/0601").body["type"] == "vote_cast"


def test_a_chair_nobody_knows_is_refused(case):
    answer = propose(login("0101"), case, "deliberated", question="是否减轻", members=["zzz"], chair="zzz")
    assert answer.status_code == 422 and 'id="e-chair"' in desk.main_of(answer)
    assert not Deliberation.objects.exists()


def test_an_english_page_names_qualities_and_votes_in_english(case):
    asking = desk.main_of(login("0101").get(f"/en/desk/cases/{case.no}/propose/deliberated/"))
    assert "（负责人）" not in asking and "丙一 (head)" in asking
    meeting = asked(case)
    cast("0302", meeting)
    shown = desk.main_of(login("0101").get(f"/en/desk/deliberations/{meeting.no}/"))
    assert "同意 1" not in shown and "Agree 1" in shown


@pytest.mark.parametrize("bad", ["是否\x00减轻", "是否\x1b[2J减轻"])
def test_signs_nobody_can_write_are_refused_in_question_and_reason(case, bad):
    answer = propose(login("0101"), case, "deliberated", question=bad, members=["0301"], chair="0301")
    assert answer.status_code == 422 and "控制字符" in desk.main_of(answer)
    meeting = asked(case)
    refused = cast("0601", meeting, reason=bad)
    assert refused.status_code == 422 and "控制字符" in desk.main_of(refused) and not Vote.objects.exists()


def test_a_member_ticked_twice_takes_part_once(case):
    assert asked(case, members=("0301", "0302", "0301")).members == ["0301", "0302"]


def test_every_member_votes_by_himself_and_the_chair_closes_into_one_act(case):
    meeting = asked(case)
    for who, choice in (("0302", "for"), ("0601", "abstain"), ("0301", "for")):
        assert cast(who, meeting, choice).status_code == 303
    assert closes("0302", meeting).status_code == 403
    assert closes("0301", meeting, expected="3").status_code == 409
    assert closes("0301", meeting).status_code == 303
    again = closes("0301", meeting, expected="5")
    assert again.status_code == 409 and "已经结束" in desk.main_of(again)
    (act,) = deliberated(case)
    assert act.by == ["0301"] and act.data["chaired_by"] == "0301"
    assert act.data["votes"] == {"0302": "for", "0601": "abstain", "0301": "for"}
    assert sorted(act.data["members"]) == ["0301", "0302", "0601"]


def test_who_recuses_himself_is_not_counted(case):
    meeting = asked(case)
    for who, choice in (("0601", "recused"), ("0302", "for"), ("0301", "for")):
        assert cast(who, meeting, choice).status_code == 303
    assert closes("0301", meeting).status_code == 303
    (act,) = deliberated(case)
    assert sorted(act.data["members"]) == ["0301", "0302"] and "0601" not in act.data["votes"]


def test_a_chair_who_recuses_himself_ends_the_sitting_without_an_act(case):
    meeting = asked(case)
    for who in ("0601", "0302"):
        assert cast(who, meeting).status_code == 303
    assert cast("0301", meeting, "recused").status_code == 303
    assert closes("0301", meeting).status_code == 409 and deliberated(case) == []
    assert asked(case, members=("0302", "0601"), chair="0302").serial == 2


def test_one_sitting_at_a_time_and_only_who_asked_withdraws(case):
    meeting = asked(case)
    asking = f"/desk/cases/{case.no}/propose/deliberated/"
    assert login("0102").get(asking).url == f"/desk/deliberations/{meeting.no}/"
    typed = {"question": "x", "members": ["0301"], "chair": "0301", "expected": "4"}
    second = login("0102").post(asking, typed)
    assert second.status_code == 409 and "还没有结束" in desk.main_of(second)
    url = f"/desk/deliberations/{meeting.no}/"
    assert login("0102").post(url, {"do": "withdraw"}).status_code == 403
    assert login("0101").post(url, {"do": "withdraw"}).status_code == 303
    assert cast("0601", meeting).status_code in (403, 409) and Vote.objects.count() == 0
