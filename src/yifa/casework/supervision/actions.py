"""The only ways to change a follow-up: order, answer, ask again, close; each with its ledger entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import RECUSED, recused
from yifa.casework.supervision.errors import AlreadyHandled, NotPermitted
from yifa.casework.supervision.models import (
    ANSWERED,
    CLOSED,
    OPEN,
    STATES,
    SupervisedHandling,
    SupervisedStep,
)
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.repeated import require_not_repeated

Person = Mapping[str, Any]


def order(
    *, case_no: str, to: str, due_on: date, words: str, person: Person, actor: Actor, again: str = ""
) -> SupervisedHandling:
    """A head asks for something in a case. Raises UnknownCase, NotPermitted, Repeated."""
    with writing() as unit:
        case = Case.objects.select_for_update(of=("self",)).filter(no=case_no).first()
        if case is None:
            raise UnknownCase(gettext("没有案件 %(case_no)s") % {"case_no": case_no})
        require_head(person, case)
        if to in recused_in(case):
            raise NotPermitted("被督办的人员已经回避本案，请另选人员。")
        serial = SupervisedHandling.objects.filter(case=case).count() + 1
        made = SupervisedHandling(
            organ_id=case.organ_id, no=f"{case.no}-D{serial}", case=case, serial=serial, ordered_by=person["id"],
            ordered_to=to, ordered_at=clock.now(), due_on=due_on,
        )  # fmt: skip
        newest = SupervisedHandling.objects.filter(case=case).order_by("serial").last()
        if newest is not None and newest.steps.filter(serial=1, words=words).exists():
            require_not_repeated(made, newest, written="ordered_at", again=again)
        write(unit, made, "ordered", person["id"], words, actor, due_on=due_on, new=True)
    return made


def answer(*, no: str, words: str, person: Person, actor: Actor) -> SupervisedHandling:
    """Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        found = locked(no, OPEN)
        if person["id"] != found.ordered_to:
            raise NotPermitted("督办由被督办的人员本人登录答复。")
        found.state, found.answered_at = ANSWERED, clock.now()
        write(unit, found, "answered", person["id"], words, actor)
    return found


def ask_again(*, no: str, words: str, due_on: date, person: Person, actor: Actor) -> SupervisedHandling:
    """Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        found = locked(no, ANSWERED)
        require_head(person, found.case)
        found.state, found.answered_at, found.due_on = OPEN, None, due_on
        write(unit, found, "asked_again", person["id"], words, actor, due_on=due_on)
    return found


def close(*, no: str, words: str, person: Person, actor: Actor) -> SupervisedHandling:
    """Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        found = locked(no, OPEN, ANSWERED)
        require_head(person, found.case)
        found.state, found.closed_at = CLOSED, clock.now()
        write(unit, found, "closed", person["id"], words, actor)
    return found


def require_head(person: Person, case: Case) -> None:
    if "head" not in person["roles"]:
        raise NotPermitted("督办由负责人下达、继续和办结，须本人登录。")
    if person["id"] in recused_in(case):
        raise NotPermitted(RECUSED)


def recused_in(case: Case) -> set[str]:
    return recused(case.acts.filter(kind="recusal_decided"))


def locked(no: str, *states: str) -> SupervisedHandling:
    found = SupervisedHandling.objects.select_for_update().get(no=no)
    if found.state not in states:
        raise AlreadyHandled(
            gettext("这件督办现在是“%(state)s”，没有再次办理。您填写的内容没有记录，请看经过。")
            % {"state": gettext(STATES[found.state])}
        )
    return found


def write(
    unit: Unit, found: SupervisedHandling, step: str, by: str, words: str, actor: Actor, *,
    due_on: date | None = None, new: bool = False,
) -> None:  # fmt: skip
    """One exchange with its ledger entry `supervised_<step>`, and the order as it now stands."""
    serial = 1 if new else SupervisedStep.objects.filter(order_id=found.no).count() + 1
    row = SupervisedStep(
        organ_id=found.organ_id, order=found, serial=serial, step=step, by=by, at=clock.now(), due_on=due_on,
        words=words,
    )  # fmt: skip
    if not new:
        found.version += 1
    unit.log(type=f"supervised_{step}", actor=actor, agency=found.organ_id, rows=[found, row])
    found.save(force_insert=new)
    row.save(force_insert=True)
