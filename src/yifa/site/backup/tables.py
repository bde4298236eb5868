"""Which tables a backup holds and how a value of a column is written, the same for both databases."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

# Made anew by the installation itself: sessions, permissions, counters of failed log-ins, background jobs and their slips.
LEFT_OUT = frozenset({"contenttypes", "auth", "sessions", "axes", "jobs", "django_tasks_database"})


def tables() -> list[type[models.Model]]:
    """Every model with rows of ours, those others point to first where that is possible; ordered by name besides."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def columns(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.concrete_fields)


def writer(column: models.Field) -> Callable[[Any], Any]:
    """A function from a value of this column to what JSON can hold."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.BinaryField):
        return lambda value: None if value is None else base64.b64encode(bytes(value)).decode()
    if isinstance(column, (models.DateField, models.TimeField)):
        return lambda value: None if value is None else value.isoformat()
    if isinstance(column, (models.UUIDField, models.DecimalField, models.DurationField)):
        return lambda value: None if value is None else column.value_to_string(_Holder(column, value))
    return lambda value: value


def reader(column: models.Field) -> Callable[[Any], Any]:
    """The way back. Raises ValueError or django's ValidationError on what the column cannot hold."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.BinaryField):
        return lambda value: None if value is None else base64.b64decode(value, validate=True)
    if isinstance(column, models.JSONField):
        return lambda value: value
    return lambda value: None if value is None else column.to_python(value)


class _Holder:
    """An object with one attribute, which is how Django asks for a value as text."""

    def __init__(self, column: models.Field, value: Any) -> None:
        setattr(self, column.attname, value)
