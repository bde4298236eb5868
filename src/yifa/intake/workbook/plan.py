"""What an import would do, worked out before the transaction: nothing here writes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Count

from yifa.casework.cases.models import CaseFinding
from yifa.intake.workbook.caseplan import CasePlan, CasePlanner, Counts
from yifa.intake.workbook.columns import Sheet
from yifa.intake.workbook.gathering import Gathered
from yifa.intake.workbook.lawful import Complaints, judge, record_of
from yifa.intake.workbook.registers import apply, compare
from yifa.intake.workbook.sheets import BY_NAME
from yifa.intake.workbook.stored import linked_recordings, load
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.registry.people.queries import as_record

CHUNK = 200
LINK_FACTS = {"case_number", "step", "device", "officers", "started_at", "seconds", "retention"}


@dataclass
class Plan:
    """The import as planned. Cases that change are kept as packed JSON of CasePlan."""

    organ: Organ
    gathered: Gathered
    counts: Counts
    cases: list[bytes] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)
    unlinked: int = 0
    new_acts: int = 0

    def case_plans(self) -> Iterator[CasePlan]:
        for packed in self.cases:
            yield CasePlan(**json.loads(packed))

    @property
    def changes(self) -> bool:
        return any(count["new"] + count["changed"] for count in self.counts.values()) or bool(self.cases)


def make_plan(gathered: Gathered, organ: Organ, *, with_findings: bool) -> Plan:
    """Compare the workbook with the registers; complete `gathered.problems`. `organ` may be unsaved (founded later)."""
    plan = Plan(organ, gathered, {name: Counter() for name in BY_NAME if name in gathered.readers})
    plan_registers(plan)
    plan_cases(plan, with_findings)
    refuse_changed_recordings(plan)
    return plan


def plan_registers(plan: Plan) -> None:
    for name, rows in plan.gathered.registers.items():
        for compared in compare(name, plan.organ, rows, plan.gathered.readers[name].letters):
            plan.counts[name][compared.status] += 1


def staff_after(plan: Plan) -> dict[str, dict[str, Any]]:
    """Everyone as the register will have them once the workbook is in."""
    people = (
        {} if plan.organ._state.adding else {p.staff_no: p for p in Person.objects.filter(organ=plan.organ)}
    )
    rows = plan.gathered.registers.get("人员", [])
    if rows:
        for compared in compare("人员", plan.organ, rows, plan.gathered.readers["人员"].letters):
            number = compared.row.values["staff_no"]
            person = people.setdefault(number, Person(organ=plan.organ, staff_no=number))
            apply("人员", person, compared.values, {})
    return {number: as_record(people[number]) for number in sorted(people)}


def plan_cases(plan: Plan, with_findings: bool) -> None:
    gathered = plan.gathered
    staff = staff_after(plan)
    planner = CasePlanner(gathered.readers, gathered.problems, plan.counts)
    complaints = Complaints(gathered.readers, gathered.problems)
    numbers = iter(list(gathered.cases))
    while chunk := list(islice(numbers, CHUNK)):
        recordings = [row.values["number"] for number in chunk for row in gathered.cases[number].recordings]
        stored = load(plan.organ, chunk, recordings)
        unchanged = []
        for number in chunk:
            rows = gathered.cases[number]
            if rows.head is None and stored[number].case is None:
                complain_unknown(gathered, number)
                continue
            case, items = planner.plan(number, rows, stored[number])
            if not case.changes:
                unchanged.append(case)
                continue
            record, order = record_of(case, plan.organ, staff)
            lines = judge(record, plan.findings if with_findings else None)
            complaints.add(lines, case, items, order, rows)
            plan.new_acts += len(case.events) - case.seen
            plan.cases.append(json.dumps(asdict(case), ensure_ascii=False, separators=(",", ":")).encode())
            gathered.cases[number].acts = []
        if with_findings:
            plan.findings.update(stored_findings(plan.organ, [case.number for case in unchanged]))
    plan.unlinked = planner.unlinked


def stored_findings(organ: Organ, numbers: list[str]) -> dict[str, int]:
    """Rule → how many of these cases have it, as stored."""
    total: Counter[str] = Counter()
    for start in range(0, len(numbers), CHUNK):
        found = CaseFinding.objects.filter(organ=organ, case__number__in=numbers[start : start + CHUNK])
        for rule, cases in found.values_list("rule").annotate(n=Count("case", distinct=True)):
            total[rule] += cases
    return total


def complain_unknown(gathered: Gathered, number: str) -> None:
    """Acts, postings, disputes and recordings of a case nobody knows; a case that is only unusable is named once."""
    if number in gathered.unusable_cases:
        return
    rows = gathered.cases[number]
    message = f"没有案号 {number}；允许案件表中的或者已经登记的案号"
    acts = [json.loads(packed)[3] for packed in rows.acts]
    for sheet, numbers in (
        ("办案记录", acts), ("公示报送", [row.number for row in rows.postings]),
        ("复议诉讼", [row.number for row in rows.disputes]), ("执法记录", [row.number for row in rows.recordings]),
    ):  # fmt: skip
        for row in numbers:
            key = "case_number" if sheet == "执法记录" else "number"
            gathered.readers[sheet].complain(row, key, "unknown_case", message)


def refuse_changed_recordings(plan: Plan) -> None:
    """A recording already tied to an act keeps the facts that act states."""
    rows = plan.gathered.registers.get("执法记录", [])
    reader = plan.gathered.readers.get("执法记录")
    if reader is None or plan.organ._state.adding:
        return
    sheet: Sheet = reader.sheet
    changed = [c for c in compare("执法记录", plan.organ, rows, reader.letters) if c.status == "changed"]
    linked: set[str] = set()
    for start in range(0, len(changed), CHUNK):
        numbers = [c.row.values["number"] for c in changed[start : start + CHUNK]]
        linked |= {recording.number for recording in linked_recordings(plan.organ, numbers)}
    for compared in changed:
        facts = [key for key in compared.values if key in LINK_FACTS]
        if compared.row.values["number"] in linked and facts:
            reader.complain(
                compared.row.number,
                facts[0],
                "linked_recording_changed",
                f"{compared.row.values['number']} 已关联到办案记录，不能改动 {sheet.headers(tuple(facts))}",
            )
