"""The worksheet of one case: leniency, grade, range, amount, deviation, and the reasons as text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from yifa.law.discretion.leniency import EFFECTS, EXEMPT, LENIENT, MAY_EXEMPT, MAY_LENIENT, Line, lines
from yifa.law.facts import Facts, yuan
from yifa.law.findings import Gap
from yifa.law.labels import label
from yifa.law.limits import TIERS, Limits, limits, matter_of
from yifa.law.packs import Matter
from yifa.law.record.model import Event, Record
from yifa.law.rules.applicable_law import governing_day

DEFAULTS = "benchmark_split"
ROUND = 1_000
"""An advised amount is rounded down to ten yuan."""


@dataclass(frozen=True)
class Deviation:
    """An amount outside its grade. `allowed`: with reason and approval; False: not even so."""

    words: str
    allowed: bool


@dataclass(frozen=True)
class Worksheet:
    """`tier`: the grade worked with (`proposed`: the one the facts suggest). `limits` None: `gap` says why not.

    `advised_fen` None: no amount is advised (no penalty, a fixed amount unknown, no grades).
    """

    matter: Matter | None
    lines: tuple[Line, ...]
    outcome: str
    proposed: str
    tier: str
    limits: Limits | None
    gap: str
    bounds: tuple[int, int] | None
    advised_fen: int | None
    fine_fen: int | None
    deviation: Deviation | None
    reasons: str
    assumed: tuple[str, ...]

    @property
    def outcome_words(self) -> str:
        return EFFECTS[self.outcome] if self.outcome else "予以处罚"


def worksheet(record: Record, at: datetime, *, tier: str = "", fine_fen: int | None = None) -> Worksheet:
    """The worksheet at a moment. `tier` and `fine_fen` are what the handler has in mind; empty: what is proposed.

    Raises KeyError for an unknown grade, UnknownParameter where the pack lacks a value.
    """
    facts = Facts(record, at)
    step = Event(len(facts.events), at, "decision_made", (), {}, at.date(), bare=True)
    proposed = proposed_tier(facts, step)
    chosen = tier or proposed
    if chosen not in TIERS:
        raise KeyError(chosen)
    found = tuple(lines(facts, step, chosen))
    outcome = strongest(found)
    matter = matter_of(facts)
    own = (
        matter if isinstance(matter, Gap) else limits(facts, matter.on(governing_day(facts, step)), step.day)
    )
    known = None if isinstance(own, Gap) else own
    bounds = known.tier(chosen) if known and known.tiers else (known.min, known.max) if known else None
    advised = advise(known, bounds, outcome)
    amount = advised if fine_fen is None else fine_fen
    deviation = (
        deviates(known, bounds, chosen, amount, found) if known and bounds and amount is not None else None
    )
    assumed = (*facts.take_assumed(), *((DEFAULTS,) if known and known.tiers else ()))
    sheet = Worksheet(
        matter=None if isinstance(matter, Gap) else matter, lines=found, outcome=outcome, proposed=proposed,
        tier=chosen, limits=known, gap=own.detail if isinstance(own, Gap) else "", bounds=bounds,
        advised_fen=advised, fine_fen=amount, deviation=deviation, reasons="", assumed=assumed,
    )  # fmt: skip
    return replace(sheet, reasons=reasons(sheet))


def proposed_tier(facts: Facts, step: Event) -> str:
    """The grade the investigation proposed; before that one the facts suggest: harm, correction, first offence."""
    closed = facts.last_before(step, "investigation_closed")
    if closed is not None and closed.data["tier"]:
        return str(closed.data["tier"])
    violation = facts.record.violation
    place = {"none": 0, "slight": 1, "serious": 2}[violation.harm]
    rechecked = facts.last_before(step, "correction_rechecked")
    if rechecked is not None and not rechecked.data["corrected"]:
        place += 1
    elif violation.corrected_on is not None and violation.first_offence:
        place -= 1
    return TIERS[max(0, min(place, len(TIERS) - 1))]


def strongest(found: tuple[Line, ...]) -> str:
    """What all answers together mean: the one that goes furthest for the party."""
    effects = {line.effect for line in found}
    return next((one for one in (EXEMPT, MAY_EXEMPT, LENIENT, MAY_LENIENT) if one in effects), "")


def advise(known: Limits | None, bounds: tuple[int, int] | None, outcome: str) -> int | None:
    """The middle of the grade; its lowest quarter where leniency must be shown; nothing where none is due."""
    if known is None or bounds is None or outcome == EXEMPT:
        return None
    low, high = bounds
    share = 4 if outcome in (LENIENT, MAY_LENIENT) else 2
    amount = low + (high - low) // share
    rounded = amount - amount % ROUND
    return rounded if rounded > low or low == high else amount


def deviates(
    known: Limits, bounds: tuple[int, int], tier: str, amount: int, found: tuple[Line, ...]
) -> Deviation | None:
    """Is the amount outside its grade, and may it be so?"""
    low, high = bounds
    inside = low <= amount <= high if tier == "minor" or not known.tiers else low < amount <= high
    if inside or known.in_variant(amount):
        return None
    if amount > known.max:
        return Deviation(f"超过法定最高{yuan(known.max)}，不能这样处罚", allowed=False)
    if amount < known.min:
        ground = [line for line in found if line.effect in (LENIENT, MAY_LENIENT)]
        words = f"低于法定最低{yuan(known.min)}，属于减轻处罚"
        if not ground:
            return Deviation(f"{words}，但是没有减轻的情节，不能这样处罚", allowed=False)
        return Deviation(f"{words}，须写明情节和理由，报批并集体讨论", allowed=True)
    return Deviation(
        f"不在{label('tier', tier)}阶次（{yuan(low)}至{yuan(high)}）以内，须说明理由并报批", allowed=True
    )


def reasons(sheet: Worksheet) -> str:
    """The reasons as text for the report and the decision, to be read and corrected by the handler."""
    told = [line for line in sheet.lines if line.effect]
    parts = [f"{line.question}：{line.answer}，依据{line.article}，{line.effect_words}。" for line in told]
    if not told:
        parts.append("没有发现不予处罚、从轻或者减轻的情节。")
    if sheet.outcome == EXEMPT:
        return "".join([*parts, "综上，不予行政处罚，对当事人进行教育。"])
    if sheet.matter and sheet.bounds:
        low, high = sheet.bounds
        parts.append(
            f"违法行为属于{label('tier', sheet.tier)}阶次，依据{sheet.matter.basis}，该阶次罚款为{yuan(low)}至{yuan(high)}。"
        )
    if sheet.fine_fen is not None:
        parts.append(f"综上，拟罚款{yuan(sheet.fine_fen)}。")
    if sheet.deviation:
        parts.append(f"该数额{sheet.deviation.words}。理由：（请填写）")
    return "".join(parts)
