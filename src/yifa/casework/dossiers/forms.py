"""The form of a case closed on paper (补录): what its cover says, and one scan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext

from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.lead import pairs
from yifa.casework.cases.forms.typed import LINE, TEXT, case_number, fault, half_width, tidy
from yifa.casework.cases.models import Case
from yifa.casework.dossiers.errors import PaperRefused
from yifa.casework.dossiers.models import PaperDossier
from yifa.law.enums import ENUMS
from yifa.law.packs import Pack
from yifa.ledger.written import written_day

LARGEST_SCAN = 64 * 1024 * 1024
MEDIA = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
DATES = {"opened_on": "立案日期", "decided_on": "决定日期", "closed_on": "结案日期"}
ENUMERATED = {
    "procedure": "procedure", "party_kind": "party_kind", "outcome": "outcome", "close_reason": "close_reason",
}  # fmt: skip
MONEY = {"fine": "罚款", "confiscation": "没收违法所得"}
WORDS = {
    "number": ("案号", 100), "party_name": ("当事人", 200), "decision_number": ("决定书文号", 100), "place": ("存放位置", 100),
    "note": ("补录说明", TEXT),
}  # fmt: skip
REQUIRED = {
    "number": "请填写案卷封面上的案号。", "matter": "请选择违法事项。", "party_name": "请填写当事人姓名或者名称。",
    "decided_on": "请填写决定日期。", "closed_on": "请填写结案日期。", "pages": "请填写纸质案卷的页数。",
    "note": "请写明为什么现在才录入，案卷从哪里来。",
}  # fmt: skip


def paper_controls(pack: Pack, typed: QueryDict, errors: Mapping[str, str]) -> list[Control]:
    """Every control but the scan, in the order of a cover."""
    matters = tuple((code, f"{code} {matter.name}") for code, matter in pack.matters.items())
    made = [
        ("number", "案号", "text", (), True, "照案卷封面"),
        ("procedure", "程序", "radio", pairs("procedure"), True, ""),
        ("matter", "违法事项", "search", matters, True, "输入事项编号或者名称中的字，从列表中选择"),
        ("party_kind", "当事人类型", "radio", pairs("party_kind"), True, ""),
        ("party_name", "当事人姓名或者名称", "text", (), True, ""),
        ("opened_on", "立案日期", "date", (), False, "封面上没有的不填"),
        ("decided_on", "决定日期", "date", (), True, ""),
        ("decision_number", "决定书文号", "text", (), False, ""),
        ("outcome", "处理结果", "radio", pairs("outcome"), True, ""),
        ("kinds", "处罚种类", "checks", pairs("penalty_kind")[1:], False, "给予处罚的勾选"),
        ("fine", "罚款（元）", "money", (), False, ""),
        ("confiscation", "没收违法所得（元）", "money", (), False, ""),
        ("closed_on", "结案日期", "date", (), True, ""),
        ("close_reason", "结案理由", "select", pairs("close_reason"), True, ""),
        ("pages", "纸质案卷页数", "number", (), True, ""),
        ("place", "存放位置", "text", (), False, "库房、柜、盒"),
        ("note", "补录说明", "textarea", (), True, "为什么现在才录入，案卷从哪里来"),
    ]
    return [
        Control(
            name, title, kind, tuple(typed.getlist(name)), options, (), required, hint, errors.get(name, "")
        )
        for name, title, kind, options, required, hint in made
    ]


def read_paper(organ: str, pack: Pack, typed: QueryDict, today: date) -> dict[str, Any]:
    """The columns of the paper dossier. Raises PaperRefused with every problem at once."""
    given = {name: tidy(typed.get(name, "")) for name in typed}
    given |= {name: case_number(given.get(name, "")) for name in ("number", "decision_number")}
    problems = {name: words for name, words in REQUIRED.items() if not given.get(name)}
    for name, (title, longest) in WORDS.items():
        if wrong := fault(title, given.get(name, ""), longest or LINE):
            problems[name] = wrong
    for name, enum in ENUMERATED.items():
        if given.get(name) not in ENUMS[enum]:
            problems[name] = "请选择一项。"
    days = read_days(given, problems, today)
    matter = given.get("matter", "").split(" ")[0]
    if "matter" not in problems and matter not in pack.matters:
        problems["matter"] = "没有这个违法事项，请从列表中选择。"
    pages = half_width(given.get("pages", ""))
    if "pages" not in problems and not (pages.isdecimal() and 0 < int(pages) < 100_000):
        problems["pages"] = "页数应当是大于 0 的整数。"
    penalty = read_penalty(given, typed.getlist("kinds"), problems)
    if "number" not in problems and taken(organ, given["number"]):
        problems["number"] = "本机关已经有这个案号的案件或者纸质案卷，请核对。"
    if problems:
        raise PaperRefused(problems)
    plain = (
        "number",
        "procedure",
        "party_kind",
        "party_name",
        "decision_number",
        "outcome",
        "close_reason",
        "place",
        "note",
    )
    told: dict[str, Any] = {name: given.get(name, "") for name in plain}
    return {**told, **days, "matter": matter, "pages": int(pages), "penalty": penalty}


def taken(organ: str, number: str) -> bool:
    return any(model.objects.filter(organ_id=organ, number=number).exists() for model in (Case, PaperDossier))


def read_days(given: Mapping[str, str], problems: dict[str, str], today: date) -> dict[str, date | None]:
    found: dict[str, date | None] = dict.fromkeys(DATES)
    for name, title in DATES.items():
        if not given.get(name):
            continue
        try:
            found[name] = written_day(half_width(given[name]))
        except ValueError:
            problems[name] = gettext("“%(title)s”不是日期，请写成 2026-11-23 的样子。") % {
                "title": gettext(title)
            }
            continue
        if found[name] > today:
            problems[name] = gettext("“%(title)s”晚于今天，请核对。") % {"title": gettext(title)}
    opened, decided, closed = (found[name] for name in DATES)
    if opened and decided and opened > decided:
        problems.setdefault("decided_on", "决定日期早于立案日期，请核对。")
    if decided and closed and decided > closed:
        problems.setdefault("closed_on", "结案日期早于决定日期，请核对。")
    return found


def read_penalty(given: Mapping[str, str], kinds: list[str], problems: dict[str, str]) -> dict[str, Any]:
    """The penalty as the record format has it; empty where there was none."""
    if not set(kinds) <= set(ENUMS["penalty_kind"]):
        problems["kinds"] = "请从列表中勾选处罚种类。"
    penalty: dict[str, Any] = {"kinds": [kind for kind in ENUMS["penalty_kind"] if kind in kinds]}
    for name, title in MONEY.items():
        text = half_width(given.get(name, "")).replace(",", "")
        if not text:
            continue
        try:
            fen = Decimal(text) * 100
            if fen != fen.to_integral_value() or not 0 <= fen < 10**15:
                raise ValueError(text)
        except (ValueError, InvalidOperation):
            problems[name] = gettext("“%(title)s”不是金额，请写成 2000 或者 2000.50 的样子。") % {
                "title": gettext(title)
            }
            continue
        penalty[f"{name}_fen"] = int(fen)
    if given.get("outcome") == "penalty" and not kinds:
        problems.setdefault("kinds", "给予处罚的，请勾选处罚种类。")
    if given.get("outcome") != "penalty":
        if kinds or penalty.keys() - {"kinds"}:
            problems.setdefault("kinds", "没有给予处罚的，不填处罚种类和金额。")
        return {}
    if bool(penalty.get("fine_fen")) != ("fine" in kinds):
        problems.setdefault("fine", "勾选了罚款的要填金额，填了金额的要勾选罚款。")
    return penalty


def read_scan(sent: UploadedFile | None) -> tuple[bytes, str]:
    """(bytes, media type) of the scan. Raises PaperRefused."""
    if sent is None or not sent.size:
        raise PaperRefused({"scan": "请选择案卷的扫描件。"})
    if sent.size > LARGEST_SCAN:
        raise PaperRefused({"scan": "扫描件超过 64 MB。请用黑白或者灰度、200 点每英寸重新扫描。"})
    data = sent.read()
    for start, media_type in MEDIA.items():
        if data.startswith(start):
            return data, media_type
    raise PaperRefused({"scan": "扫描件不是 PDF、JPEG 或者 PNG 文件。请另存为 PDF 后再上传。"})
