"""Every night the log and every bound row, whole: what does not agree makes the installation read-only and fails the job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yifa.jobs.actions import enqueue
from yifa.jobs.kinds import Result, job_kind
from yifa.jobs.progress import Progress
from yifa.jobs.schedules import register_schedule
from yifa.ledger import mode
from yifa.ledger.verify import every_table
from yifa.registry.organs.models import Organ

VERIFY = "verify_everything"
TOLD = 3
HINT = "系统暂停写入，查询照常。请系统管理员执行 yifa verify state 查明，处理之前不要办理案件。"


@job_kind(VERIFY, title="全面核验日志与台账", alone=True)
def verify_everything(arguments: Mapping[str, Any], progress: Progress) -> Result:
    """Both logs from their first entry, and the rows of the organ. Raises IntegrityBroken, in read-only mode from then on."""
    from yifa.site.cli.verify import everything, sentence

    results, faults = everything(
        organ=progress.organ_code, tables=every_table(), told=lambda done: progress(done, unit="条")
    )
    first, count = [], 0
    for fault in faults:
        count += 1
        if count <= TOLD:
            first.append(sentence(fault))
    if count:
        why = f"{mode.FULL}{'；'.join(first)}" + (f"；共 {count} 处" if count > TOLD else "") + f"。{HINT}"
        mode.set_reason(why)
        raise mode.IntegrityBroken(why)
    of_cases, of_access = results
    return Result(
        f"日志 {of_cases.events} 条、查阅记录 {of_access.events} 条、台账 {sum(of_cases.rows.values())} 行全部一致。"
    )


def every_night() -> None:
    """One job an organ, so that the administrators of each see what became of it."""
    for organ in Organ.objects.order_by("code"):
        enqueue(kind=VERIFY, organ=organ, asked_by="")


register_schedule(VERIFY, every_night, at_hour=4)
