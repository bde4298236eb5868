"""What a delivery says in its receipt (送达回证) and in the note of a paper left in place. CPL art. 87, 89."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.delivery.models import SERVED, Delivery
from yifa.casework.instruments.models import REVOKED, Instrument
from yifa.law.labels import label
from yifa.ledger.clock import SHANGHAI

RECEIPT, NOTE, ANNOUNCEMENT = "service_receipt", "left_service_note", "announcement_service"
LEFT, PUBLISHED = "left_in_place", "public_notice"


def of_receipt(case: Case) -> dict[str, Any]:
    """The first delivery that has no receipt yet: each has its own."""
    made = Instrument.objects.filter(case=case, form=RECEIPT).exclude(state=REVOKED).count()
    return words_of(list(served(case))[made:])


def of_note(case: Case) -> dict[str, Any]:
    made = Instrument.objects.filter(case=case, form=NOTE).exclude(state=REVOKED).count()
    return words_of(list(served(case).filter(mode=LEFT))[made:])


def of_announcement(case: Case) -> dict[str, Any]:
    """The ways that were tried before, each with what came of it."""
    tried = Delivery.objects.filter(case=case).exclude(outcome=SERVED).order_by("serial")
    words = [f"{label('mode', one.mode)}（{day(one)}，{one.reason}）" for one in tried]
    return {"已试送达方式": "；".join(words)}


def served(case: Case) -> Any:
    found = Delivery.objects.filter(case=case, outcome=SERVED).select_related("instrument")
    return found.order_by("serial")


def words_of(waiting: list[Delivery]) -> dict[str, Any]:
    if not waiting:
        return {}
    one = waiting[0]
    paper = one.instrument
    return {
        "送达文书": [[paper.definition.name, paper.number, label("mode", one.mode), day(one)]],
        "送达方式": label("mode", one.mode), "送达日期": day(one), "送达地点": one.place, "见证人": one.witness,
        "收件人": one.receiver, "拒收事由": one.reason if one.refused else "",
    }  # fmt: skip


def day(one: Delivery) -> str:
    return one.at.astimezone(SHANGHAI).date().isoformat()
