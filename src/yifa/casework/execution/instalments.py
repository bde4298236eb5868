"""The plan of instalments of a case: entered once beside the approval, matched with the payments since. APL art. 66."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import require_unarchived
from yifa.casework.execution.errors import PlanRefused
from yifa.casework.execution.models import InstalmentDue
from yifa.casework.execution.queries import execution_of
from yifa.law.execution.instalments import DEFAULT, Instalment, InstalmentState, faults, matched
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing

KIND = "deferral_approved"
NOT_APPROVED = "还没有批准暂缓或者分期缴纳。请先由负责人批准，再填写分期。"
ENTERED = "这次批准的分期已经填写。改变分期的，当事人再次申请，另行批准。"


@dataclass(frozen=True)
class Plan:
    """`approval`: the act it stands beside, None where none was approved; `rows` are empty where it is one day only."""

    approval: Act | None
    rows: list[InstalmentState]
    owed_fen: int

    @property
    def open(self) -> bool:
        return self.approval is not None and not self.rows and self.owed_fen > 0

    @property
    def defaults(self) -> list[InstalmentState]:
        return [one for one in self.rows if one.state == DEFAULT]

    @property
    def next(self) -> InstalmentState | None:
        return next((one for one in self.rows if one.settled_on is None), None)


def plan_of(case: Case, acts: list[Act], owed_fen: int, day: date) -> Plan:
    """The plan of the last approval as of a day. One query."""
    approval = last_approval(acts)
    if approval is None:
        return Plan(None, [], owed_fen)
    found = list(InstalmentDue.objects.filter(case=case, act_seq=approval.seq))
    # what was recorded before the plan was taken off what it adds up to
    paid = [
        (local(act), int(act.get("amount_fen") or 0))
        for act in acts
        if act.kind == "fine_collected" and found and act.recorded_at > found[0].entered_at
    ]
    return Plan(
        approval, matched([Instalment(one.due_on, one.amount_fen) for one in found], paid, day), owed_fen
    )


def last_approval(acts: list[Act]) -> Act | None:
    return next((one for one in reversed(acts) if one.kind == KIND), None)


def local(act: Act) -> date:
    return act.at.astimezone(clock.SHANGHAI).date()


def enter_plan(*, case: Case, plan: list[Instalment], by: str, actor: Actor) -> list[InstalmentDue]:
    """The schedule of the last approval, an entry of the log for each instalment. Raises PlanRefused, CaseArchived."""
    with writing() as unit:
        Case.objects.select_for_update().filter(pk=case.pk).values_list("pk").get()
        require_unarchived(case.pk)
        at = clock.now()
        found = execution_of(case, at)
        approval = last_approval(list(found.acts))
        if approval is None or found.now is None:
            raise PlanRefused([NOT_APPROVED])
        if InstalmentDue.objects.filter(case=case, act_seq=approval.seq).exists():
            raise PlanRefused([ENTERED])
        wrong = faults(
            plan, approved_on=local(approval), last_on=date.fromisoformat(approval.get("due_on")),
            owed_fen=found.now.owed_fen,
        )  # fmt: skip
        if wrong:
            raise PlanRefused(wrong)
        rows = [
            InstalmentDue(
                organ_id=case.organ_id, case=case, act_seq=approval.seq, serial=serial, due_on=one.due_on,
                amount_fen=one.amount_fen, entered_by=by, entered_at=at,
            )
            for serial, one in enumerate(plan, start=1)
        ]  # fmt: skip
        for row in rows:
            unit.log(type="instalment_entered", actor=actor, agency=case.organ_id, rows=[row])
            row.save(force_insert=True)
    return rows
