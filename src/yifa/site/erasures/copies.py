"""Copies of a personal value outside its row: the search index, the PDF of a paper, forms whose typing was kept."""

from __future__ import annotations

from django.db import models

from yifa.casework.instruments.models import InstrumentFile
from yifa.ledger.digest import binding_of
from yifa.listing.search import remove, write_anew
from yifa.site.accounts.models import KeptTyping

KEYS = {"case": lambda row: row.no, "person": lambda row: row.staff_no}
"""By table: the key under which the index of that name has the row."""


def forget(row: models.Model, column: str) -> None:
    """In the transaction of the erasure. Forms kept for a day may quote anything: all of them go."""
    table = binding_of(type(row)).table
    if table in KEYS:
        remove(organ=row.organ_id, kind=table, keys=[KEYS[table](row)])
        write_anew()
    if table == "instrument":
        InstrumentFile.objects.filter(instrument=row.pk).delete()
    KeptTyping.objects.all().delete()
