"""Files of evidence by night: hash again what was not for ninety days, sweep out what nothing refers to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yifa.casework.evidence.actions import compare
from yifa.casework.evidence.models import EvidenceFile
from yifa.casework.evidence.queries import orphans
from yifa.casework.evidence.receiving import expire
from yifa.casework.evidence.store import store
from yifa.jobs.actions import enqueue
from yifa.jobs.kinds import Result, job_kind
from yifa.jobs.progress import Progress
from yifa.jobs.schedules import register_schedule
from yifa.ledger import clock
from yifa.registry.organs.models import Organ

FIXITY = "check_evidence_files"
AGAIN_AFTER = timedelta(days=90)
ORPHAN_AFTER = timedelta(days=7)
AT_ONCE = 5000


@job_kind(FIXITY, title="核对证据文件", cancellable=True, by_item=True, alone=True)
def check_evidence_files(arguments: Mapping[str, Any], progress: Progress) -> Result:
    """The files of the organ longest not compared; `only`: these (`case/serial`). One that is lost fails the job's item."""
    due = Q(checked_at=None) | Q(checked_at__lt=clock.now() - AGAIN_AFTER)
    rows = EvidenceFile.objects.filter(organ_id=progress.organ_code)
    only = arguments.get("only")
    found = (
        [one for one in rows if str(one) in only]
        if only
        else list(rows.filter(due).order_by("checked_at", "pk")[:AT_ONCE])
    )
    for done, file in enumerate(found):
        progress(done, len(found), "个")
        wrong = compare(file)
        if wrong:
            progress.failed(str(file), wrong)
    progress(len(found), len(found), "个")
    return Result(f"已核对 {len(found)} 个证据文件。")


def sweep_store() -> int:
    """Bytes no row refers to go after seven days; an upload that broke off, too. Real time: files bear no other."""
    keeper, before = store(), (timezone.now() - ORPHAN_AFTER).timestamp()
    keeper.drop_left_behind(before)
    return sum(keeper.remove(sha256, before) for sha256, _ in orphans(before))


def every_night() -> None:
    expire()
    sweep_store()
    for organ in Organ.objects.order_by("code"):
        enqueue(kind=FIXITY, organ=organ, asked_by="")


register_schedule(FIXITY, every_night, at_hour=1)
