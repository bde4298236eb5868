"""The form that opens a case with its lead (线索登记): the head of the record, in plain questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Length
from django.http import QueryDict
from django.utils.translation import gettext

from yifa.casework.cases.events import is_late
from yifa.casework.cases.forms.controls import CHOOSE, Control
from yifa.casework.cases.forms.typed import (
    FAR_YEAR,
    LENGTHS,
    LINE,
    TEXT,
    case_number,
    fault,
    half_width,
    identifier,
    tidy,
)
from yifa.casework.cases.models import Case
from yifa.law.enums import ENUMS
from yifa.law.labels import labels
from yifa.law.packs import Pack
from yifa.ledger.prepared import Prepared
from yifa.ledger.written import FarYear, written_day, written_moment
from yifa.registry.organs.models import Organ

FLAGS = {
    "complex": "情节复杂", "major_public_interest": "涉及重大公共利益", "safety_related": "涉及生命健康或者金融安全",
    "first_offence": "初次违法", "crime_suspected": "涉嫌犯罪", "business": "经营活动中的违法",
}  # fmt: skip
REQUIRED = {
    "number": "请填写案号。", "matter": "请选择违法事项。", "party_name": "请填写当事人姓名或者名称。",
    "place": "请填写违法地点。", "began_on": "请填写违法行为开始日期。", "discovered_on": "请填写发现日期。", "at": "请填写登记时间。",
}  # fmt: skip
CHOICES = {"procedure": "procedure", "party_kind": "party_kind", "harm": "harm", "source": "source"}
NUMBERED = Prepared(
    lambda organ, number: Case.objects.filter(organ_id=organ, number=number).values_list("no"), str, str
)
LOOKED_AT = 20
DATES = {
    "began_on": "违法行为开始日期",
    "ended_on": "违法行为结束日期",
    "discovered_on": "发现日期",
    "birth_on": "出生日期",
}


TEXTS = {
    "number": "案号",
    "party_name": "当事人",
    "identifier": "证件号码",
    "place": "违法地点",
    "facts": "要证明的事实",
    "note": "备注",
}
LONG = {"facts", "note"}
NORMAL = {
    "number": case_number,
    "identifier": identifier,
    "at": str.strip,
    **dict.fromkeys(DATES, half_width),
}


def check_words(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the texts as texts, by control name."""
    found = {
        name: fault(title, given.get(name, ""), TEXT if name in LONG else LENGTHS.get(name, LINE))
        for name, title in TEXTS.items()
    }
    return {name: wrong for name, wrong in found.items() if wrong}


def first_lead(organ: Organ, at: datetime) -> QueryDict:
    """What the form holds at first: a number to follow the last one of the year, today, the usual procedure."""
    values = QueryDict(mutable=True)
    values.update({"number": next_number(organ, at.year), "procedure": "ordinary", "source": "patrol"})
    values.update({"discovered_on": at.date().isoformat(), "at": at.strftime("%Y-%m-%dT%H:%M:%S")})
    return values


def next_number(organ: Organ, year: int) -> str:
    """A case number one past the highest of this year's series, to be corrected where the organ counts otherwise.

    The longest and last by text are the highest; a few more are read, for one may end in words of its own."""
    before = f"{organ.document_prefix}罚立字〔{year}〕第"
    found = Case.objects.filter(organ=organ, number__startswith=before).order_by(
        Length("number").desc(), "-number"
    )
    highest = found.values_list("number", flat=True)[:LOOKED_AT]
    serials = [int(part) for one in highest if (part := one[len(before) :].removesuffix("号")).isdecimal()]
    return f"{before}{max(serials, default=0) + 1:03d}号"


def lead_controls(pack: Pack, typed: QueryDict, errors: Mapping[str, str]) -> list[Control]:
    """Every control of the form, in the order a clerk asks."""
    matters = tuple((code, f"{code} {matter.name}") for code, matter in pack.matters.items())
    towns = (("", "不填"), *((code, name) for code, name in pack.towns.items()))
    made = [
        ("number", "案号", "text", (), True, "按本机关编号接续，可以修改"),
        ("procedure", "程序", "radio", pairs("procedure"), True, ""),
        ("matter", "违法事项", "search", matters, True, "输入事项编号或者名称中的字，从列表中选择"),
        ("source", "线索来源", "select", pairs("source"), True, ""),
        ("at", "登记时间", "datetime", (), True, "到秒；补录以前的事，填当时的时间"),
        ("party_kind", "当事人类型", "radio", pairs("party_kind"), True, ""),
        ("party_name", "当事人姓名或者名称", "text", (), True, ""),
        ("identifier", "证件号码或者统一社会信用代码", "text", (), False, ""),
        ("birth_on", "出生日期", "date", (), False, "公民填写"),
        ("place", "违法地点", "text", (), True, "路名和门牌，或者最近的标志物"),
        ("town", "街道（镇）", "select", towns, False, ""),
        ("began_on", "违法行为开始日期", "date", (), True, ""),
        ("ended_on", "违法行为结束日期", "date", (), False, "仍在继续的不填"),
        ("discovered_on", "发现日期", "date", (), True, ""),
        ("harm", "危害后果", "radio", pairs("harm"), True, ""),
        ("facts", "要证明的事实", "textarea", (), False, "一行一项；以后每项证据对应所证明的事实"),
        ("flags", "其他情况", "checks", tuple(FLAGS.items()), False, "有则勾选"),
        ("note", "备注", "textarea", (), False, "补录以前的线索，请写明为什么现在才登记"),
    ]
    return [
        Control(
            name, title, kind, tuple(typed.getlist(name)), options, (), required, hint, errors.get(name, "")
        )
        for name, title, kind, options, required, hint in made
    ]


def pairs(enum: str) -> tuple[tuple[str, str], ...]:
    known = labels(enum)
    first = (("", CHOOSE),) if len(ENUMS[enum]) > 4 else ()
    return (*first, *((key, known[key]) for key in ENUMS[enum]))


def read_lead(
    organ: Organ, pack: Pack, typed: QueryDict, who: str, at: datetime
) -> tuple[Any, Any, str, dict]:
    """(head, event, town name, problems) of the case to open; whole only where there are no problems."""
    given = {name: NORMAL.get(name, tidy)(typed.get(name, "")) for name in typed}
    problems = {name: words for name, words in REQUIRED.items() if not given.get(name)}
    problems.update(check_words(given))
    for name, enum in CHOICES.items():
        if given.get(name) not in ENUMS[enum]:
            problems[name] = "请选择一项。"
    days = read_days(given, problems)
    matter = given.get("matter", "").split(" ")[0]
    if "matter" not in problems and matter not in pack.matters:
        problems["matter"] = "没有这个违法事项，请从列表中选择。"
    if given.get("town") and given["town"] not in pack.towns:
        problems["town"] = "没有这个街道（镇），请重新选择。"
    moment = read_moment(given, problems, at)
    check_days(days, at.date(), problems)
    if "at" not in problems and is_late(datetime.fromisoformat(moment), at) and not given.get("note"):
        problems["note"] = "登记时间早于今天，属于补录：请在备注写明为什么现在才登记。"
    if problems:
        return None, None, "", problems
    if NUMBERED(organ.code, given["number"]):
        return None, None, "", {"number": "本机关已经有这个案号的案件，请核对；刚刚提交过的不必再提交。"}
    head = {
        "number": given["number"], "procedure": given["procedure"], "matter": matter,
        "party": party_of(given, days), "violation": violation_of(organ, given, days, typed.getlist("flags")),
    }  # fmt: skip
    event = {"at": moment, "kind": "lead_registered", "by": [who], "source": given["source"]}
    if given.get("note"):
        event["note"] = given["note"]
    return head, event, pack.towns.get(given.get("town", ""), ""), {}


def read_days(given: Mapping[str, str], problems: dict[str, str]) -> dict[str, str]:
    found = {}
    for name, title in DATES.items():
        if given.get(name):
            try:
                found[name] = written_day(given[name]).isoformat()
            except FarYear:
                problems[name] = gettext(FAR_YEAR) % {"label": gettext(title)}
            except ValueError:
                problems[name] = gettext("“%(title)s”不是日期，请写成 2026-11-23 的样子。") % {
                    "title": gettext(title)
                }
    return found


def check_days(days: Mapping[str, str], today: date, problems: dict[str, str]) -> None:
    for name in days:
        if days[name] > today.isoformat():
            problems[name] = gettext("“%(title)s”晚于今天，请核对。") % {"title": gettext(DATES[name])}
    if days.get("ended_on", "9999") < days.get("began_on", ""):
        problems["ended_on"] = "结束日期早于开始日期，请核对。"
    if "discovered_on" not in problems and days.get("discovered_on", "9999") < days.get("began_on", ""):
        problems["discovered_on"] = "发现日期早于违法行为开始日期，请核对。"


def read_moment(given: Mapping[str, str], problems: dict[str, str], now: datetime) -> str:
    if "at" in problems:
        return ""
    try:
        found = written_moment(given["at"])
    except FarYear:
        problems["at"] = gettext(FAR_YEAR) % {"label": gettext("登记时间")}
        return ""
    except ValueError:
        problems["at"] = "“登记时间”不是时间，请写成 2026-11-23 09:30 的样子。"
        return ""
    if found > now:
        problems["at"] = "登记时间晚于现在。请填实际登记的时间。"
    return found.isoformat(timespec="seconds")


def party_of(given: Mapping[str, str], days: Mapping[str, str]) -> dict[str, Any]:
    party = {"kind": given["party_kind"], "name": given["party_name"]}
    if given.get("identifier"):
        party["identifier"] = given["identifier"]
    if "birth_on" in days:
        party["birth_on"] = days["birth_on"]
    return party


def violation_of(
    organ: Organ, given: Mapping[str, str], days: Mapping[str, str], flags: list[str]
) -> dict[str, Any]:
    violation: dict[str, Any] = {
        "place": given["place"], "territory": given.get("town") or organ.territory, "harm": given["harm"],
        "began_on": days["began_on"], "ended_on": days.get("ended_on"), "discovered_on": days["discovered_on"],
        "facts": [line.strip() for line in given.get("facts", "").splitlines() if line.strip()],
    }  # fmt: skip
    return {**violation, **{name: True for name in FLAGS if name in flags}}
