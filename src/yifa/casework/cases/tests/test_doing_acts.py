"""Recording an act from its form: refusals first, then journeys with one log-in after another."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.cases.tests.desk import BOTH, SCENE, acts
from yifa.casework.review.tests.reviewing import reviewed
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.site.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_august")]


def test_a_kind_nobody_knows_and_the_case_of_another_organ_are_not_found(case):
    client = desk.login("0101")
    assert client.get(desk.address(case, "no-such-act")).status_code == 404
    other = Client()
    other.force_login(User.objects.create(username="x", organ=make.organ("120199-other")))
    for method in (other.get, other.post):
        assert method(desk.address(case, "scene-recorded")).status_code == 404
    assert acts(case) == 2


def test_an_account_that_stands_for_nobody_records_nothing(case):
    client = Client()
    client.force_login(User.objects.create(username="x", organ=make.organ()))
    answer = client.post(desk.address(case, "scene-recorded"), {**SCENE, "expected": "2"})
    assert answer.status_code == 403 and "没有对应本机关的人员" in desk.main_of(answer)
    assert acts(case) == 2


@pytest.mark.parametrize(
    ("staff_no", "slug", "words"),
    [
        ("0101", "decision-made", "由负责人办理"),
        ("0101", "legality-reviewed", "由法制审核人员办理"),
        ("0101", "hearing-held", "由听证主持人办理"),
        ("0301", "scene-recorded", "由承办人办理"),
        ("0201", "scene-recorded", "由承办人办理"),
        ("0501", "scene-recorded", "协管人员"),
        ("0301", "deliberated", "每位参加人员本人登录表决"),
    ],
)
def test_nobody_records_the_act_of_another_role(case, staff_no, slug, words):
    answer = desk.login(staff_no).post(desk.address(case, slug), {"expected": "2"})
    assert answer.status_code == 403 and words in desk.main_of(answer)
    assert "<form" not in desk.main_of(answer) and acts(case) == 2


@pytest.mark.parametrize(
    ("staff_no", "slug"),
    [
        ("0101", "decision-made"),
        ("0101", "legality-reviewed"),
        ("0101", "deliberated"),
        ("0301", "deliberated"),
    ],
)
def test_who_may_only_propose_an_act_is_led_to_the_proposal(case, staff_no, slug):
    answer = desk.login(staff_no).get(desk.address(case, slug))
    assert (answer.status_code, answer.url) == (302, f"/desk/cases/{case.no}/propose/{slug}/")


@pytest.mark.parametrize(("staff_no", "slug"), [("0101", "hearing-held"), ("0301", "scene-recorded")])
def test_who_may_not_even_propose_an_act_is_told_whose_it_is(case, staff_no, slug):
    answer = desk.login(staff_no).get(desk.address(case, slug))
    assert answer.status_code == 403 and "办理，须本人登录" in desk.main_of(answer)


def test_a_handler_of_other_cases_records_nothing_here():
    assigned = {
        "at": "2021-08-03T10:00:00+08:00",
        "kind": "handlers_assigned",
        "by": ["0301"],
        "handlers": ["0102"],
    }
    case = make.case_with(make.lead(), make.opening(), assigned)
    answer = desk.login("0101").get(desk.address(case, "scene-recorded"))
    assert answer.status_code == 403 and "您不是本案的承办人" in desk.main_of(answer)


def test_a_reviewer_who_handled_the_case_does_not_review_it():
    scene = {**make.interview(), "kind": "scene_recorded", "by": ["0101", "0201"]}
    case = make.case_with(make.lead(), make.opening(), scene)
    answer = desk.login("0201").get(desk.address(case, "legality-reviewed"))
    assert answer.status_code == 403 and "您办理过本案，不能审核" in desk.main_of(answer)


def test_a_blocked_act_explains_itself_and_has_no_form(case):
    answer = desk.login("0101").get(desk.address(case, "court-execution-requested"))
    text = desk.main_of(answer)
    assert (
        answer.status_code == 409 and "申请法院强制执行前没有催告" in text and "行政强制法第五十四条" in text
    )
    assert f'href="{desk.address(case, "demand-served")}"' in text and "<form" not in text


def test_a_decision_that_lacks_what_binds_a_penalty_keeps_its_form_for_one_without(case):
    text = desk.main_of(desk.login("0301").get(desk.address(case, "decision-made")))
    assert "决定之前没有事先告知" in text and "行政处罚法第六十二条" in text
    assert f'href="{desk.address(case, "prior-notice-served")}"' in text
    assert "以上只约束给予处罚的决定" in text and 'name="outcome"' in text


def test_an_act_that_urgency_may_justify_keeps_its_form_below_the_reasons():
    case = make.case_with(make.lead())
    client = desk.login("0101")
    answer = client.get(desk.address(case, "interview-recorded"))
    assert answer.status_code == 409 and 'name="urgent"' in desk.main_of(answer)
    typed = {**SCENE, "expected": "1", "note": "留着"}
    again = client.post(desk.address(case, "interview-recorded"), {**typed, "urgent": "no"})
    assert again.status_code == 409 and "留着" in desk.main_of(again) and acts(case) == 1
    done = client.post(desk.address(case, "interview-recorded"), {**typed, "urgent": "yes"})
    assert done.status_code == 303 and acts(case) == 2


def test_one_officer_alone_is_refused_by_the_law_and_what_was_typed_is_kept(case):
    answer = desk.do(
        desk.login("0101"), case, "scene-recorded", **{**SCENE, "by": ["0101"], "note": "人行道"}
    )
    text = desk.main_of(answer)
    assert answer.status_code == 409 and "第四十二条" in text and "人行道" in text and acts(case) == 2


def test_faults_stand_beside_their_fields_and_in_the_summary(case):
    answer = desk.do(desk.login("0101"), case, "scene-recorded", at="昨天", by=["0102"], note="留着")
    page = answer.content.decode()
    text = desk.main_of(answer)
    assert answer.status_code == 422 and "<title>错误：" in page and acts(case) == 2
    for name in ("at", "certificate_shown", "signed"):
        assert f'href="#f-{name}"' in text and f'id="f-{name}"' in text and f'id="e-{name}"' in text
    assert "留着" in text and 'value="昨天"' in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"at": "2030-01-01T00:00:00"}, "办理时间晚于现在"),
        ({"by": ["0102"]}, "请勾选您本人"),
        ({"by": ["0101", "9999"]}, "没有这个选项"),
        ({"signed": "maybe"}, "没有这个选项"),
    ],
)
def test_a_value_that_cannot_stand_is_refused(case, typed, words):
    answer = desk.do(desk.login("0101"), case, "scene-recorded", **{**SCENE, **typed})
    assert answer.status_code == 422 and words in desk.main_of(answer) and acts(case) == 2


@pytest.mark.parametrize("amount", ["-5", "1.234", "五百", "1e3", "٣"])
def test_an_amount_that_is_no_amount_is_refused(case, amount):
    typed = {"at": "2021-08-20T00:00:00", "by": BOTH, "proposal.kinds": ["fine"], "proposal.fine": amount}
    answer = desk.do(desk.login("0101"), case, "investigation-closed", **typed)
    assert answer.status_code == 422 and "不是金额" in desk.main_of(answer) and acts(case) == 2


def test_a_double_submit_has_one_effect_and_the_second_learns_it_was_theirs(case):
    client = desk.login("0101")
    assert desk.do(client, case, "scene-recorded", **SCENE).status_code == 303
    second = client.post(desk.address(case, "scene-recorded"), {**SCENE, "expected": "2", "note": "留着"})
    text = desk.main_of(second)
    assert second.status_code == 409 and acts(case) == 3
    assert "这就是您刚才提交的记录" in text and "留着" in text and 'name="expected" value="3"' in text


def test_who_was_slower_is_told_who_did_what(case):
    assert desk.do(desk.login("0101"), case, "scene-recorded", **SCENE).status_code == 303
    answer = desk.login("0301").post(
        desk.address(case, "handlers-assigned"),
        {"at": "2021-08-20T00:00:01", "by": ["0301"], "handlers": BOTH, "expected": "2"},
    )
    text = desk.main_of(answer)
    assert answer.status_code == 409 and "甲一、甲二" in text and "〈现场笔录〉" in text and acts(case) == 3
    assert "这就是您刚才提交的记录" not in text


def test_a_form_without_the_count_of_what_was_seen_is_not_recorded(case):
    answer = desk.login("0101").post(desk.address(case, "scene-recorded"), SCENE)
    assert answer.status_code == 409 and acts(case) == 2


def test_an_approval_typed_into_a_handlers_form_is_not_taken(case):
    done = desk.do(
        desk.login("0101"), case, "preservation-ordered", at="2021-08-20T00:00:00", by=BOTH, id="1",
        items="货架三组", urgent="no", approved_by="0301",
    )  # fmt: skip
    assert done.status_code == 409 and "没有批准人" in desk.main_of(done) and acts(case) == 2


def test_an_archived_case_says_what_may_still_be_recorded():
    closed = {
        "at": "2021-08-05T09:00:00+08:00",
        "kind": "case_closed",
        "by": ["0101"],
        "reason": "terminated",
    }
    archived = {"at": "2021-08-06T09:00:00+08:00", "kind": "case_archived", "by": ["0101"]}
    case = make.case_with(make.lead(), make.opening(), closed, archived)
    answer = desk.login("0101").get(desk.address(case, "scene-recorded"))
    assert answer.status_code == 409 and "先恢复办理" in desk.main_of(answer)


def test_every_kind_of_act_has_a_form_or_says_why_not(case):
    clients = [desk.login(one) for one in ("0101", "0301", "0201", "0401")]
    for kind in KINDS.keys() - {"lead_registered"}:  # its page is that of a new case
        answers = [client.get(desk.address(case, kind.replace("_", "-"))) for client in clients]
        assert {answer.status_code for answer in answers} <= {200, 302, 403, 409}, kind
        assert {answer.status_code for answer in answers} & {200, 302, 409}, kind


def test_no_page_of_the_desk_carries_script_or_style_within(case):
    client = desk.login("0101")
    for url in (
        "/desk/cases/new/",
        desk.address(case, "scene-recorded"),
        desk.address(case, "decision-made"),
    ):
        page = client.get(url).content.decode()
        assert not re.search(r"<script(?! src=./static/)|<style|\sstyle=|\son[a-z]+=", page), url


PENALTY = {"kinds": ["fine"], "fine": "50"}


def day(monkeypatch, text: str) -> str:
    monkeypatch.setenv("YIFA_TODAY", text)
    return f"{text}T00:00:00"


def test_a_case_goes_from_lead_to_decision_served_each_act_by_its_own_log_in(monkeypatch):
    desk.staff()
    handler, head, reviewer = (desk.login(one) for one in ("0101", "0301", "0201"))
    at = day(monkeypatch, "2021-08-02")
    opened = handler.post("/desk/cases/new/", desk.lead_form(at))
    assert opened.status_code == 303, desk.main_of(opened)
    case = Case.objects.get()

    def done(client: Client, slug: str, at: str, **typed) -> None:
        answer = desk.do(client, case, slug, at=at, **typed)
        assert answer.status_code == 303, (slug, desk.main_of(answer)[:4000])

    at = day(monkeypatch, "2021-08-03")
    done(head, "opening-approved", at, by=["0301"])
    done(head, "handlers-assigned", at, by=["0301"], handlers=BOTH)
    done(handler, "scene-recorded", at, by=BOTH, certificate_shown="yes", signed="yes")
    evidence = {"evidence_kind": "scene_transcript", "verified": "yes", "lawful_source": "yes"}
    done(handler, "evidence-added", at, by=BOTH, id="证据1", proves=["乱扔废弃物"], **evidence)
    done(handler, "correction-ordered", at, by=BOTH, due_on="2021-08-04")
    at = day(monkeypatch, "2021-08-05")
    done(handler, "correction-rechecked", at, by=BOTH, corrected="yes", refused="no")
    proposal = {f"proposal.{key}": value for key, value in PENALTY.items()}
    done(handler, "investigation-closed", at, by=BOTH, tier="ordinary", **proposal)
    told = {f"penalty.{key}": value for key, value in PENALTY.items()}
    contents = ["content", "facts", "reasons", "basis", "rights"]
    done(
        handler,
        "prior-notice-served",
        at,
        by=BOTH,
        contents=contents,
        hearing_right_told="no",
        mode="direct",
        **told,
    )
    at = day(monkeypatch, "2021-08-06")
    done(handler, "statement-made", at, by=[], points="2", note="请求减轻")
    form = desk.main_of(desk.do(handler, case, "statement-reexamined"))
    assert "第 2 点意见的复核结果" in form and "请求减轻" in form
    done(
        handler, "statement-reexamined", at, by=["0101"], **{"results.1": "rejected", "results.2": "adopted"}
    )
    reviewed(handler, reviewer, case)
    at = day(monkeypatch, "2021-08-20")
    decided = {
        **told, "at": at, "by": ["0301"], "number": "津示城管罚决字〔2021〕第001号", "outcome": "penalty", "tier": "ordinary",
        "leniency": "none", "evidence": ["证据1"], "sealed": "yes", "remedy_text": "standard", "to_publish": "no",
        "first_violation_exemption": "不属于初次违法",
        "contents": ["party", "facts", "basis", "performance", "remedies", "organ_and_date", "payee"],
    }  # fmt: skip
    asked = desk.main_of(desk.do(head, case, "decision-made", **decided))
    assert "待确认" in asked and "/desk/laws/parameters/defence_days/" in asked
    answer = desk.confirmed(head, case, "decision-made", **decided)
    assert answer.status_code == 303, desk.main_of(answer)[:4000]
    served = {"at": at, "by": BOTH, "instrument": "penalty_decision", "mode": "direct"}
    assert desk.confirmed(handler, case, "instrument-served", **served).status_code == 303
    case.refresh_from_db()
    assert (case.stage, case.fine_fen) == ("performance", 5000)
    recorded = {act.kind: act for act in case.acts.all()}
    assert recorded["decision_made"].data["approved_by"] == "0301"
    assert recorded["opening_approved"].data["approved_by"] == "0301"
    assert recorded["legality_reviewed"].by == ["0201"]
    assert recorded["statement_reexamined"].data["results"] == {"1": "rejected", "2": "adopted"}
    assert recorded["statement_made"].words["note"] == "请求减轻"
    assert not any(act.entered_late for act in recorded.values())
    page = desk.main_of(handler.get(f"/desk/cases/{case.no}/?recorded={case.act_count}"))
    assert "✓ 已记录：送达" in page and "✓ 记录与日志一致" in page


def test_what_cannot_be_undone_is_checked_first_and_can_be_corrected(case):
    client = desk.login("0101")
    typed = {
        "at": "2021-08-20T00:00:00",
        "by": BOTH,
        "instrument": "correction_order",
        "mode": "direct",
        "note": "甲处",
    }
    asked = desk.do(client, case, "instrument-served", **typed)
    text = desk.main_of(asked)
    assert asked.status_code == 200 and acts(case) == 2
    assert "还没有记录" in text and label("instrument", "correction_order") in text and "甲处" in text
    back = client.post(desk.address(case, "instrument-served"), {**typed, "expected": "2", "back": "yes"})
    assert back.status_code == 200 and "甲处" in desk.main_of(back) and acts(case) == 2
    done = client.post(
        desk.address(case, "instrument-served"), {**typed, "expected": "2", "confirmed": "yes"}
    )
    assert done.status_code == 303 and acts(case) == 3


def test_each_type_of_value_reaches_the_record_as_typed(case):
    client, head = desk.login("0101"), desk.login("0301")
    at = "2021-08-20T00:00:00"
    monitor = ["device", "legal_review", "technical_review"]
    evidence = {
        "evidence_kind": "electronic_data",
        "verified": "yes",
        "lawful_source": "no",
        "monitor": monitor,
    }
    link = {"event": "3", "start": "2021-08-20T00:00:00", "end": "2021-08-20T00:10:00", "device": "JL-01"}
    measure = {
        "measure": "seizure",
        "urgent": "yes",
        "items": "货架\n\n 灯箱 ",
        "told_rights": "yes",
        "signed": "yes",
    }
    extension = {"days": "30", "deliberated": "yes"}
    for who, slug, typed in (
        (client, "evidence-added", {**evidence, "by": BOTH, "id": "证据1", "proves": ["乱扔废弃物"]}),
        (
            client,
            "recording-linked",
            {**link, "by": ["0101"], "officers": BOTH, "continuous": "yes", "retention": "永久"},
        ),
        (head, "preservation-ordered", {"by": BOTH, "id": "1", "items": "货架", "urgent": "no"}),
        (head, "handling-extended", {**extension, "by": ["0301"]}),
        (
            client,
            "fine-collected",
            {"by": [], "collector": "bank", "amount_fen": "1,200.50", "receipt": "A1"},
        ),
        (client, "recusal-requested", {"by": [], "person": "0102", "by_party": "yes"}),
    ):
        answer = desk.do(who, case, slug, at=at, **typed)
        assert answer.status_code == 303, (slug, desk.main_of(answer)[:3000])
    data = {act.kind: act.data for act in case.acts.all()}
    assert data["evidence_added"]["monitor"] == {
        "legal_review": True, "technical_review": True, "marked": False, "location_published": False, "record_reviewed": False,
    }  # fmt: skip
    assert (data["recording_linked"]["event"], data["recording_linked"]["retention"]) == (3, "permanent")
    assert data["recording_linked"]["start"] == "2021-08-20T00:00:00+08:00"
    assert data["preservation_ordered"]["approved_by"] == "0301"
    assert data["handling_extended"]["days"] == 30 and data["handling_extended"]["deliberated"] is True
    assert data["fine_collected"]["amount_fen"] == 120050
    assert data["recusal_requested"] == {"person": "0102", "by_party": True}
    blocked = desk.do(head, case, "measure-ordered", at=at, by=BOTH, id="1", **measure)
    assert blocked.status_code == 409 and "灯箱" in desk.main_of(blocked)


@pytest.mark.parametrize("at", ["2021-08-02T15:00:00", "2021-08-19T23:59:59"])
def test_an_act_of_an_earlier_day_needs_a_reason_and_is_marked_as_entered_late(case, at):
    typed = {**SCENE, "at": at}
    refused = desk.do(desk.login("0101"), case, "scene-recorded", **typed)
    assert refused.status_code == 422 and "为什么现在才记录" in desk.main_of(refused) and acts(case) == 2
    typed["note"] = "当日断网"
    assert desk.do(desk.login("0101"), case, "scene-recorded", **typed).status_code == 303
    assert case.acts.get(kind="scene_recorded").entered_late


@pytest.mark.parametrize(("at", "answer"), [("2021-08-19T23:58:00", 303), ("2021-08-19T22:58:00", 422)])
def test_an_act_before_midnight_sent_just_after_it_is_not_late(case, monkeypatch, at, answer):
    desk.just_after_midnight(monkeypatch)
    assert desk.do(desk.login("0101"), case, "scene-recorded", **{**SCENE, "at": at}).status_code == answer
    assert not case.acts.filter(kind="scene_recorded", entered_late=True).exists()
