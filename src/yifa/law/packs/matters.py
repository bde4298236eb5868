"""Matters (执法事项): what is forbidden, by which text, how it may be punished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Range:
    """Limits of a fine. `unit`: yuan (amounts in 分), pct (hundredths of a percent of the works cost), per_tree,
    per_m2. `tiers`: upper bounds of 轻微、一般、较重、严重, or empty where the amount is fixed."""

    unit: str
    min: int
    max: int
    tiers: tuple[int, ...]


@dataclass(frozen=True)
class Earlier:
    """An earlier text of a matter, in force up to `valid_to`: its basis, ranges, and where that is known from."""

    valid_to: date
    basis: str
    ranges: Mapping[str, Range]
    punished: bool
    source: str


@dataclass(frozen=True)
class Matter:
    """One matter. `ranges` by party kind (citizen, unit, sole_trader, any). `draft`: nobody has verified it yet.

    `competence`: organ = this organ, other = another organ alone, unclear = to be named by the government.
    `variants`: (party kind, range) the same article has for a worse or another case. `in_force_from`: first day of
    the basis, None where it is older than any case. `government_rule_only`: based on a government rule (规章) alone.
    `earlier`: texts that held before this one, each with its last day; `punished` False: the text no longer punishes.
    """

    code: str
    field: str
    name: str
    basis: str
    liable: str
    competent: str
    competence: str
    measures: str
    kinds: tuple[str, ...]
    may_fine: bool
    correction_first: bool
    condition_set: str
    ranges: Mapping[str, Range]
    mark: str
    source_note: str
    local: bool
    variants: tuple[tuple[str, Range], ...] = ()
    government_rule_only: bool = False
    in_force_from: date | None = None
    punished: bool = True
    earlier: tuple[Earlier, ...] = ()

    def on(self, day: date) -> Matter:
        """The matter by the text in force on a day; where no earlier text is on file, as it is now."""
        for text in self.earlier:
            if day <= text.valid_to:
                return replace(
                    self,
                    basis=text.basis,
                    ranges=text.ranges,
                    punished=text.punished,
                    variants=(),
                    earlier=(),
                )
        return self

    @property
    def draft(self) -> bool:
        return self.mark.startswith("[check")

    @property
    def cgw(self) -> bool:
        """The matter is the city-management organ's."""
        return self.competence == "organ"

    def range_for(self, party_kind: str, sole_trader_as: str) -> Range | None:
        """The range for a party: its own, for a sole trader else citizen else unit, else the general one."""
        order: tuple[str, ...]
        if party_kind == "sole_trader":
            order = ("sole_trader", sole_trader_as, "citizen", "unit", "any")
        else:
            order = ("citizen" if party_kind == "citizen" else "unit", "any")
        return next((self.ranges[kind] for kind in order if kind in self.ranges), None)


def read(data: Mapping[str, Any], *, local: bool) -> dict[str, Matter]:
    """Matters by code from `[[matter]]` tables. `local`: of a pack below the whole country. Raises ValueError."""
    found: dict[str, Matter] = {}
    for row in data.get("matter", ()):
        if row["code"] in found:
            raise ValueError(f"{row['code']}: twice in one file")
        found[row["code"]] = matter_of(row, local)
    return found


def matter_of(row: Mapping[str, Any], local: bool) -> Matter:
    return Matter(
        code=row["code"],
        field=row["field"],
        name=row["name"],
        basis=row["basis"],
        liable=row["liable"],
        competent=row["competent"],
        competence=row["competence"],
        measures=row["measures"],
        kinds=tuple(row.get("kinds", ())),
        may_fine=row.get("may_fine", False),
        correction_first=row.get("correction_first", False),
        condition_set=row.get("condition_set", ""),
        ranges=_ranges(row),
        mark=row["mark"],
        source_note=row.get("source_note", ""),
        local=local,
        variants=tuple(
            (entry["party"], Range(entry["unit"], entry["min"], entry["max"], ()))
            for entry in row.get("variant", ())
            if not entry.get("yields", False)
        ),
        government_rule_only=row.get("government_rule_only", False),
        in_force_from=date.fromisoformat(row["in_force_from"]) if "in_force_from" in row else None,
        punished=row.get("punished", True),
        earlier=_earlier(row),
    )


def _ranges(row: Mapping[str, Any]) -> dict[str, Range]:
    return {
        kind: Range(entry["unit"], entry["min"], entry["max"], tuple(entry.get("tiers", ())))
        for kind, entry in row.get("ranges", {}).items()
    }


def _earlier(row: Mapping[str, Any]) -> tuple[Earlier, ...]:
    """The earlier texts, oldest first. Raises ValueError where they are out of order."""
    found = tuple(
        Earlier(
            valid_to=date.fromisoformat(text["valid_to"]),
            basis=text["basis"],
            ranges=_ranges(text),
            punished=text.get("punished", True),
            source=text["source"],
        )
        for text in row.get("earlier", ())
    )
    if any(a.valid_to >= b.valid_to for a, b in zip(found, found[1:], strict=False)):
        raise ValueError(f"{row['code']}: earlier texts are out of order")
    return found
