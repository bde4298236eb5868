"""What an organ's earlier cases say about a case: the same act punished before, the first offence. APL art. 29, 33."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from yifa.law.calendar import add_months
from yifa.law.packs import pack
from yifa.law.packs.errors import NotInForce, UnknownParameter
from yifa.law.record import Record
from yifa.law.record.model import OtherProceeding, Violation

ESTABLISHED = frozenset({"penalty", "no_penalty"})
"""Outcomes that find a violation; a fact not established or handed to another organ is no offence."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case of the organ against the same party for the same matter, decided and not undone.

    `outcome` is that of its last decision.
    """

    number: str
    opened_on: date | None
    decided_on: date
    outcome: str
    fine_fen: int
    place: str
    began_on: date
    ended_on: date | None


def with_earlier(record: Record, earlier: Iterable[Earlier]) -> Record:
    """The record with `other_proceedings` and `first_offence` as the organ's own cases have them.

    What the head says about other organs stays. Whether the offence is the first is the register's word: no case
    decided before this violation began, within the years of look-back.
    """
    found = list(earlier)
    known = {other.number for other in record.other_proceedings if other.number}
    added = tuple(
        OtherProceeding(record.agency.name, one.opened_on, one.decided_on, one.number, one.fine_fen)
        for one in found
        if one.number not in known and one.fine_fen and same_act(record.violation, one)
    )
    first = not any(counts_as_offence(record, one) for one in found)
    if not added and first == record.violation.first_offence:
        return record
    return replace(
        record,
        other_proceedings=(*record.other_proceedings, *added),
        violation=replace(record.violation, first_offence=first),
    )


def same_act(violation: Violation, other: Earlier) -> bool:
    """The same act: the same place, and days that overlap; one that goes on has no last day."""
    ended_on, other_end = violation.ended_on, other.ended_on
    overlap = (ended_on is None or other.began_on <= ended_on) and (
        other_end is None or violation.began_on <= other_end
    )
    return overlap and _plain(violation.place) == _plain(other.place)


def counts_as_offence(record: Record, other: Earlier) -> bool:
    """Was `other` an offence found before this one began, and not longer ago than one looks back?"""
    began_on = record.violation.began_on
    if other.outcome not in ESTABLISHED or other.decided_on > began_on:
        return False
    try:
        years = pack(record.agency.territory).param("first_offence_lookback_years", began_on).value
    except (NotInForce, UnknownParameter):
        return True
    return add_months(other.decided_on, 12 * years) >= began_on


def _plain(place: str) -> str:
    return "".join(letter for letter in place if letter.isalnum())
