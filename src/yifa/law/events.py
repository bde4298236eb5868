"""The event kinds of a record and the keys of each: the table the parser, the forms and the importer read."""

from __future__ import annotations

from dataclasses import dataclass, field

from yifa.law.enums import ENUMS


@dataclass(frozen=True)
class Key:
    """One key of an event or of the head.

    `type`: bool int date datetime text texts id ids person persons evidence points results votes penalty enum
    enums monitor retention event_index. `unknown` (†): absent means unknown, and rules that need it are listed
    under not_evaluated. `free_text`: words a person typed, kept erasable in the database. `default` holds for an
    absent optional key.
    """

    type: str
    enum: str | None = None
    required: bool = True
    default: object = None
    unknown: bool = False
    free_text: bool = False
    nullable: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        return ENUMS[self.enum] if self.enum else ()


@dataclass(frozen=True)
class Kind:
    """One kind of act (环节) with its Chinese name and its own keys; COMMON keys are not repeated here."""

    label: str
    keys: dict[str, Key] = field(default_factory=dict)


def need(kind: str, enum: str | None = None, *, words: bool = False) -> Key:
    return Key(kind, enum, free_text=words)


def may(kind: str, default: object = None, enum: str | None = None, *, words: bool = False) -> Key:
    return Key(kind, enum, required=False, default=default, free_text=words, nullable=default is None)


def dagger(kind: str, enum: str | None = None, *, words: bool = False) -> Key:
    return Key(kind, enum, required=False, unknown=True, free_text=words, nullable=True)


COMMON: dict[str, Key] = {
    "at": need("datetime"),
    "kind": need("text"),
    "by": need("persons"),
    "note": may("text", words=True),
    "late_reason": may("text", words=True),
}

_APPROVER = may("person")
_OFF = may("bool", False)
_DECISION: dict[str, Key] = {
    "number": may("text"),
    "outcome": need("enum", "outcome"),
    "penalty": may("penalty"),
    "tier": may("enum", enum="tier"),
    "leniency": may("enum", "none", "leniency"),
    "deviation_reason": may("text", words=True),
    "no_correction_reason": may("text", words=True),
    "first_violation_exemption": may("text", words=True),
    "law_as_of": may("date"),
    "approved_by": _APPROVER,
    "evidence": need("evidence"),
    "contents": need("enums", "decision_content"),
    "sealed": need("bool"),
    "remedy_text": need("enum", "remedy_text"),
    "to_publish": dagger("bool"),
}

KINDS: dict[str, Kind] = {
    "lead_registered": Kind("线索登记", {"source": need("enum", "source")}),
    "opening_approved": Kind("立案", {"approved_by": _APPROVER}),
    "opening_declined": Kind("不予立案", {"approved_by": _APPROVER, "reason": need("text", words=True)}),
    "handlers_assigned": Kind("指派承办", {"handlers": need("persons")}),
    "recusal_requested": Kind(
        "申请回避", {"person": need("person"), "by_party": need("bool"), "reason": may("text", words=True)}
    ),
    "recusal_decided": Kind(
        "回避决定", {"person": need("person"), "granted": need("bool"), "decided_by": _APPROVER}
    ),
    "interview_recorded": Kind(
        "询问笔录", {"certificate_shown": need("bool"), "signed": need("enum", "signed"), "urgent": _OFF}
    ),
    "scene_recorded": Kind("现场笔录", {"certificate_shown": need("bool"), "signed": need("enum", "signed")}),
    "evidence_added": Kind(
        "取证",
        {
            "id": need("id"),
            "evidence_kind": need("enum", "evidence_kind"),
            "verified": need("bool"),
            "lawful_source": need("bool"),
            "proves": need("texts"),
            "monitor": may("monitor"),
        },
    ),
    "preservation_ordered": Kind(
        "先行登记保存",
        {"id": may("id"), "approved_by": _APPROVER, "items": need("texts", words=True), "urgent": _OFF},
    ),
    "preservation_disposed": Kind(
        "登记保存处理", {"id": may("id"), "outcome": need("enum", "preservation_outcome")}
    ),
    "measure_ordered": Kind(
        "查封扣押",
        {
            "id": need("id"),
            "measure": need("enum", "measure"),
            "approved_by": _APPROVER,
            "approved_at": may("datetime"),
            "urgent": _OFF,
            "items": need("texts", words=True),
            **dict.fromkeys(
                (
                    "necessities",
                    "told_rights",
                    "list_delivered",
                    "certificate_shown",
                    "party_present",
                    "witness",
                    "heard",
                ),
                _OFF,
            ),
            "signed": may("enum", "no", "signed"),
        },
    ),
    "measure_extended": Kind(
        "延长查封扣押", {"id": need("id"), "days": need("int"), "approved_by": _APPROVER}
    ),
    "measure_lifted": Kind("解除查封扣押", {"id": need("id"), "outcome": need("enum", "measure_outcome")}),
    "correction_ordered": Kind("责令改正", {"due_on": need("date")}),
    "correction_rechecked": Kind("复查", {"corrected": need("bool"), "refused": _OFF}),
    "investigation_closed": Kind("调查终结", {"tier": may("enum", enum="tier"), "proposal": need("penalty")}),
    "prior_notice_served": Kind(
        "事先告知",
        {
            "penalty": need("penalty"),
            "contents": need("enums", "notice_content"),
            "hearing_right_told": need("bool"),
            "mode": need("enum", "mode"),
        },
    ),
    "statement_made": Kind("陈述申辩", {"points": need("ids")}),
    "statement_reexamined": Kind("复核", {"results": need("results", "reexamination_result")}),
    "statement_waived": Kind("放弃陈述申辩"),
    "hearing_requested": Kind("要求听证"),
    "hearing_waived": Kind("放弃听证"),
    "hearing_notified": Kind("听证通知", {"hearing_on": need("date")}),
    "hearing_held": Kind(
        "听证",
        {
            "presided_by": need("person"),
            "evidence": need("evidence"),
            "transcript_signed": need("bool"),
            "attendance": may("enum", "attended", "attendance"),
        },
    ),
    "legality_reviewed": Kind("法制审核", {"opinion": need("enum", "opinion")}),
    "deliberated": Kind(
        "集体讨论",
        {"members": need("persons"), "chaired_by": need("person"), "votes": need("votes", "vote")},
    ),
    "handling_extended": Kind(
        "延长办案期限", {"days": need("int"), "approved_by": _APPROVER, "deliberated": need("bool")}
    ),
    "time_excluded": Kind(
        "扣除期间",
        {"from_on": need("date"), "to_on": need("date"), "reason": need("enum", "exclusion_reason")},
    ),
    "decision_made": Kind("处罚决定", _DECISION),
    "summary_decision_made": Kind(
        "当场处罚决定",
        {
            **_DECISION,
            "sealed": _OFF,
            "numbered_form": need("bool"),
            "handed_over": need("bool"),
            "signed": need("enum", "signed"),
        },
    ),
    "summary_decision_filed": Kind("当场处罚备案"),
    "education_given": Kind("教育"),
    "instrument_served": Kind(
        "送达",
        {
            "instrument": need("enum", "instrument"),
            "mode": need("enum", "mode"),
            "consent_signed": _OFF,
            "witness_or_recording": _OFF,
            "other_modes_failed": _OFF,
            "announced_on": may("date"),
            "announcement_proof": may("enum", enum="announcement_proof"),
            "effective_on": may("date"),
        },
    ),
    "fine_collected": Kind(
        "缴款",
        {
            "collector": need("enum", "collector"),
            "amount_fen": need("int"),
            "receipt": may("text"),
            "ground": may("enum", enum="ground"),
            "requested_by_party": _OFF,
        },
    ),
    "cash_handed_in": Kind("上交"),
    "cash_banked": Kind("缴付银行"),
    "deferral_approved": Kind(
        "暂缓分期", {"applied": need("bool"), "approved_by": _APPROVER, "due_on": need("date")}
    ),
    "additional_fine_charged": Kind("加处罚款", {"amount_fen": need("int"), "until_on": need("date")}),
    "demand_served": Kind("催告"),
    "court_execution_requested": Kind("申请强制执行"),
    "compulsion_executed": Kind(
        "强制执行",
        {
            "action": need("enum", "compulsion_action"),
            **dict.fromkeys(
                ("announced", "night_or_holiday", "utilities_cut", "urgent", "staff_on_site", "immediate"),
                _OFF,
            ),
        },
    ),
    "reconsideration_filed": Kind(
        "行政复议申请",
        {"copy_received_on": dagger("date"), "procedure": may("enum", "ordinary", "remedy_procedure")},
    ),
    "litigation_filed": Kind("行政诉讼起诉", {"copy_received_on": dagger("date")}),
    "reconsideration_answered": Kind("行政复议答复"),
    "litigation_answered": Kind("行政诉讼答辩"),
    "reconsideration_decided": Kind("行政复议决定", {"result": need("enum", "dispute_result")}),
    "litigation_decided": Kind("行政诉讼裁判", {"result": need("enum", "dispute_result")}),
    "judicial_transfer_decided": Kind(
        "移送决定", {"approved": need("bool"), "reported_at": dagger("datetime")}
    ),
    "judicial_transfer_handed_over": Kind("移送交接"),
    "judicial_transfer_returned": Kind("移送退回"),
    "recording_linked": Kind(
        "关联音像",
        {
            "event": need("event_index"),
            "start": need("datetime"),
            "end": need("datetime"),
            "device": need("text"),
            "officers": need("persons"),
            "continuous": need("bool"),
            "retention": dagger("retention"),
        },
    ),
    "publicity_posted": Kind(
        "公示",
        {
            "channel": need("enum", "channel"),
            "made_by": dagger("person"),
            "checked_by": dagger("person"),
            "redacted": _OFF,
            "text": dagger("text", words=True),
        },
    ),
    "publicity_withdrawn": Kind(
        "撤回公示", {"channel": need("enum", "channel"), "reason": may("text", words=True)}
    ),
    "decision_changed": Kind("决定变更", {"result": need("enum", "decision_change")}),
    "case_closed": Kind("结案", {"reason": need("enum", "close_reason")}),
    "case_archived": Kind("归档"),
    "case_reopened": Kind("恢复办理", {"reason": need("text", words=True)}),
}

ORDER: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}

TWO_OFFICER_KINDS = frozenset(
    "scene_recorded interview_recorded evidence_added preservation_ordered preservation_disposed"
    " measure_ordered measure_lifted correction_ordered correction_rechecked investigation_closed"
    " prior_notice_served summary_decision_made compulsion_executed".split()
)
BY_HAND = frozenset({"direct", "left_in_place"})

AFTER_ARCHIVE = frozenset(
    "reconsideration_filed reconsideration_answered reconsideration_decided litigation_filed"
    " litigation_answered litigation_decided decision_changed publicity_posted publicity_withdrawn"
    " recording_linked case_reopened".split()
)
