"""Which columns of a row the ledger answers for, and how a row is named in it.

A *bound* model declares every column as legal (its value is digested), personal (a salted commitment stands
for it, so that erasing value and salt leaves the proofs valid) or technical (not of legal effect).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models


class BoundModel(models.Model):
    """A row whose every change is in the ledger. `version` counts changes; `salts` opens the commitments."""

    version = models.PositiveIntegerField(default=1)
    salts = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Binding:
    """How the rows of one model appear in the ledger."""

    model: type[models.Model]
    table: str
    key: Callable[[models.Model], str]
    legal: tuple[str, ...]
    personal: tuple[str, ...]
    technical: tuple[str, ...]


def opaque(words: str) -> str:
    """A name that is a title in words, as 16 hex digits: the log holds no free text."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]


BINDINGS: dict[type[models.Model], Binding] = {}


def bound(
    table: str,
    *,
    key: Callable[[models.Model], str],
    legal: tuple[str, ...],
    personal: tuple[str, ...] = (),
    technical: tuple[str, ...] = (),
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Class decorator: bind a model under the name `table`. Column names are attnames (`organ_id`).

    `version` and `salts` are classified here for every model. Raises TypeError on a column that is
    unclassified, classified twice or unknown: the build fails rather than leave a column unproven.
    """

    def register(model: type[models.Model]) -> type[models.Model]:
        declared = [*legal, *personal, *technical, "version", "salts"]
        columns = {f.attname for f in model._meta.concrete_fields}
        if len(declared) != len(set(declared)) or set(declared) != columns:
            wrong = sorted(set(declared) ^ columns) or sorted(c for c in declared if declared.count(c) > 1)
            raise TypeError(f"{model.__name__}: every column is classified exactly once; wrong: {wrong}")
        BINDINGS[model] = Binding(model, table, key, legal, personal, (*technical, "version", "salts"))
        return model

    return register
