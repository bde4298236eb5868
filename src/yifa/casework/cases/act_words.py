"""The data of an act in Chinese words: what a clerk reads in the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.models import Act
from yifa.law.events import COMMON, KINDS, Key
from yifa.law.labels import label
from yifa.ledger.clock import SHANGHAI

KEY_LABELS = {
    "note": "备注",
    "late_reason": "逾期理由",
    "source": "来源",
    "approved_by": "批准人",
    "reason": "理由",
    "handlers": "承办人",
    "person": "被申请人员",
    "by_party": "当事人申请",
    "granted": "决定",
    "decided_by": "决定人",
    "certificate_shown": "出示证件",
    "signed": "当事人签名",
    "urgent": "紧急情况",
    "id": "编号",
    "evidence_kind": "证据种类",
    "verified": "已查证",
    "lawful_source": "来源合法",
    "proves": "证明事实",
    "monitor": "监控审核",
    "items": "物品",
    "outcome": "结果",
    "measure": "措施",
    "approved_at": "批准时间",
    "necessities": "涉及生活必需品",
    "told_rights": "告知权利",
    "list_delivered": "交付清单",
    "party_present": "当事人到场",
    "witness": "见证人到场",
    "heard": "听取陈述申辩",
    "days": "天数",
    "due_on": "期限",
    "corrected": "改正情况",
    "refused": "拒不改正",
    "tier": "裁量阶次",
    "proposal": "处理建议",
    "penalty": "处罚",
    "contents": "载明内容",
    "hearing_right_told": "告知听证权",
    "mode": "送达方式",
    "points": "意见",
    "results": "复核结果",
    "hearing_on": "听证日期",
    "presided_by": "主持人",
    "evidence": "证据",
    "transcript_signed": "笔录签名",
    "attendance": "到场情况",
    "opinion": "意见",
    "members": "参加人员",
    "chaired_by": "召集人",
    "votes": "表决",
    "deliberated": "经集体讨论",
    "from_on": "自",
    "to_on": "至",
    "number": "文号",
    "leniency": "从轻减轻",
    "deviation_reason": "偏离裁量基准理由",
    "no_correction_reason": "不责令改正理由",
    "first_violation_exemption": "首违不罚说明",
    "law_as_of": "适用法律日期",
    "sealed": "用印",
    "remedy_text": "救济告知",
    "to_publish": "应当公示",
    "numbered_form": "编号格式文书",
    "handed_over": "当场交付",
    "instrument": "文书",
    "consent_signed": "签署电子送达确认书",
    "witness_or_recording": "有见证或录像",
    "other_modes_failed": "其他方式无法送达",
    "announced_on": "公告日期",
    "announcement_proof": "公告方式",
    "effective_on": "送达生效日期",
    "collector": "收缴方式",
    "amount_fen": "金额",
    "receipt": "票据号",
    "ground": "当场收缴理由",
    "requested_by_party": "当事人提出",
    "applied": "当事人申请",
    "until_on": "计至",
    "action": "方式",
    "announced": "已公告",
    "night_or_holiday": "夜间或节假日",
    "utilities_cut": "停供生活设施",
    "staff_on_site": "工作人员在场",
    "immediate": "立即实施",
    "copy_received_on": "收到副本日期",
    "procedure": "程序",
    "result": "结果",
    "approved": "批准移送",
    "reported_at": "报告时间",
    "event": "关联",
    "start": "开始",
    "end": "结束",
    "device": "设备",
    "officers": "执法人员",
    "continuous": "连续",
    "retention": "保存期限",
    "channel": "渠道",
    "made_by": "制作人",
    "checked_by": "复核人",
    "redacted": "已隐去",
    "text": "公示内容",
}
MONITOR_LABELS = {
    "legal_review": "法制审核",
    "technical_review": "技术审核",
    "marked": "设置标志",
    "location_published": "公布地点",
    "record_reviewed": "审核记录",
}
Names = Mapping[str, str]


def act_words(act: Act, names: Names) -> list[tuple[str, str]]:
    """(label, words) for each key of an act, in the order of the record format. `names`: staff number → name."""
    keys = {**KINDS[act.kind].keys, **COMMON}
    told = {**act.data, **act.words}
    return [
        (KEY_LABELS[name], in_words(name, key, told[name], names))
        for name, key in keys.items()
        if name in KEY_LABELS and told.get(name) not in (None, [], {})
    ]


def yes_or_no(name: str, value: bool) -> str:
    """是 or 否, or the answer's own words where the record format has them (已改正, 准予)."""
    return label(name if name in ("corrected", "granted") else "boolean", value)


def in_words(name: str, key: Key, value: Any, names: Names) -> str:
    """One value in Chinese. Raises KeyError for a type no writer knows: a new type needs its words."""
    if name.endswith("_fen"):
        return yuan(value)
    if key.type == "bool":
        return yes_or_no(name, value)
    return WRITERS[key.type](key, value, names)


def yuan(fen: int) -> str:
    return gettext("%(amount)s 元") % {"amount": f"{fen / 100:,.2f}"}


def penalty_words(_: Key, value: Mapping[str, Any], __: Names) -> str:
    """警告、罚款（500.00 元），没收金额 20.00 元."""
    fine = f"（{yuan(value['fine_fen'])}）" if value.get("fine_fen") else ""
    kinds = [
        label("penalty_kind", kind) + (fine if kind == "fine" else "") for kind in value.get("kinds", [])
    ]
    seized = (
        gettext("，") + gettext("没收金额") + " " + yuan(value["confiscation_fen"])
        if value.get("confiscation_fen")
        else ""
    )
    return ("、".join(kinds) or "无") + seized


def person_names(_: Key, value: str | list[str], names: Names) -> str:
    people = [value] if isinstance(value, str) else value
    return "、".join(names.get(person, person) for person in people)


def by_label(key: Key, value: Any, _: Names) -> str:
    values = value if isinstance(value, list) else [value]
    return "、".join(label(key.enum or "", one) for one in values)


def pairs(key: Key, value: Mapping[str, str], names: Names) -> str:
    return "、".join(
        f"{names.get(one, one)} {label(key.enum or '', answer)}" for one, answer in value.items()
    )


def point_name(point: str) -> str:
    """A point of a statement as one says it: 第 2 点. A point that was named in words keeps its name."""
    numbered = re.fullmatch(r"[pP]?(\d+)", point)
    return gettext("第 %(number)s 点") % {"number": numbered[1]} if numbered else point


def point_results(key: Key, value: Mapping[str, str], _: Names) -> str:
    return "、".join(
        f"{point_name(point)} {label(key.enum or '', answer)}" for point, answer in value.items()
    )


def monitor_words(_: Key, value: Mapping[str, bool], __: Names) -> str:
    return "、".join(f"{MONITOR_LABELS[name]} {label('boolean', held)}" for name, held in value.items())


def moment_words(_: Key, value: str, __: Names) -> str:
    return datetime.fromisoformat(value).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def as_it_is(_: Key, value: Any, __: Names) -> str:
    return "、".join(str(one) for one in value) if isinstance(value, list) else str(value)


def retention_words(_: Key, value: Any, __: Names) -> str:
    return gettext("永久") if value == "permanent" else gettext("%(days)s 天") % {"days": value}


WRITERS: dict[str, Callable[[Key, Any, Names], str]] = {
    "penalty": penalty_words,
    "person": person_names,
    "persons": person_names,
    "enum": by_label,
    "enums": by_label,
    "votes": pairs,
    "results": point_results,
    "monitor": monitor_words,
    "datetime": moment_words,
    "retention": retention_words,
    **dict.fromkeys(("int", "text", "texts", "id", "evidence", "points", "date"), as_it_is),
    "ids": lambda _, value, __: "、".join(point_name(one) for one in value),
    "event_index": lambda _, value, __: gettext("第 %(seq)s 条") % {"seq": value},
}
