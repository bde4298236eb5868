"""Back in the browser and sent once more: one act, a clear refusal, the typing kept; a second one only where it is meant."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests.desk import acts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_august")]
NOW = desk.SCENE["at"]
SCENE = {**desk.SCENE, "note": "门前堆放"}


def test_the_same_act_from_a_form_opened_anew_is_recorded_once(case):
    client = desk.login("0101")
    assert desk.do(client, case, "scene-recorded", **SCENE).status_code == 303
    answer = desk.do(client, case, "scene-recorded", **{**SCENE, "at": "2021-08-20T00:00:30"})
    text = desk.main_of(answer)
    assert answer.status_code == 409 and "没有再次记录" in text and "第 3 条" in text and "门前堆放" in text
    assert acts(case) == 3


def test_sent_once_more_from_the_refusal_it_is_a_second_one(case):
    client = desk.login("0101")
    desk.do(client, case, "scene-recorded", **SCENE)
    desk.do(client, case, "scene-recorded", **SCENE)
    assert desk.do(client, case, "scene-recorded", **SCENE, again="2").status_code == 409
    assert desk.do(client, case, "scene-recorded", **SCENE, again="3").status_code == 303
    assert acts(case) == 4


def test_another_text_another_log_in_another_day_or_an_act_between_is_no_repetition(case, monkeypatch):
    client = desk.login("0101")
    desk.do(client, case, "scene-recorded", **SCENE)
    assert desk.do(client, case, "scene-recorded", **{**SCENE, "note": "又一处"}).status_code == 303
    assert desk.do(client, case, "scene-recorded", **SCENE).status_code == 303
    assert desk.do(desk.login("0102"), case, "scene-recorded", **SCENE).status_code == 303
    monkeypatch.setenv("YIFA_TODAY", "2021-08-21")
    later = {**SCENE, "at": "2021-08-21T00:00:00"}
    assert desk.do(desk.login("0102"), case, "scene-recorded", **later).status_code == 303
    assert acts(case) == 7


def test_a_piece_of_evidence_under_the_next_number_is_the_same_one(case):
    client = desk.login("0101")
    evidence = {
        "at": NOW, "by": desk.BOTH, "evidence_kind": "scene_transcript", "verified": "yes", "lawful_source": "yes",
        "proves": ["乱扔废弃物"],
    }  # fmt: skip
    assert desk.do(client, case, "evidence-added", id="证据1", **evidence).status_code == 303
    assert desk.do(client, case, "evidence-added", id="证据2", **evidence).status_code == 409
    assert acts(case) == 3


def test_a_lead_sent_again_under_the_next_number_makes_no_second_case():
    client = desk.login("0101")
    assert client.post("/desk/cases/new/", desk.lead_form(NOW)).status_code == 303
    again = desk.lead_form(NOW, number="津示城管罚立字〔2021〕第008号")
    answer = client.post("/desk/cases/new/", again)
    text, first = desk.main_of(answer), Case.objects.get()
    assert answer.status_code == 409 and "没有再次登记" in text and first.no in text and "示例路1号" in text
    other = desk.lead_form(NOW, number="津示城管罚立字〔2021〕第009号", party_name="另一当事人")
    assert client.post("/desk/cases/new/", other).status_code == 303
    assert client.post("/desk/cases/new/", again).status_code == 303
    meant = {**again, "number": "津示城管罚立字〔2021〕第010号"}
    assert client.post("/desk/cases/new/", meant).status_code == 409
    latest = Case.objects.latest("serial").no
    assert client.post("/desk/cases/new/", {**meant, "again": latest}).status_code == 303
    assert Case.objects.count() == 4


def test_a_lead_under_a_number_of_its_own_is_another_case():
    client = desk.login("0101")
    for number in ("津示城管罚立字〔2021〕第007号", "津示城管罚立字〔2021〕第120号", "专项-1", "专项-2"):
        assert client.post("/desk/cases/new/", desk.lead_form(NOW, number=number)).status_code == 303
    assert "津示城管罚立字〔2021〕第121号" in client.get("/desk/cases/new/").text
