"""First letters of the pinyin, as people type them: 天津某建材 is tjmjc."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Read otherwise as a surname than elsewhere; pypinyin reads a name like any other word.
SURNAMES = {
    "仇": "q", "曾": "z", "单": "s", "解": "x", "区": "o", "查": "z", "任": "r", "华": "h", "朴": "p", "盖": "g",
    "翟": "z", "召": "s", "种": "c", "黑": "h", "乐": "y", "员": "y", "尉": "w", "隗": "w", "繁": "p", "缪": "m",
    "折": "s", "洗": "x", "冼": "x", "燕": "y", "纪": "j", "宓": "m", "逄": "p", "覃": "q", "祭": "z", "秘": "b",
    "那": "n", "教": "j", "宁": "n", "应": "y", "哈": "h", "阚": "k", "牟": "m", "佴": "n", "葛": "g", "石": "s",
    "过": "g", "干": "g", "令": "l", "车": "c", "适": "k", "句": "g", "重": "c", "厘": "x", "炅": "g", "会": "g",
    "么": "y", "曲": "q", "卜": "b", "殷": "y", "卞": "b", "柏": "b", "鲍": "b", "晁": "c", "谌": "c", "褚": "c",
}  # fmt: skip
COMPOUND = {
    "尉迟": "yc",
    "万俟": "mq",
    "单于": "cy",
    "澹台": "tt",
    "长孙": "zs",
    "令狐": "lh",
    "鲜于": "xy",
    "宰父": "zf",
}


@lru_cache(maxsize=4096)
def initials(text: str, *, person: bool = False) -> str:
    """Letters and digits stay; of a person the surname is read as one. Other signs leave nothing."""
    read = 0
    letters = ""
    if person and text[:2] in COMPOUND:
        read, letters = 2, COMPOUND[text[:2]]
    elif person and text[:1] in SURNAMES:
        read, letters = 1, SURNAMES[text[:1]]
    rest = lazy_pinyin(text[read:], style=Style.FIRST_LETTER, errors=_kept)
    return letters + "".join(rest).lower()


def _kept(text: str) -> str | None:
    """Of what has no pinyin, the letters and digits."""
    kept = "".join(char for char in text if char.isascii() and char.isalnum())
    return kept or None
