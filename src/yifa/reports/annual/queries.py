"""Which years the registers of an organ reach over."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max, Min, Model

from yifa.casework.cases.models import Case
from yifa.fieldwork.inspections.models import Inspection
from yifa.fieldwork.recordings.models import Recording
from yifa.governance.outreach.models import Outreach
from yifa.governance.training.models import Training
from yifa.ledger.clock import SHANGHAI

DATED: tuple[tuple[type[Model], str], ...] = (
    (Case, "opened_on"),
    (Inspection, "on"),
    (Recording, "started_at"),
    (Training, "on"),
    (Outreach, "on"),
)


def years_with_data(organ_code: str, *, latest: int) -> list[int]:
    """Years from the first dated record to the last, newest first, none after `latest`; at least `latest` itself."""
    found: list[int] = []
    for model, column in DATED:
        ends = model._default_manager.filter(organ_id=organ_code).aggregate(
            first=Min(column), last=Max(column)
        )
        found += [year_of(moment) for moment in ends.values() if moment is not None]
    if not found:
        return [latest]
    return list(range(min(max(found), latest), min(found) - 1, -1)) or [latest]


def year_of(moment: date | datetime) -> int:
    return moment.astimezone(SHANGHAI).year if isinstance(moment, datetime) else moment.year
