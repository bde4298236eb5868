"""One ordinary case from lead to archive through the pages: five log-ins, every approval, opinion and vote by proposal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.proposals.models import Deliberation
from yifa.casework.proposals.tests.asking import act_on, propose, proposed
from yifa.casework.review.tests.reviewing import reviewed
from yifa.ledger import clock
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
BOTH = ["0101", "0102"]
TOLD = {"penalty.kinds": ["fine"], "penalty.fine": "50"}
CONTENTS = ["party", "facts", "basis", "performance", "remedies", "organ_and_date", "payee"]


class Desk:
    """The five log-ins on one case, each posting its own forms."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        desk.staff()
        for staff_no, name, roles in (("0302", "丙二", "|head|"), ("0601", "己一", "|committee|")):
            Person.objects.create(organ=make.organ(), staff_no=staff_no, name=name, roles=roles)
        numbers = {
            "handler": "0101",
            "head": "0301",
            "deputy": "0302",
            "reviewer": "0201",
            "committee": "0601",
        }
        self.clients = {who: desk.login(number) for who, number in numbers.items()}
        self.case: Any = None

    def __getattr__(self, who: str) -> Client:
        return self.clients[who]

    def on(self, day: str) -> None:
        self.monkeypatch.setenv("YIFA_TODAY", day)

    @property
    def at(self) -> str:
        return clock.now().strftime("%Y-%m-%dT%H:%M:%S")

    def done(self, slug: str, **typed: Any) -> None:
        """An act of the officers themselves."""
        typed = {"at": self.at, "by": BOTH, **typed}
        answer = desk.do(self.handler, self.case, slug, **typed)
        if answer.status_code == 200:
            answer = desk.confirmed(self.handler, self.case, slug, **typed)
        assert answer.status_code == 303, (slug, desk.main_of(answer)[:3000])

    def approved(self, slug: str, by: str = "head", said: dict | None = None, **typed: Any) -> Act:
        """An act proposed by the handler and confirmed by another log-in."""
        one = proposed(self.handler, self.case, slug, **{"by": BOTH, **typed})
        before = Act.objects.filter(case=self.case).count()
        answer = act_on(self.clients[by], one, "confirm", **(said or {}))
        if answer.status_code == 200:
            assert (
                "还没有记录" in desk.main_of(answer) and Act.objects.filter(case=self.case).count() == before
            )
            answer = act_on(self.clients[by], one, "confirm", confirmed="yes", **(said or {}))
        assert answer.status_code == 303, (slug, desk.main_of(answer)[:3000])
        return Act.objects.get(case=self.case, seq=before + 1)

    def deliberate(self) -> None:
        answer = propose(
            self.handler,
            self.case,
            "deliberated",
            question="处罚幅度",
            members=["0301", "0302", "0601"],
            chair="0301",
        )
        assert answer.status_code == 303, desk.main_of(answer)[:3000]
        url = f"/desk/deliberations/{Deliberation.objects.get().no}/"
        for who in ("committee", "deputy", "head"):
            assert (
                self.clients[who].post(url, {"do": "vote", "vote": "for", "vote_reason": "同意"}).status_code
                == 303
            )
        expected = str(Act.objects.filter(case=self.case).count())
        assert self.head.post(url, {"do": "close", "expected": expected}).status_code == 303


def test_an_ordinary_case_goes_from_lead_to_archive_by_five_log_ins(monkeypatch):
    five = Desk(monkeypatch)
    five.on("2021-08-02")
    assert five.handler.post("/desk/cases/new/", desk.lead_form(five.at)).status_code == 303
    five.case = Case.objects.get()
    five.on("2021-08-03")
    assert five.approved("opening-approved").data["approved_by"] == "0301"
    five.approved("handlers-assigned", handlers=BOTH)
    five.done("scene-recorded", certificate_shown="yes", signed="yes")
    evidence = {"evidence_kind": "scene_transcript", "verified": "yes", "lawful_source": "yes"}
    five.done("evidence-added", id="证据1", proves=["乱扔废弃物"], **evidence)
    preserved = five.approved("preservation-ordered", at=five.at, id="1", items="货架", urgent="no")
    assert preserved.data["approved_by"] == "0301"
    five.done("preservation-disposed", id="1", outcome="returned")
    five.done("correction-ordered", due_on="2021-08-04")
    five.on("2021-08-05")
    five.done("correction-rechecked", corrected="yes", refused="no")
    proposal = {"proposal.kinds": ["fine"], "proposal.fine": "50"}
    five.done("investigation-closed", tier="ordinary", **proposal)
    told = ["content", "facts", "reasons", "basis", "rights"]
    five.done("prior-notice-served", contents=told, hearing_right_told="no", mode="direct", **TOLD)
    five.on("2021-08-06")
    five.done("statement-waived", by=[])
    review = reviewed(five.handler, five.reviewer, five.case, words="证据确凿")
    assert (review.by, review.data["opinion"]) == (["0201"], "agree")
    assert review.words["note"].endswith("证据确凿")
    five.deliberate()
    five.approved("handling-extended", days="30", deliberated="yes")
    five.on("2021-08-20")
    decision = five.approved(
        "decision-made", number="津示城管罚决字〔2021〕第001号", outcome="penalty", tier="ordinary", leniency="none",
        evidence=["证据1"], sealed="yes", remedy_text="standard", to_publish="no", contents=CONTENTS,
        first_violation_exemption="不属于初次违法", **TOLD,
    )  # fmt: skip
    assert decision.data["approved_by"] == "0301" and decision.by == BOTH
    five.done("instrument-served", instrument="penalty_decision", mode="direct")
    five.approved("deferral-approved", applied="yes", due_on="2021-09-30")
    five.on("2021-09-01")
    five.done("fine-collected", by=[], collector="bank", amount_fen="50", receipt="A1")
    closed = desk.confirmed(five.handler, five.case, "case-closed", at=five.at, by=BOTH, reason="performed")
    assert closed.status_code == 303, desk.main_of(closed)[:3000]
    told = {"at": five.at, "by": ["0301"], "note": "文书另存纸质卷"}
    assert desk.do(five.handler, five.case, "case-archived", **told).status_code == 403
    archived = desk.confirmed(five.head, five.case, "case-archived", **told)
    assert archived.status_code == 303, desk.main_of(archived)[:3000]
    five.case.refresh_from_db()
    recorded = {act.kind: act for act in five.case.acts.all()}
    assert recorded["deliberated"].data["votes"] == {"0601": "for", "0302": "for", "0301": "for"}
    assert not any(act.entered_late for act in recorded.values())
    assert five.case.stage == "archived"


def test_a_summary_case_is_decided_on_the_spot_and_goes_to_archive(monkeypatch):
    five = Desk(monkeypatch)
    five.on("2021-08-02")
    lead = desk.lead_form(five.at, procedure="summary", harm="slight")
    assert five.handler.post("/desk/cases/new/", lead).status_code == 303
    five.case = Case.objects.get()
    five.done("scene-recorded", certificate_shown="yes", signed="yes")
    evidence = {"evidence_kind": "scene_transcript", "verified": "yes", "lawful_source": "yes"}
    five.done("evidence-added", id="证据1", proves=["乱扔废弃物"], **evidence)
    told = ["content", "facts", "reasons", "basis", "rights"]
    five.done("correction-ordered", due_on="2021-08-02")
    five.done("prior-notice-served", contents=told, hearing_right_told="no", mode="direct", **TOLD)
    five.done("statement-waived", by=[])
    decided = {
        **TOLD, "number": "津示城管罚简决字〔2021〕第001号", "outcome": "penalty", "tier": "ordinary", "leniency": "none",
        "evidence": ["证据1"], "contents": CONTENTS, "sealed": "yes", "remedy_text": "standard", "to_publish": "no",
        "numbered_form": "yes", "handed_over": "yes", "signed": "yes", "first_violation_exemption": "不属于初次违法",
    }  # fmt: skip
    five.done("summary-decision-made", **decided)
    five.done("summary-decision-filed", by=["0101"])
    five.done("fine-collected", by=[], collector="bank", amount_fen="50", receipt="A1")
    five.done("education-given", by=["0101"])
    five.done("case-closed", reason="performed")
    told = {"at": five.at, "by": ["0301"]}
    asked = desk.do(five.head, five.case, "case-archived", **told)
    assert asked.status_code == 422 and "写明缺件仍然归档的理由" in desk.main_of(asked)
    told["note"] = "文书另存纸质卷"
    assert desk.confirmed(five.head, five.case, "case-archived", **told).status_code == 303
    five.case.refresh_from_db()
    assert five.case.stage == "archived"


def test_every_kind_of_act_has_a_log_in_that_records_or_confirms_it(monkeypatch):
    """In both procedures: recorded directly, or proposed by one person and confirmed by another."""
    from yifa.casework.cases.permissions import confirmation_refusal, proposal_words, refusal
    from yifa.casework.proposals.actions.deliberating import member_refusal
    from yifa.law.events import KINDS
    from yifa.registry.people.queries import staff_of

    Desk(monkeypatch)
    case = make.case_with(make.lead(), make.opening())
    acts, staff = list(case.acts.all()), staff_of(make.organ().code)
    for procedure in ("ordinary", "summary"):
        case.procedure = procedure
        for kind in KINDS.keys() - {"lead_registered"}:  # its page is that of a new case
            direct = [one["id"] for one in staff.values() if refusal(kind, one, case, acts) is None]
            asks = [one["id"] for one in staff.values() if proposal_words(kind, one, case, acts)]
            if kind == "deliberated":
                assert not direct and asks
                assert [one["id"] for one in staff.values() if member_refusal(one, acts) is None]
                continue
            confirms = [
                one["id"] for one in staff.values() if confirmation_refusal(kind, one, acts, asks) is None
            ]
            assert direct or (asks and confirms), (procedure, kind)
