"""Carrying out a plan: one unit of writing, all or nothing, every row with its ledger entry before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import models

from yifa.casework.cases.actions import History, change_head, record_histories
from yifa.casework.cases.models import Act, Case
from yifa.casework.process_record.models import RecordingLink
from yifa.casework.remedies.models import Dispute
from yifa.fieldwork.campaigns.models import Campaign
from yifa.fieldwork.inspections.models import Inspection, Visit
from yifa.fieldwork.recordings.models import Recording
from yifa.intake.workbook.caseplan import CasePlan
from yifa.intake.workbook.models import ActRow
from yifa.intake.workbook.plan import Plan
from yifa.intake.workbook.registers import MODELS, Compared, apply, build, compare
from yifa.intake.workbook.sheets import BY_NAME
from yifa.ledger.actions import Actor, Unit
from yifa.openness.publicity.models import Posting
from yifa.registry.organs.models import Organ
from yifa.registry.people.actions import index_people
from yifa.registry.people.models import Person

CHUNK = 500
CASES_AT_ONCE = 200
FLUSH_AT = 2000
Progress = Callable[[int, int], None]


class ChangedMeanwhile(Exception):
    """Somebody recorded acts between checking and writing; nothing was written, the import can be repeated."""


class Writer:
    """Applies one plan inside the unit given."""

    def __init__(self, plan: Plan, organ: Organ, actor: Actor, unit: Unit, progress: Progress | None) -> None:
        self.plan, self.organ, self.actor, self.unit, self.progress = plan, organ, actor, unit, progress
        self.written = 0
        self.ids: dict[str, dict[str, int]] = {}

    def write(self) -> None:
        for name in MODELS:
            rows = self.plan.gathered.registers.get(name)
            if name in ("移交", "检查") or "campaign" not in self.ids:
                self.ids["campaign"] = ids_of(Campaign, self.organ, "code")
            if name != "人员" and "person" not in self.ids:
                self.ids["person"] = ids_of(Person, self.organ, "staff_no")
            if rows:
                self.write_register(
                    name, compare(name, self.organ, rows, self.plan.gathered.readers[name].letters)
                )
        self.write_cases()

    def log(self, type: str, rows: Sequence[models.Model], **more: Any) -> None:
        self.unit.log(type=type, actor=self.actor, agency=self.organ.code, rows=rows, **more)

    def write_register(self, sheet: str, compared: Iterator[Compared]) -> None:
        remaining = (one for one in compared if one.status != "same")
        while chunk := list(islice(remaining, CHUNK)):
            new, changed = [], []
            for one in chunk:
                if one.status == "new":
                    new.append(build(sheet, self.organ, one.values, self.ids))
                else:
                    apply(sheet, one.stored, one.values, self.ids)
                    changed.append(one.stored)
            self.save(MODELS[sheet], new, changed, columns(sheet))
            if sheet == "检查":
                self.write_visits([*new, *changed], changed)

    def save(
        self, model: type[models.Model], new: list[Any], changed: list[Any], fields: Iterable[str]
    ) -> None:
        """Log, then store. Logging makes the salts that are saved with the rows."""
        for row in new:
            self.log("register_row_entered", [row], reason_code="workbook")
        for row in changed:
            row.version += 1
            self.log("register_row_changed", [row], reason_code="workbook")
        model._base_manager.bulk_create(new, batch_size=CHUNK)
        if changed:
            model._base_manager.bulk_update(changed, [*fields, "version", "salts"], batch_size=100)
        if model is Person:
            index_people([*new, *changed])

    def write_visits(self, inspections: list[Inspection], changed: list[Inspection]) -> None:
        Visit.objects.filter(inspection__in=[one.pk for one in changed]).delete()
        people = self.ids["person"]
        Visit.objects.bulk_create(
            [
                Visit(inspection=one, person_id=people[number])
                for one in inspections for number in one.officers.split("|") if number
            ],
            batch_size=CHUNK,
        )  # fmt: skip

    def write_cases(self) -> None:
        plans = self.plan.case_plans()
        while chunk := list(islice(plans, CASES_AT_ONCE)):
            self.require_unchanged(chunk)
            for plan in chunk:
                if plan.exists and plan.head_status == "changed":
                    case_no = self.case_no[plan.number]
                    change_head(case_no=case_no, head=plan.head, town=plan.town, actor=self.actor)
            added = [plan for plan in chunk if plan.adds]
            record_histories(
                organ=self.organ,
                histories=[history(plan) for plan in added],
                actor=self.actor,
                progress=self.count,
            )
            self.write_beside(chunk)
            if len(self.unit.pending) >= FLUSH_AT:
                self.unit.flush()

    def count(self, acts: int) -> None:
        self.written += acts
        if self.progress:
            self.progress(min(self.written, self.plan.new_acts), self.plan.new_acts)

    def require_unchanged(self, chunk: list[CasePlan]) -> None:
        numbers = [plan.number for plan in chunk]
        found = {case.number: case for case in Case.objects.filter(organ=self.organ, number__in=numbers)}
        self.case_no = {number: case.no for number, case in found.items()}
        for plan in chunk:
            stored = found.get(plan.number)
            if (stored is not None) != plan.exists or (stored is not None and stored.act_count != plan.seen):
                raise ChangedMeanwhile(f"案件 {plan.number} 在核对之后有了新的办理记录，没有导入；请重新导入")

    def write_beside(self, chunk: list[CasePlan]) -> None:
        """Register rows of the same facts as the acts just recorded: postings, disputes, links, act rows."""
        numbers = [plan.number for plan in chunk]
        cases = {case.number: case for case in Case.objects.filter(organ=self.organ, number__in=numbers)}
        ActRow.objects.bulk_create(
            [
                ActRow(organ=self.organ, case_number=plan.number, ordinal=ordinal, seq=seq, digest=digest)
                for plan in chunk for ordinal, seq, digest in plan.act_rows
            ],
            batch_size=CHUNK,
        )  # fmt: skip
        self.write_postings(chunk, cases)
        self.write_disputes(chunk, cases)
        self.write_links(chunk, cases)

    def write_postings(self, chunk: list[CasePlan], cases: Mapping[str, Case]) -> None:
        wanted = [(cases[plan.number], *row) for plan in chunk for row in plan.postings]
        found = Posting.objects.filter(case__in=[case.no for case, *_ in wanted])
        stored = {(posting.case_id, posting.channel): posting for posting in found}
        new, changed = [], []
        for case, channel, on, receipt in wanted:
            posting = stored.get((case.no, channel))
            if posting is None:
                new.append(
                    Posting(
                        organ=self.organ,
                        case=case,
                        channel=channel,
                        on=date.fromisoformat(on),
                        receipt_no=receipt,
                    )
                )
            else:
                posting.receipt_no = receipt
                changed.append(posting)
        self.save(Posting, new, changed, ["receipt_no"])

    def write_disputes(self, chunk: list[CasePlan], cases: Mapping[str, Case]) -> None:
        wanted = [(cases[plan.number], *row) for plan in chunk for row in plan.disputes]
        found = Dispute.objects.filter(case__in=[case.no for case, *_ in wanted])
        stored = {(one.case_id, one.kind, one.filed_on): one for one in found}
        new, changed = [], []
        for case, kind, filed, result, decided in wanted:
            filed_on, decided_on = date.fromisoformat(filed), date.fromisoformat(decided) if decided else None
            dispute = stored.get((case.no, kind, filed_on))
            if dispute is None:
                dispute = Dispute(organ=self.organ, case=case, kind=kind, filed_on=filed_on)
                new.append(dispute)
            else:
                changed.append(dispute)
            dispute.result, dispute.decided_on = result, decided_on
        self.save(Dispute, new, changed, ["result", "decided_on"])

    def write_links(self, chunk: list[CasePlan], cases: Mapping[str, Case]) -> None:
        wanted = [(cases[plan.number].no, number, seq) for plan in chunk for number, seq in plan.links]
        if not wanted:
            return
        numbers = [number for _, number, _ in wanted]
        recordings = {
            one.number: one
            for start in range(0, len(numbers), CHUNK)
            for one in Recording.objects.filter(organ=self.organ, number__in=numbers[start : start + CHUNK])
        }
        found = Act.objects.filter(case__in={case_no for case_no, _, _ in wanted}, kind="recording_linked")
        acts = {(act.case_id, act.seq): act for act in found}
        new = [
            RecordingLink(organ=self.organ, recording=recordings[number], act=acts[case_no, seq])
            for case_no, number, seq in wanted
        ]
        for link in new:
            self.log("recording_linked_to_act", [link], reason_code="workbook")
        RecordingLink.objects.bulk_create(new, batch_size=CHUNK)


def columns(sheet: str) -> list[str]:
    """Field names of the columns of a register; the natural key never changes."""
    return [column.key for column in BY_NAME[sheet].columns if not column.natural]


def ids_of(model: type[models.Model], organ: Organ, code: str) -> dict[str, int]:
    return dict(model._base_manager.filter(organ=organ).values_list(code, "pk"))


def history(plan: CasePlan) -> History:
    return History(head=plan.head, events=plan.events, town=plan.town, date_only=frozenset(plan.bare))
