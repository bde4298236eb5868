"""What the style page shows: made-up content for each component. `STATES` is the list of what exists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yifa.ledger.clock import SHANGHAI
from yifa.listing.screen import Cell

STATES: dict[str, tuple[str, ...]] = {
    "button": ("default", "secondary", "danger", "link", "hover", "focus", "active", "busy", "blocked"),
    "field": ("default", "focus", "error", "read-only", "filled-by-system", "optional"),
    "error-summary": ("default",),
    "query-form": ("closed", "open", "applied"),
    "table": ("default", "loading", "empty", "selected"),
    "identity-bar": ("normal", "closed", "restricted"),
    "steps": ("done", "current", "todo", "not_applicable", "returned"),
    "action-list": ("can", "cannot", "warn", "not-mine"),
    "clock": ("normal", "near", "urgent", "overdue", "paused", "done", "internal"),
    "timeline": ("normal", "correction", "system"),
    "summary-list": ("normal", "differs", "missing"),
    "upload": ("waiting", "sending", "checking", "done", "failed", "queued"),
    "evidence-player": ("ready", "no-caption", "preview-only", "hash-mismatch"),
    "banner": ("info", "ok", "warn", "bad"),
    "badge": ("plain", "ok", "warn", "bad", "wait"),
}
CASE = "2026-0137"
PROBLEM = {"name": "amount", "message": "罚款金额请写数字，例如 200 或 200.50"}
FINDING = {
    "rule": "R-APL-62-1",
    "message": "还没有告知，或者陈述申辩期没有届满",
    "article": "行政处罚法第六十二条",
    "remedy": "先送达事先告知书",
}


def control(name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": "text", "value": "", **more}


def fields() -> dict[str, dict[str, Any]]:
    return {
        "default": control("party", "当事人", value="示例建材有限公司"),
        "optional": control("phone", "电话", optional=True, hint="用来通知领取文书"),
        "error": control("amount", "罚款金额", value="二百", error=PROBLEM["message"]),
        "read-only": control("number", "案号", value="津示城管罚〔2026〕137号", read_only=True),
        "filled-by-system": control("place", "地点", value="示例路18号", filled=True),
    }


def query() -> dict[str, Any]:
    stages = [("", "全部"), ("prior_notice", "告知申辩"), ("decided", "已决定待送达")]
    front = [control("q-number", "案号"), control("q-stage", "状态", kind="select", options=stages)]
    return {"front": front, "more": [control("q-from", "立案", kind="date")]}


def applied() -> dict[str, Any]:
    """The same conditions under names of their own, so that no id stands twice on the page."""
    front = [
        control("p-number", "案号", value="137"),
        control("p-from", "立案", kind="date", value="2026-09-30"),
    ]
    return {"front": front[:1], "more": front[1:], "chips": [{"url": "#query-form", "words": "案号：137"}]}


def table() -> dict[str, Any]:
    heads = [
        {"title": "编号", "number": False, "aria_sort": "descending", "url": "#table"},
        {"title": "当事人", "number": False, "aria_sort": "none", "url": "#table"},
        {"title": "罚款(元)", "number": True, "aria_sort": "none", "url": "#table"},
    ]
    rows = [row("2026-0137", "示例建材有限公司", "5,000.00"), row("2026-0136", "示例餐饮店", "200.00")]
    return {"heads": heads, "rows": rows}


def row(no: str, party: str, fine: str) -> list[Cell]:
    return [
        Cell(no, "编号", number=False, url="#table"),
        Cell(party, "当事人", number=False),
        Cell(fine, "罚款(元)", number=True),
    ]


def steps() -> list[tuple[dict[str, str], str]]:
    names = [
        ("线索", "done", "已完成", ""),
        ("立案", "done", "已完成", ""),
        ("调查取证", "returned", "退回补正", "勘验笔录缺当事人签名"),
        ("事先告知", "current", "当前", ""),
        ("听证", "not_applicable", "本案不适用", "罚款不到听证的数额"),
        ("决定", "todo", "未开始", ""),
    ]
    return [({"label": label, "state": state, "note": note}, words) for label, state, words, note in names]


def offer(label: str, *, warnings: tuple = (), not_mine: str = "", ways: tuple = ()) -> dict[str, Any]:
    act = {
        "label": label,
        "article": "行政处罚法第四十四条、第六十一条",
        "consequence": "送达后起算陈述申辩期",
        "warnings": warnings,
    }
    return {"act": act, "slug": "prior-notice-served", "not_mine": not_mine, "ways": ways}


def offers() -> dict[str, list[dict[str, Any]]]:
    late = {"message": "已过七日", "article": "行政处罚法第六十一条", "remedy": "写明理由"}
    way = {"finding": FINDING, "slug": "prior-notice-served", "label": "事先告知"}
    return {
        "can": [offer("事先告知"), offer("取证")],
        "warn": [offer("送达", warnings=(late,))],
        "not_mine": [offer("法制审核", not_mine="由赵岚办理，已等 2 天")],
        "cannot": [offer("处罚决定", ways=(way,))],
    }


def clocks() -> list[dict[str, Any]]:
    due, article = date(2026, 12, 29), "行政处罚法第六十条"
    rows = [
        ("normal", "○", "正常，还剩 36 天"), ("near", "△", "临近，还剩 9 天"), ("urgent", "⚠", "紧迫，还剩 2 天"),
        ("overdue", "✗", "超期 2 天"), ("paused", "‖", "暂停：鉴定期间"), ("done", "✓", "已完成"),
    ]  # fmt: skip
    shown = [
        {
            "title": "办案期限",
            "state": state,
            "symbol": symbol,
            "words": words,
            "due": due,
            "article": article,
        }
        for state, symbol, words in rows
    ]
    inner = {**shown[0], "title": "审核时限", "article": "本机关内部规定", "internal": True}
    return [*shown, inner]


def timeline() -> list[dict[str, Any]]:
    at = datetime(2026, 11, 23, 9, 12, tzinfo=SHANGHAI)
    one = {"at": at, "at_is_date": False, "by": "王敏", "words": [("文书", "事先告知书")], "late": False}
    return [
        {**one, "seq": 45, "title": "事先告知"},
        {
            **one,
            "seq": 46,
            "title": "决定变更",
            "state": "correction",
            "words": [("更正", "门牌号写成 18 号")],
        },
        {**one, "seq": 47, "title": "关联音像", "state": "system", "by": "", "at_is_date": True},
    ]


def summary() -> list[dict[str, str]]:
    return [
        {"name": "当事人", "value": "示例建材有限公司", "url": "#summary-list"},
        {
            "name": "罚款金额",
            "value": "6,000.00 元",
            "state": "differs",
            "note": "事先告知书写的是 5,000.00 元",
        },
        {"name": "送达方式", "state": "missing", "note": "还没有填写", "url": "#summary-list"},
    ]


def files() -> list[dict[str, Any]]:
    failed = {"reason": "网络断了，文件在本机没有丢。", "retry": "#upload"}
    return [
        {"name": f"照片{place}.jpg", "size": "420 KB", "state": state, "sent": 120, "total": 420, **failed}
        for place, state in enumerate(STATES["upload"], start=1)
    ]


def players() -> list[dict[str, Any]]:
    marks = [{"at": "00:12", "words": "出示证件", "url": "?t=12#evidence-player"}]
    return [
        {"slug": f"v{place}", "state": state, "title": f"录像{place}.mp4", "marks": marks}
        for place, state in enumerate(STATES["evidence-player"], start=1)
    ]


def context() -> dict[str, Any]:
    """Everything `style.html` prints."""
    return {
        "states": STATES,
        "fields": fields(),
        "problems": [(PROBLEM, True)],
        "query": query(),
        "applied": applied(),
        "table": table(),
        "identity": [("案号", "津示城管罚〔2026〕137号"), ("程序", "普通"), ("当事人", "示例建材有限公司")],
        "steps": steps(),
        "offers": offers(),
        "case": CASE,
        "chosen": (1,),
        "clocks": clocks(),
        "timeline": timeline(),
        "summary": summary(),
        "files": files(),
        "players": players(),
    }
