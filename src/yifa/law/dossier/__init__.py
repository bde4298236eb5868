"""The dossier of a case (案卷): its order, the papers its acts call for, how long it is kept. APL art. 47."""

from __future__ import annotations

from yifa.law.dossier.order import Part, evidence_place, parts, place_of
from yifa.law.dossier.papers import Gap, blocking, gap_rules, missing
from yifa.law.dossier.retention import Retention, retention

__all__ = [
    "Gap",
    "Part",
    "Retention",
    "blocking",
    "evidence_place",
    "gap_rules",
    "missing",
    "parts",
    "place_of",
    "retention",
]
