"""Amounts in formal numerals (人民币大写), and amounts as papers write them."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LARGEST_FEN = 10**18


def formal(fen: int) -> str:
    """人民币贰仟元整 of 200000. Raises ValueError below zero or from ten thousand million million yuan on."""
    if not 0 <= fen < LARGEST_FEN:
        raise ValueError(f"金额不能写成大写：{fen} 分")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{words}整"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return f"人民币{words}" + (f"{DIGITS[cents]}分" if cents else "整")


def amount(fen: int) -> str:
    """2,000元（人民币贰仟元整）."""
    yuan, cents = divmod(fen, 100)
    figures = f"{yuan:,}" + (f".{cents:02d}" if cents else "")
    return f"{figures}元（{formal(fen)}）"


def _whole(number: int) -> str:
    if not number:
        return DIGITS[0]
    words, gap = "", False
    for place in range(len(GROUPS) - 1, -1, -1):
        group = number // 10_000**place % 10_000
        if not group:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += DIGITS[0]
        words += _group(group) + GROUPS[place]
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return words
