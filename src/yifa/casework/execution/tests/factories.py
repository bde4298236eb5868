"""A decided and served case, and bank files as a bank would write them."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.execution import actions
from yifa.casework.execution.models import BankUpload
from yifa.casework.instruments.tests import factories as papers
from yifa.ledger.actions import Actor

ACTOR = Actor("user:1", role="handler", organ="120199-cgw")
NUMBER = "津示城管罚决字〔2021〕第001号"
HEAD = "决定书文号,金额,日期,流水号"


def served(number: str = papers.make.HEAD["number"], decision: str = NUMBER, on: str = "2021-09-02") -> Case:
    """A case with a fine of 200 yuan, decided on 2021-09-01 and served on `on`; the period to pay ends 15 days later."""
    case = papers.decided(number, numbered=decision)
    return entered(
        case,
        papers.event(f"{on}T10:00:00", "instrument_served", instrument="penalty_decision", mode="direct"),
    )


def entered(case: Case, *events: dict[str, Any]) -> Case:
    """The case with these further acts."""
    from yifa.casework.cases.actions import record_act

    for event in events:
        record_act(case_no=case.no, event=event, actor=ACTOR)
    return Case.objects.get(pk=case.pk)


def lines(*rows: str) -> bytes:
    return "\r\n".join([HEAD, *rows, ""]).encode()


def kept(body: bytes) -> BankUpload:
    return actions.receive(organ=papers.make.organ(), name="缴款.csv", body=body, actor=ACTOR)
