"""What was typed, before it is judged: put in the usual form, refused where nobody could have written it.

Lengths are those a paper form would hold; a column of the database never decides what an officer is told.
"""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext, gettext_noop

LINE, TEXT = 500, 20_000
FAR_YEAR = gettext_noop("“%(label)s”的年份请核对，应当在 1900 年至 2999 年之间。")
LENGTHS = {"number": 100, "party_name": 200, "identifier": 60}
BRACKETS = str.maketrans({"[": "〔", "]": "〕", "﹝": "〔", "﹞": "〕", "［": "〔", "］": "〕"})


def tidy(text: str) -> str:
    """The text without blanks at its ends, in NFC, with plain line ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", plain).strip()


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones; no blanks: for what is only a number or a date."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def identifier(text: str) -> str:
    """An identity or credit code as registers write it: half-width capitals without hyphens."""
    return half_width(text).replace("-", "").upper()


def case_number(text: str) -> str:
    """A document number with the brackets 〔〕 of official numbers, digits half-width, no blanks."""
    folded = "".join(one if one in "（）" else unicodedata.normalize("NFKC", one) for one in text)
    return "".join(folded.translate(BRACKETS).split())


def fault(title: str, text: str, longest: int) -> str:
    """Why this text cannot stand, empty where it can: too long, or with signs nobody can write."""
    if len(text) > longest:
        return gettext("“%(title)s”有 %(count)s 字，最多 %(longest)s 字。请删短；长的材料请作为附件。") % {
            "title": gettext(title),
            "count": f"{len(text):,}",
            "longest": f"{longest:,}",
        }
    if any(unprintable(one) for one in text):
        return gettext(
            "“%(title)s”里有看不见的控制字符，无法保存。请删去后重新输入，不要从别的程序直接粘贴。"
        ) % {"title": gettext(title)}
    return ""


def unprintable(one: str) -> bool:
    return one != "\n" and unicodedata.category(one) in ("Cc", "Cs")
