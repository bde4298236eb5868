"""A meeting with several cases: conflicts, quorum, votes by each member, minutes that everybody there signs."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.committee.models import AgendaItem, CommitteeMeeting
from yifa.casework.proposals.models import Deliberation
from yifa.ledger import queries as ledger
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
BOTH = ["0101", "0102"]
MORE = {"0302": ("丙二", "|head|"), "0303": ("丙三", "|head|"), "0601": ("己一", "|committee|")}
MEMBERS = ["0301", "0302", "0303", "0601"]


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")
    desk.staff()
    for one, (name, roles) in MORE.items():
        Person.objects.get_or_create(
            organ=make.organ(), staff_no=one, defaults={"name": name, "roles": roles}
        )


def closed(approver: str = "0301", number: int = 1) -> Case:
    end = {
        "at": "2021-08-05T09:00:00+08:00", "kind": "investigation_closed", "by": BOTH, "tier": "ordinary",
        "proposal": {"kinds": ["fine"], "fine_fen": 200_000},
    }  # fmt: skip
    opening = {**make.opening(), "approved_by": approver}
    return make.case_with(
        make.lead(), opening, make.interview(), end, number=f"津示城管罚立字〔2021〕第00{number}号"
    )


def call(who: str = "0301", **changes):
    typed = {
        "starts_at": "2021-08-20T00:00:00", "place": "二楼会议室", "members": MEMBERS, "chaired_by": "0301", **changes,
    }  # fmt: skip
    return desk.login(who).post("/desk/committee/new/", typed)


def called() -> CommitteeMeeting:
    assert call().status_code == 303
    return CommitteeMeeting.objects.get()


def post(who: str, found: CommitteeMeeting, deed: str, **typed):
    return desk.login(who).post(f"/desk/committee/{found.no}/", {"do": deed, **typed})


def put(found: CommitteeMeeting, case: Case, who: str = "0301"):
    return post(who, found, "put", case_no=case.no, question="罚款幅度是否适当")


def opens(found: CommitteeMeeting, item: int, chair: str = "0301", who: str = "0301"):
    expected = str(Case.objects.get(no=found.items.get(serial=item).case_id).act_count)
    return post(who, found, "open", item=str(item), chair=chair, expected=expected)


@pytest.mark.parametrize("who", ["0101", "0601", "0201"])
def test_only_a_head_calls_a_meeting(who):
    assert call(who).status_code == 403 and not CommitteeMeeting.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": []},
        {"members": ["0101", "0301"]},
        {"chaired_by": "0601"},
        {"place": " "},
        {"starts_at": "明天"},
    ],
)
def test_a_meeting_that_cannot_be_is_refused(wrong):
    assert call(**wrong).status_code == 422 and not CommitteeMeeting.objects.exists()


def test_a_case_not_investigated_to_the_end_is_not_put_on(in_august):
    found = called()
    young = make.case_with(make.lead(), make.opening(), number="津示城管罚立字〔2021〕第009号")
    assert put(found, young).status_code == 409
    assert put(found, young, "0601").status_code == 403
    assert post("0301", found, "put", case_no="2099-0001", question="x").status_code == 409
    case = closed()
    assert put(found, case).status_code == 303 and put(found, case).status_code == 409
    assert AgendaItem.objects.count() == 1


def test_without_a_quorum_of_heads_a_case_is_not_opened():
    found, case = called(), closed()
    put(found, case)
    assert opens(found, 1).status_code == 409
    for who in ("0301", "0601"):
        assert post(who, found, "attend").status_code == 303
    answer = opens(found, 1)
    assert answer.status_code == 409 and "负责人只有1名，须有2名以上" in desk.main_of(answer)
    assert post("0201", found, "attend").status_code == 403
    assert not Deliberation.objects.exists()


def test_a_recused_member_does_not_count_and_only_the_chair_opens():
    found, case = called(), closed()
    put(found, case)
    for who in MEMBERS:
        post(who, found, "attend")
    assert post("0302", found, "recuse", item="1", **{"reason.1": ""}).status_code == 422
    assert post("0302", found, "recuse", item="1", **{"reason.1": "当事人是亲属"}).status_code == 303
    assert opens(found, 1, who="0303").status_code == 403
    assert opens(found, 1, chair="0302").status_code == 403
    assert opens(found, 1).status_code == 303
    assert Deliberation.objects.get().members == ["0301", "0303", "0601"]


def vote(who: str, no: str, choice: str, reason: str):
    return desk.login(who).post(
        f"/desk/deliberations/{no}/", {"do": "vote", "vote": choice, "vote_reason": reason}
    )


def test_two_cases_are_discussed_and_the_minutes_signed_by_everybody_there():
    found, one, two = called(), closed(), closed(number=2)
    put(found, one)
    put(found, two)
    for who in ("0301", "0302", "0601"):
        post(who, found, "attend")
    assert post("0301", found, "minutes", minutes="早了").status_code == 409
    for serial, case in ((1, one), (2, two)):
        assert opens(found, serial).status_code == 303
        no = Deliberation.objects.get(case=case).no
        assert vote("0301", no, "for", "主持人先投").status_code == 403
        vote("0601", no, "against", "证据不足")
        vote("0302", no, "for", "同意")
        vote("0301", no, "for", "同意")
        expected = str(Case.objects.get(no=case.no).act_count)
        closed_now = desk.login("0301").post(
            f"/desk/deliberations/{no}/", {"do": "close", "expected": expected}
        )
        assert closed_now.status_code == 303
    assert Act.objects.filter(kind="deliberated").count() == 2
    shown = desk.main_of(desk.login("0301").get(f"/desk/committee/{found.no}/"))
    assert "己一：反对。证据不足" in shown and "结果：同意2人，反对1人" in shown and "缺席：丙三" in shown
    assert post("0302", found, "minutes", minutes="别人写").status_code == 403
    assert post("0301", found, "minutes", minutes="纪要").status_code == 303
    assert post("0303", found, "sign", choice="confirmed").status_code == 403
    assert post("0601", found, "sign", choice="objected", words="").status_code == 422
    assert post("0601", found, "sign", choice="objected", words="仍认为证据不足").status_code == 303
    assert post("0601", found, "sign", choice="confirmed").status_code == 409
    for who in ("0301", "0302"):
        assert post(who, found, "sign", choice="confirmed", words="").status_code == 303
    assert CommitteeMeeting.objects.get().state == "closed"
    assert ledger.last_event(f"committee_meeting:{found.no}").body["type"] == "committee_closed"


def test_the_pack_has_what_the_members_must_have_read():
    found, case = called(), closed()
    put(found, case)
    shown = desk.main_of(desk.login("0601").get(f"/desk/committee/{found.no}/pack/{case.no}/"))
    for part in (
        "乱扔废弃物",
        "罚款2,000元达到听证数额",
        "裁量工作表",
        "还没有法制审核意见",
        "罚款幅度是否适当",
    ):
        assert part in shown
    other = closed(number=3)
    assert desk.login("0601").get(f"/desk/committee/{found.no}/pack/{other.no}/").status_code == 404


def test_a_meeting_is_cancelled_only_before_it_discussed_anything():
    found, case = called(), closed()
    put(found, case)
    assert post("0601", found, "cancel", cancel_words="x").status_code == 403
    for who in MEMBERS:
        post(who, found, "attend")
    opens(found, 1)
    assert post("0301", found, "cancel", cancel_words="改期").status_code == 409


def test_a_meeting_stands_on_the_workbench_of_those_invited():
    found = called()
    assert found.no in desk.login("0601").get("/desk/").content.decode()
    assert found.no not in desk.login("0101").get("/desk/").content.decode()


def test_the_agenda_says_whether_the_case_passed_review():
    found, case = called(), closed()
    put(found, case)
    assert "还没有法制审核意见" in desk.main_of(desk.login("0601").get(f"/desk/committee/{found.no}/"))


def test_a_meeting_called_again_from_the_same_form_is_refused_once_then_it_is_another():
    first = called()
    answer = call()
    shown = desk.main_of(answer)
    assert answer.status_code == 409 and "没有再次记录" in shown and "二楼会议室" in shown
    assert CommitteeMeeting.objects.count() == 1
    assert call(again=f"committee_meeting:{first.no}").status_code == 303
    assert call(place="三楼会议室").status_code == 303
    assert CommitteeMeeting.objects.count() == 3


def test_signs_nobody_can_write_are_refused():
    assert call(place="二楼\x00会议室").status_code == 422
    found = called()
    for deed, typed in (("put", {"case_no": "\x00", "question": "问"}), ("minutes", {"minutes": "记\x00"})):
        assert post("0301", found, deed, **typed).status_code == 422
