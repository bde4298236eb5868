"""From what was typed to an event of the record: every value read by the type of its key, every fault in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop

from yifa.casework.cases.act_words import MONITOR_LABELS, point_name
from yifa.casework.cases.doing import Doing
from yifa.casework.cases.forms.controls import label_of, open_points
from yifa.casework.cases.forms.typed import (
    FAR_YEAR,
    LENGTHS,
    LINE,
    TEXT,
    case_number,
    fault,
    half_width,
    tidy,
)
from yifa.casework.cases.permissions import misplaced, must_act
from yifa.law.enums import ENUMS
from yifa.law.events import Key
from yifa.ledger.written import FarYear, written_day, written_moment

ABSENT = object()
MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
MAX_POINTS = 50
FILL, CHOOSE = gettext_noop("请填写“%(label)s”。"), gettext_noop("请选择“%(label)s”。")


class Wrong(ValueError):
    """One value that cannot stand; `name`: its control."""

    def __init__(self, name: str, message: str) -> None:
        self.name, self.message = name, message
        super().__init__(message)


def read_event(doing: Doing, typed: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """(event, problems): problems by control name; the event is whole only where there are none."""
    event: dict[str, Any] = {"kind": doing.kind}
    problems: dict[str, str] = {}
    for name, key in doing.keys.items():
        if name in doing.fixed:
            value = ABSENT if doing.fixed[name] is None else doing.fixed[name]
        else:
            try:
                value = READERS[key.type](name, key, typed, doing)
            except Wrong as wrong:
                problems[wrong.name] = wrong.message
                continue
        if value is not ABSENT:
            event[name] = value
    problems.update(across(doing, event, problems))
    return event, problems


def across(doing: Doing, event: dict[str, Any], problems: dict[str, str]) -> dict[str, str]:
    """Faults that show only between keys: a moment to come, nobody who acted, a penalty left out."""
    found: dict[str, str] = {}
    if "at" in event and datetime.fromisoformat(event["at"]) > doing.at:
        found["at"] = "办理时间晚于现在。请填实际办理的时间。"
    elif "at" in event and doing.entered_late(event) and not event.get("note"):
        found["note"] = "补录以前的事，请在备注写明为什么现在才记录。"
    if "by" in event and left_out(doing, event["by"]):
        found["by"] = "请勾选您本人：只能记录自己参与办理的环节。"
    name = "handlers" if "handlers" in event else "by"
    barred = misplaced(doing.kind, event.get(name, ()), doing.acts, event.get("approved_by"))
    if barred:
        who = "、".join(doing.names[one] for one in barred)
        found[name] = gettext("%(who)s审核、审批过本案或者已经回避，不能再办理本案，请另选人员。") % {
            "who": who
        }
    if doing.kind == "recusal_decided" and doing.person and event.get("person") == doing.person["id"]:
        found["person"] = "不能决定本人的回避，请其他负责人登录决定。"
    if event.get("outcome") == "penalty" and "penalty" not in event and "penalty.kinds" not in problems:
        found["penalty.kinds"] = "给予处罚的，请勾选处罚种类。"
    if "from_on" in event and "to_on" in event and event["to_on"] < event["from_on"]:
        found["to_on"] = "止日早于起日，请核对。"
    return found


def left_out(doing: Doing, by: list[str]) -> bool:
    """Is who records missing among those who acted, where they must be?"""
    person = doing.person
    return person is not None and must_act(doing.kind, person) and person["id"] not in by


def typed_text(name: str, key: Key, typed: QueryDict, ask: str = FILL) -> str | object:
    text = tidy(typed.get(name, ""))
    if not text:
        if key.required:
            raise Wrong(name, gettext(ask) % {"label": label_of(name)})
        return ABSENT
    wrong = fault(label_of(name), text, TEXT if key.free_text else LENGTHS.get(name, LINE))
    if wrong:
        raise Wrong(name, wrong)
    return case_number(text) if name == "number" else text


def text(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    return typed_text(name, key, typed)


def day(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    value = typed_text(name, key, typed)
    if value is ABSENT:
        return value
    try:
        return written_day(half_width(str(value))).isoformat()
    except FarYear as error:
        raise Wrong(name, gettext(FAR_YEAR) % {"label": label_of(name)}) from error
    except ValueError as error:
        raise Wrong(
            name, gettext("“%(label)s”不是日期，请写成 2026-11-23 的样子。") % {"label": label_of(name)}
        ) from error


def moment(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    value = typed_text(name, key, typed)
    if value is ABSENT:
        return value
    try:
        return written_moment(str(value)).isoformat(timespec="seconds")
    except FarYear as error:
        raise Wrong(name, gettext(FAR_YEAR) % {"label": label_of(name)}) from error
    except ValueError as error:
        raise Wrong(
            name, gettext("“%(label)s”不是时间，请写成 2026-11-23 09:30 的样子。") % {"label": label_of(name)}
        ) from error


def money(name: str, words: str, typed: str) -> int:
    """分 from 元 as typed: 200, 200.5, 1,000.00. Raises Wrong."""
    plain = half_width(typed).removesuffix("元").replace(",", "")
    try:
        if not MONEY.fullmatch(plain):
            raise InvalidOperation
        return int(Decimal(plain) * 100)
    except InvalidOperation as error:
        raise Wrong(
            name, gettext("“%(words)s”不是金额，请写成 200 或者 200.50 的样子。") % {"words": gettext(words)}
        ) from error


def number(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    value = typed_text(name, key, typed)
    if value is ABSENT:
        return value
    if name.endswith("_fen"):
        return money(name, label_of(name), str(value))
    return whole(name, str(value))


def whole(name: str, typed: str) -> int:
    value = half_width(typed)
    if not (value.isascii() and value.isdigit() and len(value) <= 5):
        raise Wrong(name, gettext("“%(label)s”不是整数，请只填数字。") % {"label": label_of(name)})
    return int(value)


def yes_no(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    value = typed.get(name, "")
    if value in ("yes", "no"):
        return value == "yes"
    if key.required:
        raise Wrong(name, gettext("请选择“%(label)s”。") % {"label": label_of(name)})
    return ABSENT


def chosen(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    value = typed_text(name, key, typed, CHOOSE)
    if value is not ABSENT and value not in key.values:
        raise Wrong(name, gettext("“%(label)s”没有这个选项，请重新选择。") % {"label": label_of(name)})
    return value


def several(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    return within(name, typed.getlist(name), key.values)


def within(name: str, values: list[str], known: Any) -> list[str]:
    if any(value not in known for value in values):
        raise Wrong(name, gettext("“%(label)s”没有这个选项，请重新选择。") % {"label": label_of(name)})
    return values


def people(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    values = within(name, typed.getlist(name), doing.staff)
    if not values and name != "by":
        raise Wrong(name, gettext("请至少勾选一名“%(label)s”。") % {"label": label_of(name)})
    return values


def one_person(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    value = typed_text(name, key, typed, CHOOSE)
    return value if value is ABSENT else within(name, [str(value)], doing.staff)[0]


def evidence(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    return within(name, typed.getlist(name), {act.data["id"] for act in doing.acts_of("evidence_added")})


def lines(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    found = [
        line.strip() for value in typed.getlist(name) for line in tidy(value).split("\n") if line.strip()
    ]
    wrong = next(filter(None, (fault(label_of(name), line, LINE) for line in found)), "")
    if wrong:
        raise Wrong(name, wrong)
    if not found and name == "items":
        raise Wrong(name, gettext("请填写“%(label)s”，一行一件。") % {"label": label_of(name)})
    return found


def points(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    """Points are numbered on through the case; their words stand in the note, which alone is erasable."""
    count = whole(name, str(typed_text(name, key, typed)))
    if not 1 <= count <= MAX_POINTS:
        raise Wrong(name, gettext("意见的点数应在 1 到 %(most)s 之间。") % {"most": MAX_POINTS})
    before = sum(len(act.data["points"]) for act in doing.acts_of("statement_made"))
    return [str(before + place) for place in range(1, count + 1)]


def penalty(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    kinds = within_penalty(name, typed.getlist(f"{name}.kinds"))
    found: dict[str, Any] = {"kinds": kinds}
    for part, words in (("fine", "罚款金额"), ("confiscation", "没收金额")):
        typed_amount = typed.get(f"{name}.{part}", "").strip()
        if typed_amount:
            found[f"{part}_fen"] = money(f"{name}.{part}", words, typed_amount)
    if "fine" in kinds and not found.get("fine_fen"):
        raise Wrong(f"{name}.fine", "勾选了罚款，请填写罚款金额。")
    if found.get("fine_fen") and "fine" not in kinds:
        raise Wrong(f"{name}.kinds", "填了罚款金额，请在种类中勾选罚款。")
    if kinds or len(found) > 1:
        return found
    if not key.required:
        return ABSENT
    if name != "proposal":
        raise Wrong(f"{name}.kinds", "请勾选处罚种类。")
    return found


def within_penalty(name: str, kinds: list[str]) -> list[str]:
    if any(kind not in ENUMS["penalty_kind"] for kind in kinds):
        raise Wrong(f"{name}.kinds", "没有这个处罚种类，请重新选择。")
    return kinds


def results(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    found = {}
    for point in open_points(doing):
        answer = typed.get(f"{name}.{point}", "")
        if answer not in key.values:
            raise Wrong(
                f"{name}.{point}", gettext("请选择是否采纳%(point)s意见。") % {"point": point_name(point)}
            )
        found[point] = answer
    if not found:
        raise Wrong(name, "没有需要复核的意见。")
    return found


def monitor(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    ticked = typed.getlist(name)
    return {one: one in ticked for one in MONITOR_LABELS} if ticked else ABSENT


def retention(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    value = typed_text(name, key, typed)
    if value is ABSENT:
        return value
    return "permanent" if value in ("永久", "permanent") else whole(name, str(value))


def acted(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    value = typed_text(name, key, typed, CHOOSE)
    if value not in {str(act.seq) for act in doing.acts}:
        raise Wrong(name, "没有这一条办案记录，请重新选择。")
    return int(str(value))


def identifier(name: str, key: Key, typed: QueryDict, doing: Doing) -> Any:
    value = typed_text(name, key, typed)
    if doing.kind == "evidence_added" and value in {act.data["id"] for act in doing.acts_of(doing.kind)}:
        raise Wrong(name, "这个证据编号已经用过，请换一个。")
    return value


def no_votes(name: str, key: Key, typed: QueryDict, _: Doing) -> Any:
    raise Wrong(name, "表决须由每位参加人员本人登录作出。")


READERS: dict[str, Callable[[str, Key, QueryDict, Doing], Any]] = {
    "text": text, "date": day, "datetime": moment, "int": number, "bool": yes_no, "enum": chosen, "enums": several,
    "persons": people, "person": one_person, "evidence": evidence, "texts": lines, "id": identifier, "ids": points,
    "penalty": penalty, "results": results, "monitor": monitor, "retention": retention, "event_index": acted,
    "votes": no_votes,
}  # fmt: skip
