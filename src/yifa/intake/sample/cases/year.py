"""The year's ordinary cases: 79 of them, spread over months, matters, parties and towns, numbered in order."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from yifa.intake.sample.cases.catalogue import YEAR, Deed
from yifa.intake.sample.cases.history import SampleCase
from yifa.intake.sample.cases.parties import Parties, town_name
from yifa.intake.sample.cases.timeline import Course, write_case
from yifa.intake.sample.days import Diary, is_working_day, working_day
from yifa.intake.sample.people import PAIRS

PREFIX = "津示城管"
LAST_LEAD = date(2021, 11, 9)
ANSWERS = ("waived", "lapsed", "waived", "lapsed", "waived", "statement", "lapsed")


def ordinary_cases(*, diary: Diary, parties: Parties, rng: Random) -> list[SampleCase]:
    """All ordinary cases of the year, ordered and numbered by opening; decisions numbered by decision."""
    deeds = [deed for count, deed in YEAR for _ in range(count)]
    cases = [
        ordinary_case(deed, index, diary=diary, parties=parties, rng=rng)
        for index, deed in sorted(enumerate(deeds), key=lambda pair: _shuffled(pair[0]))
    ]
    cases.sort(key=lambda case: case.moment("opening_approved"))
    for serial, case in enumerate(cases, 1):
        case.number = document_number("罚立", serial)
    number_decisions(cases, "decision_made", "罚决")
    return cases


def _shuffled(index: int) -> int:
    """A fixed permutation of 79, so that neighbours in the catalogue are not neighbours in the year."""
    return index * 31 % 79


def document_number(kind: str, serial: int, year: int = 2021) -> str:
    return f"{PREFIX}{kind}字〔{year}〕第{serial:03d}号"


def number_decisions(cases: list[SampleCase], kind: str, letters: str) -> None:
    for serial, case in enumerate(sorted(cases, key=lambda case: case.moment(kind)), 1):
        act = case.act(kind)
        if act is not None:
            act.data["number"] = document_number(letters, serial)


def ordinary_case(deed: Deed, index: int, *, diary: Diary, parties: Parties, rng: Random) -> SampleCase:
    start = lead_day(deed, index, rng)
    town = (index * 7 + 3) % 24
    case = SampleCase(
        procedure="ordinary",
        matter=deed.matter,
        campaign=deed.campaign,
        party=parties.make(deed.parties[index % len(deed.parties)], town=town, trade=deed.trade),
        violation=violation(deed, start, town, rng),
        town=town_name(town),
    )
    course = Course(
        deed=deed,
        fine=fine(deed, index),
        pair=PAIRS[index % len(PAIRS)],
        answer=answer(deed, index),
        preserved=index % 5 == 1 and deed.matter in ("M005", "M046", "M072"),
        start=start,
    )
    write_case(case, course, diary=diary, rng=rng)
    return case


def fine(deed: Deed, index: int) -> int:
    return deed.fines[index % len(deed.fines)]


def answer(deed: Deed, index: int) -> str:
    """How the party answers. A statement is adopted only where a fifth more would still be the same grade."""
    if deed.heavy:
        return "waived" if deed.heavy == "complex" else deed.heavy
    if deed.matter in ("M005", "M066") and fine(deed, index) == deed.fines[0]:
        return "adopted"
    return ANSWERS[index % len(ANSWERS)]


def lead_day(deed: Deed, index: int, rng: Random) -> date:
    """Some day in one of the deed's months; evenings and weekends are patrolled too, other leads come on office days."""
    months = deed.months
    day = date(2021, months[_shuffled(index) % len(months)], 1) + timedelta(days=rng.randrange(1, 28))
    day = min(max(day, date(2021, 1, 4)), LAST_LEAD)
    return day if deed.evening or deed.campaign or is_working_day(day) else working_day(day)


def violation(deed: Deed, seen: date, town: int, rng: Random) -> dict[str, Any]:
    """Facts of the violation. A correction-first matter goes on until corrected; others ended the day they were seen."""
    began = seen - timedelta(days=rng.randrange(2, 25)) if deed.correction_first else seen
    return {
        "place": f"示例区{town_name(town)}示例路{rng.randrange(1, 200)}号",
        "began_on": began,
        "ended_on": None if deed.correction_first else seen,
        "discovered_on": seen,
        "harm": "slight",
        "first_offence": not deed.correction_first,
        "complex": deed.heavy == "complex",
        "business": deed.business,
        "facts": list(deed.facts),
    }
