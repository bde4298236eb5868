"""Importing a workbook behind the scenes: what takes longer than one would wait for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yifa.intake.workbook.actions import AnswerChanged, ChangedMeanwhile
from yifa.intake.workbook.models import Upload
from yifa.intake.workbook.uploads import FileGone, confirm
from yifa.jobs.actions import enqueue
from yifa.jobs.errors import JobRefused
from yifa.jobs.kinds import Result, job_kind
from yifa.jobs.models import Job
from yifa.jobs.progress import Progress
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ

IMPORT = "import_workbook"
AT_ONCE = 500
"""Up to so many new or changed rows are imported while the browser waits: about a second."""


def rows_to_write(upload: Upload) -> int:
    return sum(one["new"] + one["changed"] for one in upload.answer["imported"].values())


def import_later(upload: Upload, organ: Organ, actor: Actor, asked_by: str) -> Job:
    """Ask for the import of a checked file; asked twice it is one job."""
    arguments = {"upload": upload.pk, "actor": actor.id, "role": actor.role}
    return enqueue(
        kind=IMPORT, organ=organ, asked_by=asked_by, arguments=arguments, title=f"导入台账：{upload.file_name}"[:200],
        key=f"import:{upload.pk}:{upload.sha256[:12]}",
    )  # fmt: skip


@job_kind(IMPORT, title="导入台账", alone=True)
def import_workbook(arguments: Mapping[str, Any], progress: Progress) -> Result:
    """The file as it was checked, in one transaction; run again after a kill it finds what was done. Raises JobRefused."""
    upload = Upload.objects.select_related("organ").get(organ_id=progress.organ_code, pk=arguments["upload"])
    link = reverse("import", args=[upload.pk])
    if upload.imported_at:
        return Result(f"“{upload.file_name}”已经导入。", link)
    actor = Actor(arguments["actor"], role=arguments["role"], organ=upload.organ_id)
    try:
        confirm(upload, upload.organ, actor, lambda done, total: progress(done, total, "条"))
    except (AnswerChanged, ChangedMeanwhile, FileGone) as error:
        raise JobRefused(f"{error}。请打开这次上传重新核对") from error
    return Result(f"“{upload.file_name}”已导入 {rows_to_write(upload)} 行。", link)
