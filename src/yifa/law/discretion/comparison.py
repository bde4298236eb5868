"""How far a fine lies from those of like cases: median and median deviation, with the arithmetic written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from yifa.law.facts import yuan

AT_LEAST = 5
LIMIT = 3.5
SCALE = 1.4826
"""Makes the median deviation comparable with a standard deviation (a usual convention)."""


@dataclass(frozen=True)
class Comparison:
    """`outlier` None: too few cases to say."""

    count: int
    outlier: bool | None
    words: str


def compared(fine_fen: int, others: Sequence[int]) -> Comparison:
    """One fine against those of like cases, all in 分."""
    count = len(others)
    if count < AT_LEAST:
        return Comparison(count, None, f"同类案件{count}件，不足{AT_LEAST}件，不作比较。")
    middle = int(median(others))
    spread = int(median(abs(other - middle) for other in others))
    distance = abs(fine_fen - middle)
    told = f"同类案件{count}件，罚款中位数{yuan(middle)}，与中位数之差的中位数{yuan(spread)}；本案罚款{yuan(fine_fen)}，与中位数相差{yuan(distance)}。"
    if spread == 0:
        outlier = distance > 0
        return Comparison(
            count, outlier, told + ("多数案件数额相同，本案不同。" if outlier else "本案与多数案件相同。")
        )
    score = distance / (SCALE * spread)
    outlier = score > LIMIT
    sign = "大于" if outlier else "不大于"
    sums = f"{distance / 100:.2f} ÷（{SCALE} × {spread / 100:.2f}）= {score:.2f}，{sign} {LIMIT}"
    return Comparison(count, outlier, f"{told}{sums}，{'标记为偏离' if outlier else '没有偏离'}。")
