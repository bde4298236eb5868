"""A hearing keeps its notice, its host and its transcript; it ends in one act of the case and the party's points."""

from __future__ import annotations

import re
from datetime import date

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as cases
from yifa.casework.cases.tests.factories import ACTOR
from yifa.casework.hearings.models import Hearing, TranscriptLine, TranscriptSignature
from yifa.casework.hearings.tests import hearing as make
from yifa.casework.instruments.actions import begin
from yifa.casework.instruments.models import FIXED, Instrument
from yifa.casework.instruments.queries import told_of
from yifa.casework.instruments.told import Told, hearing_right
from yifa.ledger import queries as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(monkeypatch):
    """Go to another day; hearings of these tests begin at midnight."""

    def to(on: str) -> None:
        monkeypatch.setenv("YIFA_TODAY", on)

    to("2021-08-12")
    return to


@pytest.fixture
def case(day) -> Case:
    return make.told()


@pytest.mark.parametrize("late", ["2021-08-13", "2021-08-20", "2021-08-23"])
def test_a_day_too_early_is_refused_with_the_counting(case, late):
    answer = make.arrange("0101", case, hearing_on=late)
    shown = desk.main_of(answer)
    assert answer.status_code == 422 and "最早可以定在2021年8月24日" in shown and not Hearing.objects.exists()


def test_the_day_is_looked_at_while_it_is_picked(case):
    client = desk.login("0101")
    form = desk.main_of(client.get(f"/desk/cases/{case.no}/hearing/"))
    assert "最早可以定在 <b>2021-08-24</b>" in form and 'value="2021-08-24"' in form
    early = client.get(f"/desk/cases/{case.no}/hearing/day/?hearing_on=2021-08-23").content.decode()
    assert "✗" in early and "2021-08-24" in early
    late = client.get(f"/desk/cases/{case.no}/hearing/day/?hearing_on=2021-08-24").content.decode()
    assert "✓" in late and "第7日" in late


@pytest.mark.parametrize(
    "wrong",
    [
        {"presided_by": "0101"},
        {"presided_by": "0201"},
        {"recorder": "0401"},
        {"place": ""},
        {"hearing_at": "早上"},
        {"public": "no"},
    ],
)
def test_a_plan_that_cannot_stand_is_refused(case, wrong):
    assert make.arrange("0101", case, **wrong).status_code == 422 and not Hearing.objects.exists()


def test_nobody_else_arranges_and_there_is_one_at_a_time(case):
    assert make.arrange("0201", case).status_code == 403
    make.arranged(case)
    assert make.arrange("0101", case).status_code == 409


def test_a_notice_given_too_late_is_not_recorded(case, day):
    found = make.arranged(case)
    day("2021-08-13")
    answer = make.act_on("0101", found, "notify")
    assert answer.status_code == 409 and "不足7个工作日" in desk.main_of(answer)
    assert Hearing.objects.get().state == "arranged"


def notified(case: Case) -> Hearing:
    found = make.arranged(case)
    assert make.act_on("0101", found, "notify").status_code == 303
    return Hearing.objects.get()


def test_nothing_is_written_before_the_hearing_or_by_somebody_else(case, day):
    found = notified(case)
    early = make.says("0401", found)
    assert early.status_code == 409 and "还没有到时间" in desk.main_of(early)
    day("2021-08-24")
    assert make.says("0101", found).status_code == 403
    assert make.says("0401", found, words="").status_code == 422
    assert not TranscriptLine.objects.exists()


def test_the_host_does_not_end_it_before_the_party_signed_or_refused(case, day):
    found = notified(case)
    day("2021-08-24")
    assert make.says("0401", found).status_code == 303
    assert make.act_on("0201", found, "close", attendance="attended").status_code == 403
    answer = make.act_on("0401", found, "close", attendance="attended")
    assert answer.status_code == 409 and "还没有签名" in desk.main_of(answer)
    refused = make.act_on(
        "0401", found, "sign", signer="party", name="示例当事人", outcome="refused", sign_words=""
    )
    assert refused.status_code == 422


def test_the_hearing_ends_in_one_act_and_the_party_s_points(case, day):
    found = notified(case)
    day("2021-08-24")
    make.says("0201", found, words="出示照片", evidence=["证据1"])
    make.says("0201", found, side="party", speaker="示例当事人", words="照片不是我门口", point="yes")
    make.says(
        "0201", found, side="party", speaker="示例当事人", words="照片不是我家门口", point="yes", corrects="2"
    )
    make.act_on(
        "0401",
        found,
        "sign",
        signer="party",
        name="示例当事人",
        outcome="refused",
        sign_words="拒绝签名，已注明",
    )
    assert make.says("0201", found).status_code == 409
    assert make.act_on("0401", found, "close", attendance="attended").status_code == 303
    held = Act.objects.get(case=case, kind="hearing_held")
    assert held.data == {
        "presided_by": "0401", "evidence": ["证据1"], "transcript_signed": True, "attendance": "attended",
    }  # fmt: skip
    said = Act.objects.get(case=case, kind="statement_made")
    assert said.data["points"] == ["1"] and said.words["note"].startswith("第1点：照片不是我家门口")
    assert ledger.last_event(f"hearing:{found.no}").body["type"] == "hearing_held"
    page = desk.main_of(desk.login("0301").get(f"/desk/cases/{case.no}/do/decision-made/"))
    assert "第1点没有复核结果" in page


def test_the_host_reports_once_and_the_papers_are_filled_from_the_hearing(case, day):
    found = notified(case)
    assert make.act_on("0101", found, "paper", form="hearing_notice").status_code == 303
    notice = Instrument.objects.get(form="hearing_notice")
    assert notice.fields["听证地点"] == "第一会议室" and notice.fields["听证时间"] == "00时00分"
    assert make.act_on("0101", found, "paper", form="hearing_record").status_code == 409
    day("2021-08-24")
    make.says("0201", found, words="出示照片", evidence=["证据1"])
    make.act_on("0401", found, "sign", signer="party", name="示例当事人", outcome="signed", sign_words="")
    make.act_on("0401", found, "close", attendance="attended")
    assert make.act_on("0201", found, "report", report="建议维持").status_code == 403
    assert make.act_on("0401", found, "report", report="建议维持").status_code == 303
    assert make.act_on("0401", found, "report", report="另一份").status_code == 409
    assert make.act_on("0401", found, "paper", form="hearing_report").status_code == 303
    assert Instrument.objects.get(form="hearing_report").fields["听证意见"] == "建议维持"
    assert make.act_on("0401", found, "paper", form="hearing_record").status_code == 303
    assert Instrument.objects.get(form="hearing_record").fields["听证过程"] == [
        ["主持人 丁一", "出示照片（出示：证据1）"]
    ]


def test_the_host_completes_and_fixes_the_paper_he_began_and_no_other_of_the_case(case, day):
    found = notified(case)
    day("2021-08-24")
    make.says("0201", found)
    make.act_on("0401", found, "sign", signer="party", name="示例当事人", outcome="signed", sign_words="")
    make.act_on("0401", found, "close", attendance="attended")
    make.act_on("0401", found, "paper", form="hearing_record")
    his, other = (
        Instrument.objects.get(form="hearing_record"),
        begin(case=case, form="hearing_record", by="0101", actor=ACTOR),
    )
    assert other.fields["听证过程"] == his.fields["听证过程"]
    host = desk.login("0401")
    address = f"/desk/cases/{case.no}/documents/{{}}/"
    typed = {"do": "fix", "dated_on": "2021-08-24", "final_words": "没有补充"}
    assert host.post(address.format(other.no), typed).status_code == 403
    assert host.post(address.format(his.no), typed).status_code == 303
    his.refresh_from_db()
    assert his.state == FIXED and his.fields["最后陈述"] == "没有补充"


def test_the_notice_of_a_heavy_penalty_tells_of_the_right_to_be_heard_before_it_is_told(case):
    acts = Act.objects.filter(case=case)
    told = begin(case=case, form="prior_notice", by="0101", actor=ACTOR).fields
    assert "听证" in told["听证权利"] and acts.filter(kind="prior_notice_served").exists()
    record = told_of(case, date(2021, 8, 8)).raw
    for fen, right in ((200_000, True), (99_999, False)):
        events = [one for one in record["events"] if one["at"] < "2021-08-09"]
        events[-1] = {**events[-1], "proposal": {"kinds": ["fine"], "fine_fen": fen}}
        before = Told({**record, "events": events}, date(2021, 8, 8))
        assert bool(hearing_right(before)) is right, fen


def test_a_cancelled_hearing_makes_room_for_another(case):
    found = make.arranged(case)
    assert make.act_on("0101", found, "cancel", cancel_words=" ").status_code == 422
    assert make.act_on("0101", found, "cancel", cancel_words="当事人要求改期").status_code == 303
    assert make.arrange("0101", case, hearing_on="2021-08-25").status_code == 303


def test_the_calendar_shows_the_month_and_only_cases_within_reach(case):
    make.arranged(case)
    client = desk.login("0101")
    assert "第一会议室" in desk.main_of(client.get("/desk/hearings/?month=2021-08"))
    assert "第一会议室" not in desk.main_of(client.get("/desk/hearings/?month=2021-09"))
    for typed in ("x", "0001-01", "9999-12"):
        assert client.get(f"/desk/hearings/?month={typed}").status_code == 200


def test_a_hearing_known_only_from_the_record_is_found_however_long_before_it_was_notified(case):
    told = {
        "at": "2021-08-13T09:00:00+08:00", "kind": "hearing_notified", "by": ["0101", "0102"],
        "hearing_on": "2022-03-01",
    }  # fmt: skip
    older = cases.case_with(cases.lead(), cases.opening(), told, number="津示城管罚立字〔2021〕第002号")
    client = desk.login("0101")
    assert older.no in desk.main_of(client.get("/desk/hearings/?month=2022-03"))
    assert older.no not in desk.main_of(client.get("/desk/hearings/?month=2022-02"))


def test_a_hearing_there_is_not_is_said_so(case):
    assert desk.login("0101").get("/desk/hearings/none/").status_code == 404


@pytest.mark.parametrize(
    ("deed", "typed", "rows"),
    [
        ("say", {"side": "presiding", "speaker": "丁一", "words": "现在开始听证", "point": "no"}, TranscriptLine),
        ("sign", {"signer": "party", "name": "示例当事人", "outcome": "refused", "sign_words": "拒签"}, TranscriptSignature),
    ],
)  # fmt: skip
def test_a_line_or_signature_sent_again_is_refused_once_then_it_is_another(case, day, deed, typed, rows):
    found = notified(case)
    day("2021-08-24")
    assert make.act_on("0401", found, deed, **typed).status_code == 303
    answer = make.act_on("0401", found, deed, **typed)
    assert answer.status_code == 409 and "没有再次记录" in desk.main_of(answer)
    assert rows.objects.count() == 1
    again = re.search('name="again" value="([^"]+)"', desk.main_of(answer))[1]
    assert make.act_on("0401", found, deed, **typed, again=again).status_code == 303
    assert rows.objects.count() == 2


def test_signs_nobody_can_write_are_refused(case):
    for name in ("place", "participants"):
        answer = make.arrange("0101", case, **{name: "甲\x00乙"})
        assert answer.status_code == 422 and "控制字符" in desk.main_of(answer)
    answer = make.act_on("0101", make.arranged(case), "cancel", cancel_words="改\x00期")
    assert answer.status_code == 422 and "控制字符" in desk.main_of(answer)
