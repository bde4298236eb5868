"""What goes to the court with an application for execution. ACL art. 55."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Material:
    """One item of art. 55: the forms of which one will do; none: to be added by hand."""

    title: str
    forms: tuple[str, ...]


COURT_MATERIALS: tuple[Material, ...] = (
    Material("强制执行申请书（负责人签名、加盖机关印章、注明日期）", ("court_application",)),
    Material("行政决定书及作出决定的事实、理由和依据", ("penalty_decision", "summary_decision")),
    Material("当事人的意见", ("defence_record", "defence_review", "hearing_record")),
    Material("行政机关催告情况", ("demand_notice",)),
    Material("送达回证", ("service_receipt", "left_service_note", "announcement_service")),
    Material("申请强制执行标的情况", ()),
)
