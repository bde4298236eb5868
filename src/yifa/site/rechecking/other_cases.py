"""Which other cases of the organ are against the same party for the same matter: an index in a temporary file."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.law.organ.earlier import Earlier
from yifa.ledger.clock import SHANGHAI

MOST = 50
"""So many earlier cases of one party and matter are looked at, the latest first."""
DECISIONS = ("decision_made", "summary_decision_made")
TURNING = ("decision_changed", "reconsideration_decided", "litigation_decided")
TURNED = frozenset({"changed", "revoked", "unlawful", "void"})


def write_index(path: str, organ_code: str) -> None:
    """One row per decided case, read as a stream: who, which matter, when decided."""
    with sqlite3.connect(path) as index:
        index.execute("CREATE TABLE decided (no, matter, identifier, name, decided_on)")
        rows = Case.objects.filter(organ_id=organ_code, decided_on__isnull=False).values_list(
            "no", "matter", "party", "decided_on"
        )
        index.executemany(
            "INSERT INTO decided VALUES (?, ?, ?, ?, ?)",
            (
                (no, matter, party.get("identifier") or "", party["name"], on.isoformat())
                for no, matter, party, on in rows.iterator(chunk_size=2000)
            ),
        )
        index.execute("CREATE INDEX by_name ON decided (name, matter, decided_on)")
        index.execute("CREATE INDEX by_identifier ON decided (identifier, matter, decided_on)")
    index.close()


class OtherCases:
    """Look-ups in the index for one slice of cases at a time."""

    def __init__(self, path: str) -> None:
        self.index = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def close(self) -> None:
        self.index.close()

    def of(self, cases: Iterable[Case]) -> dict[str, list[Earlier]]:
        """Case no → what was decided before it against the same party for the same matter."""
        wanted = {case.no: self._keys(case) for case in cases}
        known = decided({no for keys in wanted.values() for no in keys})
        return {own: [known[no] for no in keys if no in known] for own, keys in wanted.items() if keys}

    def _keys(self, case: Case) -> list[str]:
        """Decided earlier than this case, or at all where it is undecided; the number settles the same day."""
        identifier = case.party.get("identifier") or ""
        same = "identifier = ?" if identifier else "name = ?"
        until = case.decided_on.isoformat() if case.decided_on else "9999-12-31"
        found = self._asked(same, identifier or case.party_name, case, until)
        if identifier:
            found += self._asked("name = ? AND identifier = ''", case.party_name, case, until)
        return found

    def _asked(self, same: str, value: str, case: Case, until: str) -> list[str]:
        rows = self.index.execute(
            f"SELECT no FROM decided WHERE {same} AND matter = ? AND decided_on <= ? AND no <> ?"  # noqa: S608
            " AND (decided_on < ? OR no < ?) ORDER BY decided_on DESC LIMIT ?",
            (value, case.matter, until, case.no, until, case.no, MOST),
        )
        return [no for (no,) in rows]


def decided(numbers: set[str]) -> dict[str, Earlier]:
    """Cases by no with what their last decision said; one that was changed or revoked since says nothing."""
    if not numbers:
        return {}
    acts: dict[str, list[Act]] = defaultdict(list)
    for act in Act.objects.filter(case_id__in=numbers, kind__in=(*DECISIONS, *TURNING)).order_by("at", "seq"):
        acts[act.case_id].append(act)
    found = {}
    for case in Case.objects.filter(no__in=numbers):
        last = _standing(acts[case.no])
        if last is not None:
            found[case.no] = _earlier(case, last)
    return found


def _standing(acts: list[Act]) -> Act | None:
    last = None
    for act in acts:
        if act.kind in DECISIONS:
            last = act
        elif act.data.get("result") in TURNED:
            last = None
    return last


def _earlier(case: Case, decision: Act) -> Earlier:
    violation: dict[str, Any] = case.violation
    ended_on = violation.get("ended_on")
    return Earlier(
        number=case.number,
        opened_on=case.opened_on,
        decided_on=decision.at.astimezone(SHANGHAI).date(),
        outcome=decision.data.get("outcome", "penalty"),
        fine_fen=(decision.data.get("penalty") or {}).get("fine_fen", 0),
        place=violation.get("place", ""),
        began_on=date.fromisoformat(violation["began_on"]),
        ended_on=date.fromisoformat(ended_on) if ended_on else None,
    )
