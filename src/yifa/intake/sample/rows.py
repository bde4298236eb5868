"""A case as rows of the workbook: 案件, 办案记录, 公示报送. Labels come from the glossary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from yifa.intake.sample.cases.history import SampleAct, SampleCase
from yifa.law.labels import form, label

Row = dict[str, object]
OWN_DATE = {
    "correction_ordered": "due_on",
    "hearing_notified": "hearing_on",
    "deferral_approved": "due_on",
    "additional_fine_charged": "until_on",
}
RESULTS = {
    "decision_made": ("outcome", "outcome"),
    "summary_decision_made": ("outcome", "outcome"),
    "legality_reviewed": ("opinion", "opinion"),
    "correction_rechecked": ("corrected", "corrected"),
    "case_closed": ("reason", "close_reason"),
    "preservation_disposed": ("outcome", "preservation_outcome"),
}
PENALTY_KEYS = {
    "prior_notice_served": "penalty",
    "decision_made": "penalty",
    "summary_decision_made": "penalty",
    "investigation_closed": "proposal",
}
FURTHER_FACTS = (
    "facts",
    "business",
    "major_public_interest",
    "crime_suspected",
    "safety_related",
    "circumstances",
)


def case_row(case: SampleCase) -> Row:
    party, violation = case.party, case.violation
    further = {key: violation[key] for key in FURTHER_FACTS if violation.get(key)}
    return {
        "案号": case.number,
        "程序": label("procedure", case.procedure),
        "事项编码": case.matter,
        "当事人类型": label("party_kind", party["kind"]),
        "当事人": party["name"],
        "证件号码": party.get("identifier"),
        "出生日期": party.get("birth_on"),
        "违法地点": violation["place"],
        "镇街": case.town,
        "违法开始": violation["began_on"],
        "违法结束": violation["ended_on"],
        "发现日期": violation["discovered_on"],
        "危害后果": label("harm", violation["harm"]),
        "改正日期": violation.get("corrected_on"),
        "初次违法": _yes(violation["first_offence"]),
        "情节复杂": _yes(violation["complex"]),
        "专项行动": case.campaign,
        "数据": _json({"violation": further}),
    }


def act_rows(case: SampleCase) -> Iterator[Row]:
    for serial, act in enumerate(case.acts, 1):
        yield {"案号": case.number, "序号": serial, **_act_row(act)}


def _act_row(act: SampleAct) -> Row:
    data = dict(act.data)
    row: Row = {"时间": act.at, "环节": label("event_kind", act.kind), "办理人": "、".join(act.by) or None}
    if act.kind in RESULTS:
        key, enum = RESULTS[act.kind]
        row["结果"] = label(enum, data.pop(key))
    if act.kind in PENALTY_KEYS:
        row |= _penalty(data.pop(PENALTY_KEYS[act.kind]))
    if act.kind in ("fine_collected", "additional_fine_charged"):
        row["罚款(元)"] = _yuan(data.pop("amount_fen"))
    if "mode" in data:
        row["送达方式"] = label("mode", data.pop("mode"))
    if "instrument" in data:
        row["文书"] = form(data.pop("instrument")).name
    if "number" in data:
        row["文书号"] = data.pop("number")
    if act.kind in OWN_DATE:
        row["日期"] = data.pop(OWN_DATE[act.kind])
    row["数据"] = _json(data)
    return row


def _penalty(penalty: dict[str, Any]) -> Row:
    row: Row = {"处罚种类": "、".join(label("penalty_kind", kind) for kind in penalty["kinds"])}
    if penalty.get("fine_fen"):
        row["罚款(元)"] = _yuan(penalty["fine_fen"])
    return row


def posting_rows(cases: list[SampleCase]) -> Iterator[Row]:
    """Three postings a case; receipts number them by channel."""
    for case in cases:
        for channel, on in case.postings:
            yield {
                "案号": case.number,
                "渠道": label("channel", channel),
                "日期": on,
                "回执号": _receipt(case.number, channel),
            }


def _receipt(number: str, channel: str) -> str:
    serial = number.partition("第")[2].removesuffix("号")
    return f"{ {'portal': 'MH', 'supervision_platform': 'JD', 'credit_platform': 'XY'}[channel] }{number[7:11]}{serial}".replace(
        " ", ""
    )


def _yuan(fen: int) -> int | float:
    return fen // 100 if fen % 100 == 0 else fen / 100


def _yes(claim: bool) -> str:
    return label("boolean", claim)


def _json(data: dict[str, Any]) -> str | None:
    left = {key: value for key, value in data.items() if value not in ({}, None)}
    return json.dumps(left, ensure_ascii=False, sort_keys=True, default=_plain) if left else None


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not data: {value!r}")
