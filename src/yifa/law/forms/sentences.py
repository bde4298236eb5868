"""Sentences the date of a paper chooses: remedies, payment, the right to a hearing; periods come from the packs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from yifa.law.forms.amounts import amount
from yifa.law.forms.definitions import TEXTS
from yifa.law.packs import NotInForce, Pack, ValueNotSet

SLOT = re.compile(r"\{(\w+)\}")
LAW = re.compile(r"([^；，、《》（）]+?(?:条例|规定|办法|细则|法|标准))(?=第[^；，]*?条|[；，、（]|$)")
UNITS = {"day": "日", "working_day": "个工作日", "month": "个月", "year": "年", "hour": "小时"}
ACT = {"act": "决定"}
"""What a paper is where nothing else is said: 如不服本决定."""
NAMES = {
    "court": "court_name", "bank": "collecting_bank", "account": "collecting_account",
    "percent": "additional_fine_percent_per_day",
}  # fmt: skip


class NotSet(ValueError):
    """A sentence needs a parameter the organ has not set; the message names it."""


def sentence(name: str, on: date, law: Pack, **said: str) -> str:
    """The edition of a sentence in force on a day. Raises NotSet, NotInForce."""
    for one in blocks()[name]:
        if one.get("valid_from", "") <= on.isoformat() <= one.get("valid_to", "9999"):
            return SLOT.sub(
                lambda slot: {**ACT, **said}.get(slot[1]) or words_of(slot[1], on, law), one["text"]
            )
    raise NotInForce(f"{name} on {on.isoformat()}")


def cited(basis: str) -> str:
    """《城市绿化条例》第二十五条 of 城市绿化条例第二十五条."""
    return LAW.sub(r"《\1》", basis)


def payment(on: date, law: Pack, fine_fen: int) -> str:
    """How and where to pay. Raises NotSet."""
    return sentence("payment", on, law, amount=amount(fine_fen))


def words_of(name: str, on: date, law: Pack) -> str:
    """A parameter in words: 60日, 6个月, 示例区人民法院. Raises NotSet."""
    name = NAMES.get(name, name)
    try:
        found = law.param(name, on)
    except (ValueNotSet, NotInForce) as error:
        title = law.editions[name][0].title
        raise NotSet(f"法律参数“{title}”还没有设定，请在本页直接填写，或者请管理员设定") from error
    return f"{found.value}{UNITS.get(found.unit, '')}"


@cache
def blocks() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads((TEXTS / "blocks.toml").read_text(encoding="utf-8"))
