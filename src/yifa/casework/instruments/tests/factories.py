"""A decided case for tests of papers, and papers of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.casework.instruments import actions
from yifa.casework.instruments.models import Instrument

TWO = ["0101", "0102"]
FINE = {"kinds": ["fine"], "fine_fen": 20000}
CONTENTS = ["content", "facts", "reasons", "basis", "rights"]
STATED = ["party", "facts", "basis", "performance", "remedies", "organ_and_date", "payee"]
ACTOR = make.ACTOR
DAY = date(2021, 9, 1)


def event(at: str, kind: str, by: list[str] | None = None, **keys: Any) -> dict[str, Any]:
    return {"at": f"{at}+08:00", "kind": kind, "by": TWO if by is None else by, **keys}


def decided(
    number: str = make.HEAD["number"], fine: dict[str, Any] = FINE, numbered: str | None = None
) -> Case:
    """A case from the lead to the decision, entered as history."""
    shown = {"certificate_shown": True, "signed": "yes"}
    proof = {"verified": True, "lawful_source": True, "proves": ["乱扔废弃物"]}
    return make.case_with(
        make.lead(),
        make.opening(),
        event("2021-08-03T10:00:00", "handlers_assigned", ["0301"], handlers=TWO),
        event("2021-08-03T15:00:00", "scene_recorded", **shown),
        event("2021-08-03T15:30:00", "evidence_added", id="1", evidence_kind="scene_transcript", **proof),
        event("2021-08-04T09:00:00", "interview_recorded", **shown),
        event("2021-08-04T10:00:00", "evidence_added", id="2", evidence_kind="party_statement", **proof),
        event("2021-08-10T09:00:00", "investigation_closed", tier="ordinary", proposal=FINE),
        event("2021-08-11T09:00:00", "prior_notice_served", penalty=FINE, contents=CONTENTS, hearing_right_told=False, mode="direct"),
        event("2021-08-12T09:00:00", "statement_waived", []),
        event("2021-08-20T09:00:00", "legality_reviewed", ["0201"], opinion="agree"),
        event(
            "2021-09-01T09:00:00", "decision_made", ["0101"], outcome="penalty", penalty=fine, tier="ordinary",
            approved_by="0301", evidence=["1", "2"], contents=STATED, sealed=True, remedy_text="standard",
            number=numbered,
        ),
        number=number,
    )  # fmt: skip


TYPED = {
    "住址": "示例区示例路1号",
    "履行方式和期限": "自收到本决定书之日起15日内缴纳罚款。",
    "处罚理由": "当事人的行为影响市容环境。",
}


def decision_paper(case: Case | None = None, **fields: Any) -> Instrument:
    """A draft decision with everything it needs."""
    made = actions.begin(
        case=case or decided(), form="penalty_decision", by="0101", actor=ACTOR, dated_on=DAY
    )
    return actions.change(no=made.no, fields={**made.fields, **TYPED, **fields}, dated_on=DAY, actor=ACTOR)


def fixed(case: Case | None = None, **fields: Any) -> Instrument:
    return actions.fix(no=decision_paper(case, **fields).no, actor=ACTOR)


def issued(case: Case | None = None, **fields: Any) -> Instrument:
    return actions.issue(no=fixed(case, **fields).no, actor=ACTOR)
