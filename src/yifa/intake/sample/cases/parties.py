"""Fictional parties: every one appears once, so that nobody in the sample is a repeat offender by accident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from yifa.intake.sample.identifiers import credit_code, identity_number

_FAMILY = (
    "示安和平顺庄尚景温屈车丰乐端简步池乔莘梁宁席麻强路"  # 25, with 14 given names: 350 before one returns
)
_GIVEN = (
    "大民",
    "小草",
    "守约",
    "知礼",
    "明理",
    "宜之",
    "怀远",
    "若谷",
    "念慈",
    "思齐",
    "乐山",
    "望舒",
    "景行",
    "致远",
)
_WORDS = (
    "槐荫",
    "柳岸",
    "知味",
    "老井",
    "晨光",
    "南桥",
    "石榴",
    "丰禾",
    "青砖",
    "小满",
    "听雨",
    "长堤",
    "麦香",
    "东篱",
    "枣园",
    "望河",
    "栖霞",
    "双桥",
    "春归",
    "古渡",
    "梧桐",
    "新谷",
    "秋实",
    "北苑",
)


def town_name(index: int) -> str:
    return f"示例镇{index % 24 + 1:02d}"


def shop_name(town: int, index: int, trade: str) -> str:
    """Distinct for every (town, index): both loops are shorter than the list of words."""
    return f"{town_name(town)}{_WORDS[index % len(_WORDS)]}{trade}"


class Parties:
    """Hands out parties one after another; `serial` keeps numbers and names from meeting twice."""

    def __init__(self, serial: int = 0) -> None:
        self._serial = serial
        self._citizens = self._people(serial)

    def _people(self, serial: int) -> Iterator[tuple[str, date]]:
        for n in range(serial, 10_000):
            name = _FAMILY[(n * 7 + 3) % len(_FAMILY)] + _GIVEN[n * 3 % len(_GIVEN)]
            yield name, date(1958, 3, 2) + timedelta(days=(n * 131) % 15_000)

    def make(self, kind: str, *, town: int, trade: str) -> dict[str, Any]:
        """The `party` of a record head; sole traders are named by their shop."""
        self._serial += 1
        if kind == "citizen":
            name, born = next(self._citizens)
            return {"kind": kind, "name": name, "identifier": identity_number(born), "birth_on": born}
        if kind == "sole_trader":
            name = f"{town_name(town)}{_WORDS[self._serial % len(_WORDS)]}{self._serial}号{trade}"
            return {"kind": kind, "name": name, "identifier": credit_code(self._serial, sole_trader=True)}
        name = f"示例{_WORDS[self._serial % len(_WORDS)]}{_WORDS[(self._serial + self._serial // 24 * 5 + 7) % len(_WORDS)]}{trade}"
        return {"kind": kind, "name": name, "identifier": credit_code(self._serial)}
