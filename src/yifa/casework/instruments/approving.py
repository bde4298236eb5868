"""Submit a paper, approve it, return or withdraw it: each round is kept, each step has its ledger entry. APL art. 57, 58.

Whoever drafted a paper does not approve it: neither who began or submitted it, nor whose log-in changed it.
"""

from __future__ import annotations

from django.utils.translation import gettext

from yifa.casework.cases.permissions import WHOSE
from yifa.casework.instruments.actions import complete, fix_now, locked
from yifa.casework.instruments.errors import NotPermitted, WrongState
from yifa.casework.instruments.models import (
    APPROVED,
    DRAFT,
    RETURNED,
    SUBMITTED,
    WAITING,
    WITHDRAWN,
    Instrument,
    InstrumentApproval,
)
from yifa.casework.instruments.permissions import Person, check_not_recused
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.queries import events_about

NOT_NEEDED = "这件文书不须另行审批，请直接定稿取号。"
NOT_SUBMITTED = "只有送审的人可以撤回。"
WRITTEN = ("instrument_begun", "instrument_changed", "instrument_submitted")


def submit(*, no: str, by: str, actor: Actor) -> Instrument:
    """Before whoever must approve it; nothing is changed meanwhile. Raises WrongState, Incomplete."""
    with writing() as unit:
        found = locked(no, DRAFT)
        need = complete(found).need
        if need is None:
            raise WrongState(NOT_NEEDED)
        serial = InstrumentApproval.objects.filter(instrument=found).count() + 1
        made = InstrumentApproval(
            organ_id=found.organ_id, instrument=found, serial=serial, role=need.by, submitted_by=by, submitted_at=clock.now()
        )  # fmt: skip
        found.state = SUBMITTED
        found.version += 1
        unit.log(type="instrument_submitted", actor=actor, agency=found.organ_id, rows=[found, made])
        found.save()
        made.save(force_insert=True)
    return found


def approve(*, no: str, person: Person, actor: Actor) -> Instrument:
    """The approval: from here on only the seal is missing. Raises WrongState, Incomplete, NotPermitted."""
    with writing() as unit:
        found = locked(no, SUBMITTED)
        row = waiting(found)
        check_can_approve(person, found, row, actor)
        read = complete(found)
        end(unit, row, APPROVED, (person or {})["id"], "", actor)
        fix_now(unit, found, read, actor, row.decided_at)
    return found


def send_back(*, no: str, person: Person, reason: str, actor: Actor) -> Instrument:
    """Back to who submitted it, with the reason. Raises WrongState, NotPermitted."""
    with writing() as unit:
        found = locked(no, SUBMITTED)
        row = waiting(found)
        check_can_approve(person, found, row, actor)
        return drafted_again(unit, found, row, RETURNED, (person or {})["id"], reason, actor)


def withdraw(*, no: str, person: Person, actor: Actor) -> Instrument:
    """Back to the draft before anybody decided. Raises WrongState, NotPermitted."""
    with writing() as unit:
        found = locked(no, SUBMITTED)
        row = waiting(found)
        if person is None or row.submitted_by != person["id"]:
            raise NotPermitted(NOT_SUBMITTED)
        return drafted_again(unit, found, row, WITHDRAWN, person["id"], "", actor)


def drafted_again(
    unit: Unit, found: Instrument, row: InstrumentApproval, state: str, by: str, reason: str, actor: Actor
) -> Instrument:
    end(unit, row, state, by, reason, actor)
    found.state = DRAFT
    found.version += 1
    unit.log(type="instrument_drafted_again", actor=actor, agency=found.organ_id, rows=[found])
    found.save()
    return found


def end(unit: Unit, row: InstrumentApproval, state: str, by: str, reason: str, actor: Actor) -> None:
    row.state, row.decided_by, row.decided_at, row.reason = state, by, clock.now(), reason
    row.version += 1
    unit.log(type=f"instrument_approval_{state}", actor=actor, agency=row.organ_id, rows=[row])
    row.save()


def waiting(found: Instrument) -> InstrumentApproval:
    """The open round. Raises WrongState where there is none."""
    row = InstrumentApproval.objects.filter(instrument=found, state=WAITING).first()
    if row is None:
        raise WrongState("这件文书没有在审批。")
    return row


def check_can_approve(person: Person, found: Instrument, row: InstrumentApproval, actor: Actor) -> None:
    """Raises NotPermitted: another role, or who had a hand in the draft."""
    whose = {"whose": gettext(WHOSE[row.role])}
    if person is None or row.role not in person["roles"]:
        raise NotPermitted(gettext("这件文书由%(whose)s本人登录审批。") % whose)
    check_not_recused(person, found.case)
    if person["id"] in (found.made_by, row.submitted_by) or actor.id in writers(found):
        raise NotPermitted(
            gettext("文书由您起草或者送审，不能由您本人审批。请其他%(whose)s登录办理。") % whose
        )


def writers(found: Instrument) -> set[str]:
    """The log-ins that began, changed or submitted the paper, as the log says."""
    entries = events_about(f"instrument:{found.no}")
    return {entry.body["actor"] for entry in entries if entry.body["type"] in WRITTEN}
