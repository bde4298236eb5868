"""Statements the ORM builds once and that are then only given their values.

For the few an act always takes: building one costs several times what the database needs to answer it. Nothing is
written by hand: queries are query sets, and rows go in by the columns of their model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models
from django.db.models.query import ModelIterable, get_related_populators

SAMPLES: dict[type, Callable[[int], Any]] = {
    str: lambda place: f"\x01{place}\x01",
    int: lambda place: 1_000_000_007 + place,
}


class Prepared:
    """A query set with values left open: `Prepared(lambda no: Case.objects.filter(no=no), str)("2026-0001")`.

    Called, it answers the list of its rows: objects, or tuples where the query set says values_list. Text and whole
    numbers only, compared exactly; a query whose shape depends on its values cannot be prepared. `kept`: tuples made of
    so many different rows are kept, for a register that changes seldom and is read by every page.
    """

    def __init__(self, build: Callable[..., models.QuerySet], *types: type, kept: int = 0) -> None:
        self.build, self.types, self.kept = build, types, kept
        self.plan: tuple[str, list[int | None], list[Any], Callable[[tuple], Any]] | None = None

    def __call__(self, *values: str | int, keep: Callable[[tuple], bool] | None = None) -> list[Any]:
        """The rows; with `keep`, those it is true for, asked before anything is made of their values."""
        if self.plan is None:
            self.plan = self._planned()
        sql, places, fixed, make = self.plan
        given = [
            constant if place is None else values[place]
            for place, constant in zip(places, fixed, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        return [make(row) for row in rows if keep is None or keep(row)]

    def _planned(self) -> tuple[str, list[int | None], list[Any], Callable[[tuple], Any]]:
        samples = [SAMPLES[kind](place) for place, kind in enumerate(self.types)]
        found = self.build(*samples)
        compiler = found.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = [samples.index(param) if param in samples else None for param in params]
        if {place for place in places if place is not None} != set(range(len(samples))):
            raise TypeError(f"a value does not reach the database as it is given: {sql}")
        make = _maker(found, compiler)
        return sql, places, list(params), lru_cache(self.kept)(make) if self.kept else make


def _converting(compiler: Any) -> Callable[[Sequence[Any]], list[Any]]:
    """From a row as the driver gives it to its values."""
    found = compiler.get_converters([column for column, _, _ in compiler.select])
    steps = [(place, step, expression) for place, (each, expression) in found.items() for step in each]

    def converted(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, step, expression in steps:
            values[place] = step(values[place], expression, connection)
        return values

    return converted


def _maker(found: models.QuerySet, compiler: Any) -> Callable[[tuple], Any]:
    converted = _converting(compiler)
    if not issubclass(found._iterable_class, ModelIterable):
        return lambda row: tuple(converted(row))
    model, chosen = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, last = chosen[0], chosen[-1] + 1
    names = [column.target.attname for column, _, _ in compiler.select[first:last]]
    related = get_related_populators(compiler.klass_info, compiler.select, found.db)

    def make(row: tuple) -> models.Model:
        values = converted(row)
        made = model.from_db(found.db, names, values[first:last])
        for populator in related:
            populator.populate(values, made)
        return made

    return make


def insert(row: models.Model) -> None:
    """Store a new row; as `save(force_insert=True)`, without signals."""
    fields, sql = _insertion(type(row))
    own = row._meta.auto_field
    with connection.cursor() as cursor:
        cursor.execute(sql + (f' RETURNING "{own.column}"' if own else ""), _values(row, fields))
        if own:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def insert_all(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model; as `bulk_create`."""
    fields, sql = _insertion(type(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_values(row, fields) for row in rows])


def update(row: models.Model, names: Sequence[str]) -> None:
    """Store these columns (attnames) of a row; as `save(update_fields=…)`, without signals."""
    fields = [field for field in row._meta.concrete_fields if field.attname in names]
    chosen = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = row._meta.pk
    sql = f'UPDATE "{row._meta.db_table}" SET {chosen} WHERE "{key.column}" = %s'
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_values(row, fields), key.get_db_prep_value(row.pk, connection)])


@cache
def _insertion(model: type[models.Model]) -> tuple[list[models.Field], str]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field is not model._meta.auto_field
    ]
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return fields, f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'


def _values(row: models.Model, fields: Sequence[models.Field]) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, row._state.adding), connection) for field in fields]
