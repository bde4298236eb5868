"""A reconsideration or suit is brought, and decided: the act of the case and the row of the register together."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Act, Case
from yifa.casework.remedies.errors import AlreadyFiled, NothingOpen
from yifa.casework.remedies.models import Dispute
from yifa.law.disputes import TURNED
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing

COPY = "按收到的申请书、起诉状副本记录"
TOLD = "按收到的复议决定书、裁判文书记录"


def file_dispute(
    *,
    case: Case,
    kind: str,
    filed_on: date,
    copy_received_on: date,
    procedure: str,
    expected: int,
    actor: Actor,
) -> Dispute:
    """The organ has received the copy. Raises AlreadyFiled, StaleEdition, StepRefused, InvalidAct."""
    with writing() as unit:
        Case.objects.select_for_update().filter(pk=case.pk).values_list("pk").get()
        mine = Dispute.objects.filter(case=case, kind=kind)
        if mine.filter(decided_on=None).exists() or mine.filter(filed_on=filed_on).exists():
            raise AlreadyFiled(
                gettext("本案已经有同一天提起的，或者还没有结果的同类复议诉讼，没有再次记录。")
            )
        event = {"copy_received_on": copy_received_on.isoformat(), "note": COPY}
        if kind == "reconsideration":
            event["procedure"] = procedure
        record(case, f"{kind}_filed", filed_on, event, expected, actor)
        made = Dispute(organ_id=case.organ_id, case=case, kind=kind, filed_on=filed_on)
        unit.log(type="dispute_filed", actor=actor, agency=case.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def decide_dispute(
    *, case: Case, kind: str, result: str, received_on: date, expected: int, actor: Actor
) -> Dispute:
    """The outcome was received; one that turns the decision changes the case as well.

    Raises NothingOpen, StaleEdition, StepRefused, InvalidAct.
    """
    with writing() as unit:
        found = (
            Dispute.objects.select_for_update()
            .filter(case=case, kind=kind, decided_on=None)
            .order_by("filed_on")
            .last()
        )
        if found is None or received_on < found.filed_on:
            raise NothingOpen(gettext("没有等待结果的同类复议诉讼，或者收到日期早于提起日期。请核对。"))
        act = record(case, f"{kind}_decided", received_on, {"result": result, "note": TOLD}, expected, actor)
        if result in TURNED:
            record(case, "decision_changed", received_on, {"result": result, "note": TOLD}, act.seq, actor)
        found.result, found.decided_on = result, received_on
        found.version += 1
        unit.log(type="dispute_decided", actor=actor, agency=case.organ_id, rows=[found])
        found.save()
    return found


def record(case: Case, kind: str, on: date, keys: dict[str, Any], expected: int, actor: Actor) -> Act:
    """An act from outside, of which only the day is known; on one day with others it follows them."""
    day = datetime.combine(on, time(), clock.SHANGHAI)
    same = Act.objects.filter(case=case, at__gte=day, at__lt=datetime.combine(on, time.max, clock.SHANGHAI))
    last = same.order_by("-at").values_list("at", flat=True).first()
    at = (last or day).astimezone(clock.SHANGHAI)
    late = on < clock.today() or Act.objects.filter(case=case, at__gt=at).exists()
    event = {"at": at.isoformat(), "kind": kind, "by": [], **keys}
    return record_act(
        case_no=case.no, event=event, actor=actor, expected=expected, entered_late=late, date_only=at == day
    )
