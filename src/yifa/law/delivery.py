"""The ways of service (送达方式) in their order: when each is open, what it asks, when it takes effect.

APL art. 61 para. 2, CPL arts 88–95 (before 2022: arts 85–92). Whether an act may be recorded is for law/rules alone;
here is what has to be told before a later way is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from yifa.law.calendar import Deadline
from yifa.law.editions import CPL_2021
from yifa.law.facts import Facts
from yifa.law.record.model import Event, Record
from yifa.law.remedies import effective_on


@dataclass(frozen=True)
class Way:
    """One way of service. `earlier`: ways whose failure must be told first; `asks`: keys of the event it needs."""

    mode: str
    condition: str
    takes_effect: str
    article: str
    article_before: str
    earlier: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    by_hand: bool = False
    receiver: bool = True

    def article_on(self, day: date) -> str:
        return f"民事诉讼法{self.article if day >= CPL_2021 else self.article_before}"


WAYS: tuple[Way, ...] = (
    Way(
        "direct", "直接送交受送达人；本人不在的交同住成年家属，单位的交法定代表人、负责人或者收件人", "在送达回证上签收的日期",
        "第八十八条", "第八十五条", by_hand=True,
    ),
    Way(
        "left_in_place", "受送达人或者同住成年家属拒绝接收；有见证人签名，或者拍照、录像记录", "留在住所的日期", "第八十九条",
        "第八十六条", earlier=("direct",), asks=("witness_or_recording",), by_hand=True,
    ),
    Way(
        "electronic", "当事人同意并签订送达地址（方式）确认书", "到达受送达人特定系统的日期", "第九十条", "第八十七条",
        asks=("consent_signed",),
    ),
    Way("entrusted", "直接送达有困难，委托其他机关代为送达", "在送达回证上签收的日期", "第九十一条", "第八十八条", earlier=("direct",)),
    Way("postal", "直接送达有困难，邮寄送达", "回执上注明的收件日期", "第九十一条", "第八十八条", earlier=("direct",)),
    Way(
        "transmitted", "受送达人是军人、被监禁或者被采取强制性教育措施，由所在单位转交", "在送达回证上签收的日期", "第九十二条至第九十四条",
        "第八十九条至第九十一条",
    ),
    Way(
        "public_notice", "受送达人下落不明，或者其他方式都无法送达；在案卷中记明原因和经过", "公告期满", "第九十五条", "第九十二条",
        earlier=("direct", "postal"), asks=("other_modes_failed", "announced_on", "announcement_proof"), receiver=False,
    ),
)  # fmt: skip
BY_MODE: Mapping[str, Way] = {way.mode: way for way in WAYS}


def untold(mode: str, told: Collection[str]) -> tuple[str, ...]:
    """The earlier ways nobody has told anything of, in their order. Raises KeyError for no such way."""
    return tuple(one for one in BY_MODE[mode].earlier if one not in told)


@dataclass(frozen=True)
class Effect:
    """When a service takes effect; `deadline` counts the public notice, None where nothing had to be counted."""

    on: date
    deadline: Deadline | None = None


def effect(facts: Facts, service: Event) -> Effect:
    """Of an act of service in a record. CPL art. 95."""
    on = effective_on(facts, service)
    if service.data["mode"] != "public_notice":
        return Effect(on)
    announced = service.data["announced_on"] or service.day
    return Effect(on, facts.due("public_notice_days", service, on=announced))


def effects(record: Record) -> dict[int, Effect]:
    """Index of each service of a paper → when it takes effect."""
    if not record.events:
        return {}
    facts = Facts(record, record.events[-1].at)
    return {one.index: effect(facts, one) for one in facts.all("instrument_served")}
