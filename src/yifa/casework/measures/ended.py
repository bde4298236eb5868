"""Which orders of measures have been ended, asked of the acts by the database, as the record reads them.

docs/spec/record.md: preservations without `id` are numbered in order, and a disposal without `id` settles the oldest open one.
"""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from yifa.casework.cases.models import Act
from yifa.law.measures import ENDS, ORDERS

# cast: a key of JSON is compared as JSON otherwise
ID = Cast(KeyTextTransform("id", "data"), TextField())
EARLIER = Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), seq__lte=OuterRef("seq"))
"""Up to the row asked about, in the order of the record."""


def orders() -> QuerySet[Act]:
    """Every act that ordered a measure; `named` is its id."""
    same = Act.objects.filter(EARLIER, case=OuterRef("case"), kind=OuterRef("kind"))
    named = Coalesce(ID, Cast(number_of(same), TextField()))
    return Act.objects.filter(kind__in=ORDERS).annotate(named=named)


def ended() -> Q:
    """Orders ended by an act that names them, or by one of the acts that name none."""
    over = Q()
    for kind, end in ENDS.items():
        unnamed = number_of(ends(end).filter(of__isnull=True))
        left = number_of(orders().filter(EARLIER, case=OuterRef("case"), kind=kind).exclude(by_name(end)))
        over |= Q(kind=kind) & (Q(by_name(end)) | Q(GreaterThanOrEqual(unnamed, left)))
    return over


def by_name(end: str) -> Exists:
    return Exists(ends(end).filter(of=OuterRef("named")))


def ends(end: str) -> QuerySet[Act]:
    return Act.objects.filter(case=OuterRef("case"), kind=end).annotate(of=ID)


def number_of(acts: QuerySet[Act]) -> Coalesce:
    counted = acts.order_by().values("case").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
