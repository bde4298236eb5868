"""中文 numerals of articles: 五十八 ↔ 58, up to 999."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100}
LARGEST = 999


def chinese_number(n: int) -> str:
    """58 → 五十八, 105 → 一百零五, 115 → 一百一十五. Raises ValueError outside 1 to 999."""
    if not 1 <= n <= LARGEST:
        raise ValueError(f"article numbers run from 1 to {LARGEST}, not {n}")
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def number_of(text: str) -> int:
    """五十八 → 58. Raises ValueError for anything `chinese_number` would not write."""
    total, digit = 0, 0
    for mark in text:
        if mark in UNITS:
            total += (digit or 1) * UNITS[mark]
            digit = 0
        elif mark in DIGITS:
            digit = DIGITS.index(mark)
        else:
            raise ValueError(f"not a 中文 number: {text}")
    total += digit
    if not 1 <= total <= LARGEST or chinese_number(total) != text:
        raise ValueError(f"not a 中文 number: {text}")
    return total
