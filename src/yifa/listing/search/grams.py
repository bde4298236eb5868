"""Texts as tokens any full-text index takes alike: one token per character, carrying the next one with it.

"某建材" becomes 某建 · 建材 · 材∎, each written in ASCII letters and digits. A fragment of two characters is then one
token, a longer one a phrase, a single character a prefix. No tokenizer, locale or dictionary has a say, so SQLite and
PostgreSQL find the same; brackets, digits and characters beyond 16 bits count like any other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

BRACKETS = str.maketrans("[]()﹝﹞【】", "〔〕〔〕〔〕〔〕")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
END = "0000"
FIELDS = {"number": "n", "name": "t", "initials": "i"}
KINDS = {"case": "c", "person": "p"}


def normal(text: str) -> str:
    """Half width, lower case, one kind of bracket, no blanks: what is typed and what is stored, alike."""
    half = unicodedata.normalize("NFKC", text).lower().translate(BRACKETS)
    return "".join(char for char in half if not char.isspace() and char != "\0")


@lru_cache(maxsize=4096)
def spelt(char: str) -> str:
    """A character as four letters or digits."""
    code, letters = ord(char), ""
    for _ in range(4):
        code, place = divmod(code, 36)
        letters = DIGITS[place] + letters
    return letters


def tokens(kind: str, field: str, text: str) -> list[str]:
    """What is stored of one text of one field, in order."""
    head = KINDS[kind] + FIELDS[field]
    codes = [spelt(char) for char in normal(text)]
    return [head + here + after for here, after in zip(codes, [*codes[1:], END], strict=True)]


def grams(kind: str, texts: Iterable[tuple[str, str]]) -> str:
    """All tokens of an entry; `texts` are (field, text)."""
    return " ".join(token for field, text in texts if text for token in tokens(kind, field, text))


def phrase(kind: str, field: str, fragment: str) -> tuple[list[str], bool]:
    """The tokens that must follow one another, and whether the last is only a beginning. ([], False): nothing asked."""
    wanted = tokens(kind, field, fragment)
    if len(wanted) == 1:
        return [wanted[0].removesuffix(END)], True
    return wanted[:-1], False
