"""Reach (可见范围): whose rows an account sees. Decided here, applied by every list and every page."""

from __future__ import annotations

from dataclasses import dataclass

ORGAN, UNIT, ASSIGNED = "organ", "unit", "assigned"


@dataclass(frozen=True)
class Reach:
    """`organ` is the one looked at now, one of `organs`; `unit` and `staff_no` are the person's (empty: nobody).

    kind organ: everything of the organ; unit: the unit's and what names the person; assigned: only the latter.
    """

    organ: str
    organs: tuple[str, ...]
    kind: str = ORGAN
    unit: str = ""
    staff_no: str = ""

    @property
    def whole_organ(self) -> bool:
        return self.kind == ORGAN

    def covers(self, *, organ: str, unit: str, named: frozenset[str]) -> bool:
        """Whether a row of this organ and unit, naming these staff numbers, is within reach."""
        if organ != self.organ or organ not in self.organs:
            return False
        if self.whole_organ or (self.staff_no and self.staff_no in named):
            return True
        return self.kind == UNIT and bool(self.unit) and unit == self.unit


def reach_for(
    *, own: str, seen: tuple[str, ...], chosen: str, kind: str, unit: str, staff_no: str, supervisor: bool
) -> Reach:
    """The reach of an account. Further organs count for a supervisor only, and are seen whole; an organ that is not
    among them falls back to one's own."""
    organs = (own, *(code for code in seen if supervisor and code != own))
    if chosen != own and chosen in organs:
        return Reach(chosen, organs)
    return Reach(own, organs, kind, unit, staff_no)
