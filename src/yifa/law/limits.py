"""The fine a matter allows one party: limits and grades (裁量阶次) in 分, by the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yifa.law.facts import Facts
from yifa.law.findings import Gap
from yifa.law.packs import Matter, Range

TIERS = ("minor", "ordinary", "serious", "grave")
FULL = 10_000
"""A `pct` range counts hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Amounts in 分. `tiers`: upper bounds by TIERS, empty where the amount is fixed. `others`: (min, max) of variants."""

    min: int
    max: int
    tiers: tuple[int, ...]
    others: tuple[tuple[int, int], ...]

    def allows(self, fen: int) -> bool:
        """Is the amount in the range, or in one the same article has for another case?"""
        return self.min <= fen <= self.max or self.in_variant(fen)

    def in_variant(self, fen: int) -> bool:
        return any(low <= fen <= high for low, high in self.others)

    def tier(self, key: str) -> tuple[int, int]:
        """Bounds of a grade: the lower one excluded, except for the lightest. Raises ValueError for an unknown key."""
        place = TIERS.index(key)
        return (self.tiers[place - 1] if place else self.min), self.tiers[place]


def matter_of(facts: Facts, code: str | None = None) -> Matter | Gap:
    """The matter of a record (or another by its code); a gap where the pack does not have it."""
    name = code or facts.record.matter
    return facts.pack.matters.get(name) or Gap("pack_has_no_value", f"法律包没有事项{name}")


def limits(facts: Facts, matter: Matter, on: date) -> Limits | Gap:
    """What the matter allows this party; a gap where the pack or the record lacks a needed value."""
    kind = facts.record.party.kind
    sole_trader_as = str(facts.param("getihu_as", on).value) if kind == "sole_trader" else ""
    own = matter.range_for(kind, sole_trader_as)
    if own is None:
        return Gap("pack_has_no_value", f"事项{matter.code}没有适用于该类当事人的罚款幅度")
    factor = _factor(facts, own)
    if isinstance(factor, Gap):
        return factor
    times, over = factor
    return Limits(
        min=-(-own.min * times // over),
        max=own.max * times // over,
        tiers=tuple(bound * times // over for bound in own.tiers),
        others=tuple(
            (-(-one.min * times // over), one.max * times // over)
            for party, one in matter.variants
            if one.unit == own.unit and party in ("any", "citizen" if facts.acts_as == "citizen" else "unit")
        ),
    )


def _factor(facts: Facts, own: Range) -> tuple[int, int] | Gap:
    """By what an entry of the range is multiplied and divided to give 分."""
    violation = facts.record.violation
    if own.unit == "yuan":
        return 1, 1
    if own.unit == "pct":
        if violation.fine_base_fen is None:
            return Gap("key_absent", "没有记入罚款基数（fine_base_fen），如工程造价")
        return violation.fine_base_fen, FULL
    if violation.fine_units is None:
        return Gap("key_absent", "没有记入罚款的计算数量（fine_units），如株数、面积")
    return violation.fine_units, 1
