"""A new lead: refused where the role or a value is missing, opened once however often it is sent."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def test_without_the_role_no_lead_is_registered():
    answer = desk.login("0201").post("/desk/cases/new/", desk.lead_form("2021-08-20T00:00:00"))
    assert answer.status_code == 403 and not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"matter": "占道"}, "matter"), ({"party_name": " "}, "party_name"), ({"began_on": "8月2日"}, "began_on"),
        ({"began_on": "2021-08-21"}, "began_on"), ({"ended_on": "2021-08-01"}, "ended_on"),
        ({"discovered_on": "2021-08-01"}, "discovered_on"), ({"town": "1"}, "town"),
        ({"at": "2021-08-21T00:00:00"}, "at"), ({"procedure": "quick"}, "procedure"),
    ],
)  # fmt: skip
def test_a_lead_with_a_fault_opens_no_case_and_keeps_what_was_typed(changes, name):
    client = desk.login("0101")
    answer = client.post(
        "/desk/cases/new/", desk.lead_form("2021-08-20T00:00:00", place="示例路九号", **changes)
    )
    text = desk.main_of(answer)
    assert answer.status_code == 422 and f'id="e-{name}"' in text and "示例路九号" in text
    assert not Case.objects.exists()


def test_a_lead_written_before_midnight_and_sent_just_after_it_marks_no_case_late(monkeypatch):
    desk.just_after_midnight(monkeypatch)
    form = desk.lead_form("2021-08-19T23:58:00", discovered_on="2021-08-19", began_on="2021-08-19")
    answer = desk.login("0101").post("/desk/cases/new/", form)
    assert answer.status_code == 303, desk.main_of(answer)
    assert not Case.objects.get().entered_late


def test_a_lead_sent_twice_opens_one_case():
    client = desk.login("0501")
    assert client.get("/desk/cases/new/").status_code == 200
    form = desk.lead_form("2021-08-20T00:00:00")
    assert client.post("/desk/cases/new/", form).status_code == 303
    second = client.post("/desk/cases/new/", form)
    assert second.status_code == 422 and "已经有这个案号" in desk.main_of(second)
    assert Case.objects.count() == 1


def test_a_case_on_the_spot_goes_from_lead_to_decision_by_its_two_officers():
    client, at, both = desk.login("0101"), "2021-08-20T00:00:00", ["0101", "0102"]
    made = client.post("/desk/cases/new/", desk.lead_form(at, procedure="summary"))
    assert made.status_code == 303, desk.main_of(made)
    case = Case.objects.get()
    told = {"penalty.kinds": ["warning"], "contents": ["content", "facts", "reasons", "basis", "rights"]}
    evidence = {"evidence_kind": "scene_transcript", "verified": "yes", "lawful_source": "yes"}
    for slug, typed in (
        ("evidence-added", {**evidence, "id": "证据1", "proves": ["乱扔废弃物"]}),
        ("correction-ordered", {"due_on": "2021-08-20"}),
        ("prior-notice-served", {**told, "hearing_right_told": "no", "mode": "direct"}),
        ("statement-waived", {}),
    ):
        answer = desk.do(client, case, slug, at=at, by=both, **typed)
        assert answer.status_code == 303, (slug, desk.main_of(answer)[:3000])
    answer = desk.confirmed(
        client, case, "summary-decision-made", at=at, by=both, number="当1", outcome="penalty", tier="ordinary",
        leniency="none", sealed="yes", remedy_text="reconsideration_first", to_publish="no", numbered_form="yes",
        handed_over="yes", signed="yes", evidence=["证据1"], first_violation_exemption="不属于初次违法",
        contents=["party", "facts", "basis", "performance", "remedies", "organ_and_date"], **{"penalty.kinds": ["warning"]},
    )  # fmt: skip
    assert answer.status_code == 303, desk.main_of(answer)[:3000]
    assert "approved_by" not in case.acts.get(kind="summary_decision_made").data
    assert 'href="' + desk.address(case, "summary-decision-filed") in desk.main_of(
        client.get(f"/desk/cases/{case.no}/")
    )


def test_a_lead_is_registered_for_a_new_case_and_never_again_in_one():
    """Or whoever sees a lead, an auxiliary too, could put any case back to its beginning and himself in charge of it."""
    case = make.case_with(make.lead(), make.opening())
    typed = {"at": "2021-08-20T00:00:00", "source": "patrol", "expected": "2"}
    for who in ("0501", "0101", "0301"):
        answer = desk.login(who).post(desk.address(case, "lead-registered"), {**typed, "by": [who]})
        assert answer.status_code == 403 and "线索已经登记" in desk.main_of(answer)
    assert case.acts.count() == 2
