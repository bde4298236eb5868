"""Which public values anchor the log, and how each is spelt, so that an outsider compares character by character.

The value comes from a person: what is typed is put into the one spelling, or refused with what is expected instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

OTHER = "other"
ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~-]+)*")
LONGEST_ADDRESS = 80


class AnchorRefused(Exception):
    """The value is not recorded: `field` of the form it is about, and what to do."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Source:
    """`groups`: how many different numbers of a lottery, and the largest; else `value` is a pattern."""

    words: str
    issue: str
    issue_words: str
    value_words: str
    groups: tuple[tuple[int, int], ...] = ()
    value: str = ""


SOURCES = {
    "kl8": Source(
        gettext_noop("福利彩票 快乐8（每天开奖）"), r"20\d{5}", gettext_noop("期号是 7 位数字，前 4 位是年份。"),
        gettext_noop("应是 20 个不同的号码，1 至 80。"), groups=((20, 80),),
    ),
    "ssq": Source(
        gettext_noop("福利彩票 双色球"), r"20\d{5}", gettext_noop("期号是 7 位数字，前 4 位是年份。"),
        gettext_noop("应是 6 个不同的红球号码（1 至 33），最后是蓝球号码（1 至 16）。"), groups=((6, 33), (1, 16)),
    ),
    "dlt": Source(
        gettext_noop("体育彩票 大乐透"), r"\d{5}", gettext_noop("期号是 5 位数字，前 2 位是年份的后两位。"),
        gettext_noop("应是 5 个不同的前区号码（1 至 35），最后是 2 个不同的后区号码（1 至 12）。"), groups=((5, 35), (2, 12)),
    ),
    "drand": Source(
        gettext_noop("随机信标 drand"), r"[1-9]\d{0,11}", gettext_noop("轮次是一个整数。"),
        gettext_noop("应是 64 位十六进制数（randomness）。"), value=r"[0-9a-f]{64}",
    ),
    OTHER: Source(
        gettext_noop("其他公开来源（填写网址）"), r"[0-9A-Za-z._/-]{1,40}",
        gettext_noop("期号或轮次最多 40 个字符，只用数字、英文字母和 . _ / -。"),
        gettext_noop("数值应是 8 至 256 个数字、英文字母或者 + / = , . -，中间没有空格。"), value=r"[0-9A-Za-z+/=,.-]{8,256}",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class PublicValue:
    """In the one spelling. `source` is a key of SOURCES, or the address of another source."""

    source: str
    issue: str
    value: str


def spelt(*, source: str, address: str, issue: str, value: str) -> PublicValue:
    """What was typed, in the one spelling. Raises AnchorRefused."""
    kind = SOURCES[source]
    address, issue, value = (unicodedata.normalize("NFKC", one).strip() for one in (address, issue, value))
    if source == OTHER:
        source = address.lower().removeprefix("https://").removeprefix("http://").rstrip("/")
        if not ADDRESS.fullmatch(source) or len(source) > LONGEST_ADDRESS:
            raise AnchorRefused(
                "address", gettext("请填写公布数值的网址，例如 beacon.example.org，最多 80 个字符。")
            )
    elif address:
        raise AnchorRefused("address", gettext("只有选“其他公开来源”时才填写网址。请清空，或者改选来源。"))
    if not re.fullmatch(kind.issue, issue, re.ASCII):
        raise AnchorRefused("issue", gettext(kind.issue_words))
    found = _numbers(value, kind.groups) if kind.groups else value
    if not kind.groups and kind.value == SOURCES["drand"].value:
        found = value.lower()
    if not found or (kind.value and not re.fullmatch(kind.value, found)):
        raise AnchorRefused("value", gettext(kind.value_words))
    return PublicValue(source, issue, found)


def _numbers(text: str, groups: tuple[tuple[int, int], ...]) -> str:
    """`01,05,…` in ascending order, the groups joined by `+`; empty where these are not the numbers of a draw."""
    if not re.fullmatch(r"[0-9\s,、;|+-]+", text):
        return ""
    numbers, parts = [int(one) for one in re.findall(r"\d{1,2}", text)], []
    if len(numbers) != sum(count for count, _ in groups):
        return ""
    for count, largest in groups:
        part, numbers = sorted(numbers[:count]), numbers[count:]
        if len(set(part)) != count or not all(1 <= one <= largest for one in part):
            return ""
        parts.append(",".join(f"{one:02d}" for one in part))
    return "+".join(parts)


def words_of(source: str) -> str:
    """A source as people say it; another one is its address."""
    return SOURCES[source].words if source in SOURCES else source
