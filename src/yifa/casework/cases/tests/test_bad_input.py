"""What people type by mistake: a clear refusal beside the field, the typing kept, nothing recorded."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.ledger import mode
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
NOW = "2021-08-20T00:00:00"
SCENE = {"at": NOW, "by": ["0101", "0102"], "certificate_shown": "yes", "signed": "yes"}


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def case():
    return make.case_with(make.lead(), make.opening())


@pytest.mark.parametrize("name", ["party_name", "place", "number", "facts", "identifier"])
@pytest.mark.parametrize("bad", ["甲\x00乙", "甲\x1b[2J乙"])
def test_signs_nobody_can_write_are_refused_beside_their_field(name, bad):
    answer = desk.login("0101").post("/desk/cases/new/", desk.lead_form(NOW, **{name: bad}))
    text = desk.main_of(answer)
    assert answer.status_code == 422 and f'id="e-{name}"' in text and "控制字符" in text
    assert not Case.objects.exists()


@pytest.mark.parametrize(("name", "length"), [("party_name", 201), ("number", 101), ("place", 501)])
def test_a_text_longer_than_its_line_is_counted_and_kept(name, length):
    typed = "长" * length
    answer = desk.login("0101").post("/desk/cases/new/", desk.lead_form(NOW, **{name: typed}))
    text = desk.main_of(answer)
    assert answer.status_code == 422 and f"有 {length} 字" in text and typed in text
    assert not Case.objects.exists()


def test_ten_megabytes_pasted_into_a_note_come_back_with_the_field_named(case):
    paste = "粘" * (10 * 1024 * 1024 // 3)
    answer = desk.do(desk.login("0101"), case, "scene-recorded", **SCENE, note=paste)
    text = desk.main_of(answer)
    assert answer.status_code == 422 and "最多 20,000 字" in text and paste in text
    assert Act.objects.filter(case=case).count() == 2


def test_a_form_larger_than_the_server_takes_in_gets_a_page_that_says_so(case):
    answer = desk.login("0101").post(
        desk.address(case, "scene-recorded"), {**SCENE, "expected": "2", "note": "x" * (17 * 1024 * 1024)}
    )
    assert answer.status_code == 413 and "什么也没有记录" in desk.main_of(answer)
    assert Act.objects.filter(case=case).count() == 2


def test_a_name_with_a_rare_character_is_kept_as_it_is():
    name = "𠮷𬭚（示例）"
    answer = desk.login("0101").post("/desk/cases/new/", desk.lead_form(NOW, party_name=name))
    assert answer.status_code == 303 and Case.objects.get().party_name == name
    shown = desk.main_of(desk.login("0101").get(answer["Location"]))
    assert name in shown


def test_full_width_digits_blanks_and_other_brackets_are_put_in_the_usual_form():
    form = desk.lead_form(
        NOW, number="津示城管罚立字[２０２１] 第００９号", identifier="１２０１９９-１９９０　０１０１ １２３x", began_on="２０２１-08-20"
    )  # fmt: skip
    assert desk.login("0101").post("/desk/cases/new/", form).status_code == 303
    case = Case.objects.get()
    assert case.number == "津示城管罚立字〔2021〕第009号"
    assert case.party["identifier"] == "12019919900101123X" and case.violation["began_on"] == "2021-08-20"


def test_an_expired_certificate_is_named_with_its_article(case):
    Person.objects.filter(staff_no="0102").update(certificate_to="2021-08-19")
    answer = desk.do(desk.login("0101"), case, "scene-recorded", **SCENE, note="留着")
    text = desk.main_of(answer)
    assert answer.status_code == 409 and "第四十二条" in text and "证件" in text and "留着" in text
    assert Act.objects.filter(case=case).count() == 2


def test_a_lead_of_an_earlier_day_needs_its_reason_and_is_marked():
    client, earlier = desk.login("0101"), "2021-08-18T09:00:00"
    refused = client.post("/desk/cases/new/", desk.lead_form(earlier))
    assert refused.status_code == 422 and 'id="e-note"' in desk.main_of(refused)
    assert client.post("/desk/cases/new/", desk.lead_form(earlier, note="停电")).status_code == 303
    act = Case.objects.get().acts.get()
    assert act.entered_late and act.words == {"note": "停电"}


def test_the_penalty_proposed_stands_in_the_notice_and_the_one_notified_in_the_decision():
    closed = {
        "at": "2021-08-05T09:00:00+08:00", "kind": "investigation_closed", "by": ["0101", "0102"],
        "tier": "serious", "proposal": {"kinds": ["fine"], "fine_fen": 12350},
    }  # fmt: skip
    notice = {
        "at": "2021-08-06T09:00:00+08:00", "kind": "prior_notice_served", "by": ["0101", "0102"], "mode": "direct",
        "penalty": {"kinds": ["fine"], "fine_fen": 10000}, "hearing_right_told": False,
        "contents": ["content", "facts", "reasons", "basis", "rights"],
    }  # fmt: skip
    case = make.case_with(make.lead(), make.opening(), closed)
    shown = desk.main_of(desk.login("0101").get(desk.address(case, "prior-notice-served")))
    assert 'name="penalty.fine" value="123.50"' in shown
    later = make.case_with(
        make.lead(), make.opening(), closed, notice, number="津示城管罚立字〔2021〕第002号"
    )
    from yifa.casework.cases.doing import doing
    from yifa.casework.cases.forms import first_values
    from yifa.ledger.clock import now

    values = first_values(doing(later.organ_id, later.no, "decision_made", "0301", "", now()))
    assert values.getlist("penalty.kinds") == ["fine"] and values["penalty.fine"] == "100"
    assert values["tier"] == "serious"


def test_in_read_only_mode_an_act_is_not_recorded_and_the_reason_is_told(case, settings, tmp_path):
    settings.HOME = tmp_path
    mode.set_reason("日志第 7 条的内容与其叶哈希不一致")
    answer = desk.do(desk.login("0101"), case, "scene-recorded", **SCENE)
    text = desk.main_of(answer)
    assert answer.status_code == 503 and "第 7 条" in text and "没有保存" in text
    assert Act.objects.filter(case=case).count() == 2
    assert desk.login("0101").get(f"/desk/cases/{case.no}/").status_code == 200


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00", "0001-01-01T00:00", "0001-01-01", "3000-01-01"]
)
def test_a_moment_of_another_age_is_refused_beside_its_field(case, at):
    answer = desk.do(desk.login("0101"), case, "scene-recorded", **{**SCENE, "at": at}, note="补录")
    text = desk.main_of(answer)
    assert answer.status_code == 422 and 'id="e-at"' in text and "1900 年至 2999 年" in text
    lead = desk.login("0101").post("/desk/cases/new/", desk.lead_form(NOW, at=at, note="补录"))
    assert lead.status_code == 422 and "1900 年至 2999 年" in desk.main_of(lead)
    assert Act.objects.filter(case=case).count() == 2 and Case.objects.count() == 1


def test_a_day_of_another_age_is_refused_beside_its_field(case):
    ages = {"from_on": "0001-01-01", "to_on": "9999-12-31"}
    answer = desk.do(
        desk.login("0101"), case, "time-excluded", at=NOW, by=["0101", "0102"], reason="鉴定", **ages
    )
    text = desk.main_of(answer)
    assert answer.status_code == 422 and 'id="e-from_on"' in text and 'id="e-to_on"' in text
    assert Act.objects.filter(case=case).count() == 2
