"""From what was typed about a delivery to what the action takes; every fault at its control, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop

from yifa.casework.cases.events import is_late
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.delivery.actions import Told
from yifa.law.delivery import Way
from yifa.law.labels import labels
from yifa.ledger.written import written_day, written_moment

YES_NO = (("no", gettext_noop("否")), ("yes", gettext_noop("是")))
FLAGS = {
    "witness_or_recording": gettext_noop("有见证人，或者拍照、录像"), "consent_signed": gettext_noop("已签送达地址（方式）确认书"),
    "other_modes_failed": gettext_noop("下落不明，或者其他方式都无法送达"),
}  # fmt: skip
LONGEST = 500


@dataclass(frozen=True)
class Control:
    """As components/field.html has it."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    optional: bool = False
    error: str = ""


def controls(
    way: Way,
    untold: tuple[str, ...],
    officers: list[tuple[str, str]],
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> list[Control]:
    """The fields of one way: when, who with, to whom, where, and what the way asks for."""
    made = [
        Control("at", gettext_noop("送达时间"), "datetime-local"),
        Control("with", gettext_noop("同行的执法人员"), "select", options=(("", gettext_noop("请选择")), *officers), optional=not way.by_hand),
        *(Control(f"earlier.{mode}", reason_label(mode), hint="写明经过，例如时间、地点、遇到什么情况") for mode in untold),
    ]  # fmt: skip
    if way.receiver:
        made += [
            Control("receiver", gettext_noop("收件人")),
            Control(
                "receiver_kind", gettext_noop("收件人是"), "select", options=tuple(labels("receiver").items())
            ),
            Control("place", gettext_noop("送达地点")),
        ]
    if way.mode in ("direct", "left_in_place"):
        made.append(Control("refused", gettext_noop("拒绝接收"), "select", options=YES_NO))
        made.append(Control("witness", gettext_noop("见证人"), optional=True))
    made += [Control(name, FLAGS[name], "select", options=YES_NO) for name in way.asks if name in FLAGS]
    if "announced_on" in way.asks:
        made.append(Control("announced_on", gettext_noop("公告日期"), "date"))
        proofs = tuple(labels("announcement_proof").items())
        made.append(Control("announcement_proof", gettext_noop("公告载体"), "select", options=proofs))
    made.append(
        Control(
            "reason",
            gettext_noop("说明"),
            hint="拒收事由、没有送到的原因；补录的写明为什么现在才记录",
            optional=True,
        )
    )
    made.append(
        Control("late_reason", gettext_noop("超期原因"), hint="只在超过送达期限时填写", optional=True)
    )
    return [
        Control(one.name, one.label, one.kind, typed.get(one.name, ""), one.options, one.hint, one.optional, wrong.get(one.name, ""))
        for one in made
    ]  # fmt: skip


def reason_label(mode: str) -> str:
    return gettext("为什么没有%(mode)s送达") % {"mode": gettext(labels("mode")[mode])}


def read(
    way: Way,
    untold: tuple[str, ...],
    who: str,
    officers: Mapping[str, str],
    typed: QueryDict,
    now: datetime,
    *,
    failed: bool,
) -> tuple[Told | None, dict[str, str]]:
    """What was told, or what is wrong by control. `failed`: an attempt, which needs its reason and no more."""
    wrong: dict[str, str] = {}
    words = {
        name: tidy(typed.get(name, "")) for name in ("receiver", "place", "witness", "reason", "late_reason")
    }
    for name, text in words.items():
        if said := fault(name, text, LONGEST):
            wrong[name] = said
    at = moment_of(typed.get("at", ""), now, wrong)
    partner = typed.get("with", "")
    if partner and partner not in officers:
        wrong["with"] = gettext("请从列表中选择。")
    if way.by_hand and not partner:
        wrong["with"] = gettext("由两名执法人员送达，请选择同行的人员。")
    if failed and not words["reason"]:
        wrong["reason"] = gettext("请写明没有送到的原因。")
    earlier = {mode: tidy(typed.get(f"earlier.{mode}", "")) for mode in untold}
    for mode, why in earlier.items():
        if said := fault("内容", why, LONGEST):
            wrong[f"earlier.{mode}"] = said
    flags = {} if failed else flags_of(way, typed, now.date(), wrong)
    if not failed:
        wrong |= {
            f"earlier.{mode}": gettext("请写明没有采用这种方式的原因。")
            for mode, why in earlier.items()
            if not why
        }
        wrong |= receiver_faults(way, words, typed)
        if at and is_late(at, now) and not words["reason"]:
            wrong["reason"] = gettext("补录以前的送达，请写明为什么现在才记录。")
    if wrong or at is None:
        return None, wrong
    return Told(
        mode=way.mode, at=at, by=tuple(one for one in (who, partner) if one), place=words["place"], receiver=words["receiver"],
        receiver_kind=typed.get("receiver_kind", "") if way.receiver and not failed else "",
        refused=typed.get("refused") == "yes", witness=words["witness"], reason=words["reason"], earlier=earlier, flags=flags,
        note=words["reason"] if is_late(at, now) else "", late_reason=words["late_reason"],
    ), {}  # fmt: skip


def moment_of(text: str, now: datetime, wrong: dict[str, str]) -> datetime | None:
    try:
        at = written_moment(text.strip())
    except ValueError:
        wrong["at"] = gettext("请填写送达时间，写成 2026-11-23 09:30 的样子。")
        return None
    if at > now:
        wrong["at"] = gettext("送达时间晚于现在。请填实际送达的时间。")
    return at


def receiver_faults(way: Way, words: Mapping[str, str], typed: QueryDict) -> dict[str, str]:
    """Who took the paper, in which quality, and where; a refusal belongs to leaving it in place."""
    wrong: dict[str, str] = {}
    if way.receiver:
        if not words["receiver"]:
            wrong["receiver"] = gettext("请填写收件人姓名或者单位。")
        if not words["place"]:
            wrong["place"] = gettext("请填写送达地点或者地址。")
        if typed.get("receiver_kind", "") not in labels("receiver"):
            wrong["receiver_kind"] = gettext("请从列表中选择。")
    if way.mode == "direct" and typed.get("refused") == "yes":
        wrong["refused"] = gettext("拒绝接收的，这次记为“没有送到”，再用留置送达。")
    return wrong


def flags_of(way: Way, typed: QueryDict, today: date, wrong: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: typed.get(name) == "yes" for name in way.asks if name in FLAGS}
    if "announced_on" in way.asks:
        try:
            announced = written_day(typed.get("announced_on", "").strip())
        except ValueError:
            wrong["announced_on"] = gettext("请填写公告日期，写成 2026-11-23 的样子。")
        else:
            if announced > today:
                wrong["announced_on"] = gettext("公告日期晚于今天。")
            found["announced_on"] = announced.isoformat()
        if typed.get("announcement_proof") not in labels("announcement_proof"):
            wrong["announcement_proof"] = gettext("请从列表中选择。")
        else:
            found["announcement_proof"] = typed["announcement_proof"]
    return found
