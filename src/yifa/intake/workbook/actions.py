"""Taking a workbook in (导入台账): the doorway of this room, for the command line and the browser alike."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from yifa.fieldwork.campaigns.models import Campaign
from yifa.intake.workbook.archive import NotAWorkbook
from yifa.intake.workbook.gathering import gather
from yifa.intake.workbook.models import WorkbookImport
from yifa.intake.workbook.outcome import STATUSES, Outcome
from yifa.intake.workbook.plan import Plan, make_plan, stored_findings
from yifa.intake.workbook.reader import Known
from yifa.intake.workbook.write import ChangedMeanwhile, Writer
from yifa.law.packs import pack
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.registry.organs.actions import found_organ
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

__all__ = [
    "AnswerChanged", "ChangedMeanwhile", "NotAWorkbook", "Outcome", "UnknownImporter", "organ_to_found", "take_in",
    "take_in_file",
]  # fmt: skip


class AnswerChanged(Exception):
    """What the workbook would do is no longer what was shown; `outcome` is what it would do now. Nothing was written."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(
            "核对之后登记簿有了变化，这份台账现在的结果与核对时不同，没有导入。请看新的核对结果，再确认一次"
        )


class UnknownImporter(LookupError):
    """The person who is said to import is nobody of the organ."""


def organ_to_found(territory: str) -> Organ:
    """The organ an empty installation would get from the pack of `territory`, unsaved. Raises LookupError."""
    law = pack(territory)
    if not law.organ:
        raise LookupError(f"{territory} 没有可用的机关设置")
    return Organ(
        code=law.organ["code"],
        name=law.organ["name"],
        document_prefix=law.organ["document_prefix"],
        territory=territory,
        demo=law.demo,
    )


def take_in(
    *,
    path: Path,
    organ: Organ,
    actor: Actor,
    staff_no: str = "",
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
    expected: Mapping[str, Any] | None = None,
    file_name: str = "",
) -> Outcome:
    """Import the workbook at `path`, all or nothing; `progress(done, total)` counts acts.

    An unsaved `organ` (see organ_to_found) is founded first, in the same transaction. `staff_no`: who imports, who
    must be in the register or in the workbook. `expected`: the answer of a dry run that must still hold, else
    AnswerChanged is raised. `file_name`: what to remember the file as. Raises NotAWorkbook, UnknownImporter, ChangedMeanwhile; then, as
    with problems in the outcome or with `dry_run`, nothing was written.
    """
    known = known_to(organ)
    gathered = gather(path, known, pack(organ.territory), organ.territory)
    if staff_no and staff_no not in known.people:
        raise UnknownImporter(f"--as：人员登记和台账的人员表中都没有工号 {staff_no}")
    plan = make_plan(gathered, organ, with_findings=dry_run or expected is not None)
    if expected is not None:
        require_same(plan, expected)
    if gathered.problems.found:
        return Outcome(problems=in_order(plan), dry_run=dry_run)
    if dry_run or not (plan.changes or organ._state.adding):
        return answer(plan, dry_run=dry_run)
    gc.collect()
    with writing() as unit:
        if organ._state.adding:
            plan.organ = organ = found_organ(territory=organ.territory, actor=actor)
        Writer(plan, organ, actor, unit, progress).write()
        outcome = answer(plan, dry_run=False)
        if plan.changes:
            remember(path, file_name or path.name, organ, actor, unit, outcome)
    return outcome


def require_same(plan: Plan, expected: Mapping[str, Any]) -> None:
    """Raises AnswerChanged where the plan no longer gives the answer a dry run gave."""
    if plan.gathered.problems.found:
        raise AnswerChanged(Outcome(problems=in_order(plan), dry_run=True))
    found = answer(plan, dry_run=True)
    if found.as_json() != expected:
        raise AnswerChanged(found)


def take_in_file(
    path: Path,
    organ: Organ,
    actor: Actor,
    progress: Callable[[int, int], None] | None = None,
    *,
    expected: Mapping[str, Any],
    file_name: str,
) -> Outcome:
    """Import a file that was checked before: the doorway for a page or a background job. Raises as take_in does."""
    return take_in(
        path=path, organ=organ, actor=actor, progress=progress, expected=expected, file_name=file_name
    )


def known_to(organ: Organ) -> Known:
    if organ._state.adding:
        return Known(set(), set())
    people = Person.objects.filter(organ=organ).values_list("staff_no", flat=True)
    campaigns = Campaign.objects.filter(organ=organ).values_list("code", flat=True)
    return Known(set(people), set(campaigns))


def in_order(plan: Plan) -> list:
    """Problems sheet by sheet, row by row."""
    sheets = {name: place for place, name in enumerate(plan.gathered.readers)}

    def place(problem) -> tuple[int, int]:  # noqa: ANN001
        digits = "".join(char for char in problem.cell if char.isdigit())
        return sheets.get(problem.sheet, -1), int(digits or 0)

    return sorted(plan.gathered.problems.found, key=place)


def answer(plan: Plan, *, dry_run: bool) -> Outcome:
    imported = {name: {status: count[status] for status in STATUSES} for name, count in plan.counts.items()}
    findings = plan.findings if dry_run else stored_findings(plan.organ, list(plan.gathered.cases))
    return Outcome(
        imported=imported,
        findings=dict(sorted(findings.items())),
        unlinked_recordings=plan.unlinked,
        changed=plan.changes,
        dry_run=dry_run,
    )


def remember(path: Path, file_name: str, organ: Organ, actor: Actor, unit: Unit, outcome: Outcome) -> None:
    """One row for the import, and one entry with the digest of the file."""
    digest = sha256_of(path)
    unit.log(type="workbook_imported", actor=actor, agency=organ.code, rows=[organ], doc_hashes=[digest])
    WorkbookImport.objects.create(
        organ=organ,
        file_name=file_name[:300],
        sha256=digest,
        imported_at=clock.now(),
        imported_by=actor.id,
        summary=outcome.as_json(),
    )


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
