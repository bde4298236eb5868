"""Cutting cases by the moment of an act, for a period that ends within a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from yifa.casework.cases.models import Act


def acted_by(kind: str) -> Callable[[QuerySet, datetime], QuerySet]:
    """Keeps cases whose act of this kind was done by the moment; an act known only by its day counts from its start."""

    def until(rows: QuerySet, as_of: datetime) -> QuerySet:
        return rows.filter(Exists(Act.objects.filter(case=OuterRef("pk"), kind=kind, at__lte=as_of)))

    return until
