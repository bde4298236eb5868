"""The code under the square of a paper (核验码): eight signs without 0, O, 1 and I, the first forty bits of its content.

It finds a paper, it does not prove one: who has the code learns whether we sealed such a paper and whether it stands.
"""

from __future__ import annotations

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, DIGITS = 8, 10


def code_of(content: str) -> str:
    """`7K3M-9QXD` of a content digest in hex."""
    number = int(content[:DIGITS], 16)
    signs = "".join(SIGNS[(number >> 5 * place) & 31] for place in reversed(range(LENGTH)))
    return f"{signs[:4]}-{signs[4:]}"


def content_beginning(code: str) -> str:
    """The first ten hex digits of the content a code stands for. Raises ValueError."""
    signs = "".join(one for one in code.upper() if one not in "- 　")
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        raise ValueError(code)
    number = 0
    for one in signs:
        number = number << 5 | SIGNS.index(one)
    return f"{number:0{DIGITS}x}"
