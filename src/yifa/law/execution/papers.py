"""What goes to the court with an application for execution. ACL art. 55."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WAIVER, OWED = "waiver", "owed"
TOLD = (WAIVER, OWED)
OPINION = ("prior_notice_served", "statement_made", "statement_waived")


@dataclass(frozen=True)
class Material:
    """One item of art. 55: the forms of which one will do, or what the record tells in their place (one of TOLD)."""

    title: str
    forms: tuple[str, ...]
    told: str = ""


COURT_MATERIALS: tuple[Material, ...] = (
    Material("强制执行申请书（负责人签名、加盖机关印章、注明日期）", ("court_application",)),
    Material("行政决定书及作出决定的事实、理由和依据", ("penalty_decision", "summary_decision")),
    Material("当事人的意见", ("defence_record", "defence_review", "hearing_record"), WAIVER),
    Material("行政机关催告情况", ("demand_notice",)),
    Material("送达回证", ("service_receipt", "left_service_note", "announcement_service")),
    Material("申请强制执行标的情况", (), OWED),
)


def waiver(kinds: Sequence[str]) -> int | None:
    """Which act of a record is the waiver of the statement that still stands; None where none does. APL art. 45.

    Another notice opens the right anew; who speaks after waiving has spoken.
    """
    last = next((n for n in reversed(range(len(kinds))) if kinds[n] in OPINION), None)
    return last if last is not None and kinds[last] == "statement_waived" else None
