"""Statements the ORM builds once and that are then only given their values.

For the few an act always takes: building one costs several times what the database needs to answer it. Nothing is
written by hand: queries are query sets, and rows go in by the columns of their model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.signals import post_init, pre_init

from yifa.ledger.driver import execute, execute_many, fetch, used

SAMPLES: dict[type, Callable[[int], Any]] = {
    str: lambda place: f"\x01{place}\x01",
    int: lambda place: 1_000_000_007 + place,
}
Whole = TypeVar("Whole")
MOST_KEPT = 64
"""Registers of different organs."""
PLAIN: dict[type[models.Field], tuple[type, ...]] = {
    models.CharField: (str,), models.TextField: (str,), models.BooleanField: (bool,), models.IntegerField: (int,),
}  # fmt: skip
"""What columns store just as it stands in the object."""
Spelling = Callable[[Any], Any]
Column = tuple[str, Mapping[type, Spelling | None], models.Field]
"""(attname, how values of these types are stored: None as they are; the field, which spells all others)"""


class Prepared:
    """A query set with values left open: `Prepared(lambda no: Case.objects.filter(no=no), str)("2026-0001")`.

    Called, it answers the list of its rows: objects, or tuples where the query set says values_list. Text and whole
    numbers only, compared exactly; a query whose shape depends on its values cannot be prepared.
    """

    def __init__(self, build: Callable[..., models.QuerySet], *types: type) -> None:
        self.build, self.types = build, types
        self.plan: tuple[str, list[int | None], list[Any], Callable[[tuple], Any]] | None = None

    def __call__(self, *values: str | int, keep: Callable[[tuple], bool] | None = None) -> list[Any]:
        """The rows; with `keep`, those it is true for, asked before anything is made of their values."""
        rows, make = self.asked(values)
        return [make(row) for row in rows if keep is None or keep(row)]

    def asked(self, values: Sequence[str | int]) -> tuple[list[tuple], Callable[[tuple], Any]]:
        """The rows as the driver gives them, and what makes one of them an answer."""
        if self.plan is None:
            self.plan = self._planned()
        sql, places, fixed, make = self.plan
        given = [
            constant if place is None else values[place]
            for place, constant in zip(places, fixed, strict=True)
        ]
        return fetch(sql, given), make

    def _planned(self) -> tuple[str, list[int | None], list[Any], Callable[[tuple], Any]]:
        samples = [SAMPLES[kind](place) for place, kind in enumerate(self.types)]
        found = self.build(*samples)
        compiler = found.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = [samples.index(param) if param in samples else None for param in params]
        if {place for place in places if place is not None} != set(range(len(samples))):
            raise TypeError(f"a value does not reach the database as it is given: {sql}")
        return sql, places, list(params), _maker(found, compiler)


class Kept(Generic[Whole]):
    """What is made of all the rows of a statement, for a register that changes seldom and is read by every page.

    The rows are read each time; where they are those of the last time, so is what was made of them: the same object.
    """

    def __init__(self, rows: Prepared, whole: Callable[[list[Any]], Whole]) -> None:
        self.rows, self.whole = rows, whole
        self.last: dict[tuple, tuple[list[tuple], Whole]] = {}

    def __call__(self, *values: str | int) -> Whole:
        rows, make = self.rows.asked(values)
        known = self.last.get(values)
        if known is not None and known[0] == rows:
            return known[1]
        made = self.whole([make(row) for row in rows])
        if len(self.last) >= MOST_KEPT:
            self.last.clear()
        self.last[values] = rows, made
        return made


def _converting(compiler: Any) -> Callable[[Sequence[Any]], list[Any]]:
    """From a row as the driver gives it to its values."""
    found = compiler.get_converters([column for column, _, _ in compiler.select])
    steps = [
        (place, _step(each, expression))
        for place, (converters, expression) in found.items()
        for each in converters
    ]

    def converted(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, step in steps:
            if values[place] is not None:
                values[place] = step(values[place])
        return values

    return converted


def _step(convert: Callable[..., Any], expression: Any) -> Callable[[Any], Any]:
    """What Django's converter makes of a value; for those most rows have, without asking at each."""
    field = getattr(expression, "target", None)
    if type(field) is models.JSONField and convert == field.from_db_value and field.decoder is None:
        return _json
    function = getattr(convert, "__func__", None)
    if function is DatabaseWrapper.ops_class.convert_booleanfield_value:
        return lambda value: value == 1 if value in (0, 1) else value
    if function is DatabaseWrapper.ops_class.convert_datetimefield_value:
        zone = connection.timezone

        def moment(value: Any) -> Any:
            if type(value) is datetime and value.tzinfo is None:
                return value.replace(tzinfo=zone)
            return convert(value, expression, used())

        return moment
    return lambda value: convert(value, expression, used())


def _json(text: str) -> Any:
    """As JSONField reads it: what is no JSON stays as it stands."""
    if text == "{}":
        return {}
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


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
        made = _bare(model, names, values[first:last], found.db)
        for populator in related:
            populator.populate(values, made)
        return made

    return make


def _bare(
    model: type[models.Model], names: Sequence[str], values: Sequence[Any], database: str
) -> models.Model:
    """As `model.from_db`, which sets columns one by one; a model that listens to its making is made by it."""
    if (
        model.__init__ is not models.Model.__init__
        or pre_init.has_listeners(model)
        or post_init.has_listeners(model)
    ):
        return model.from_db(database, names, values)
    made = model.__new__(model)
    made.__dict__.update(zip(names, values, strict=True))
    made._state = ModelState()
    made._state.adding, made._state.db = False, database
    return made


def insert(row: models.Model) -> None:
    """Store a new row; as `save(force_insert=True)`, without signals."""
    columns, sql = _insertion(type(row))
    own = row._meta.auto_field
    if own:
        row.pk = fetch(f'{sql} RETURNING "{own.column}"', _values(row, columns))[0][0]
    else:
        execute(sql, _values(row, columns))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_all(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model; as `bulk_create`."""
    columns, sql = _insertion(type(rows[0]))
    execute_many(sql, [_values(row, columns) for row in rows])


def update(row: models.Model, names: Sequence[str]) -> None:
    """Store these columns (attnames) of a row; as `save(update_fields=…)`, without signals."""
    columns, sql = _change(type(row), tuple(names))
    execute(sql, _values(row, columns))


@cache
def _insertion(model: type[models.Model]) -> tuple[list[Column], str]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field is not model._meta.auto_field
    ]
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return _columns(fields), f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'


@lru_cache(maxsize=256)
def _change(model: type[models.Model], names: tuple[str, ...]) -> tuple[list[Column], str]:
    fields = [field for field in model._meta.concrete_fields if field.attname in names]
    key = model._meta.pk
    chosen = ", ".join(f'"{field.column}" = %s' for field in fields)
    return _columns([*fields, key]), f'UPDATE "{model._meta.db_table}" SET {chosen} WHERE "{key.column}" = %s'


def _columns(fields: Sequence[models.Field]) -> list[Column]:
    return [(field.attname, _spellings(field), field) for field in fields]


def _spellings(field: models.Field) -> dict[type, Spelling | None]:
    """Of the values most rows have, how the field would give them to the database, without asking it at each."""
    if isinstance(field, models.DateField) and (field.auto_now or field.auto_now_add):
        return {}
    if used().vendor == "sqlite":
        if type(field) is models.JSONField and field.encoder is None:
            return {dict: json.dumps, list: json.dumps, type(None): None}
        if type(field) is models.DateTimeField:
            return {datetime: _naive, type(None): None}
        if type(field) is models.DateField:
            return {date: str, type(None): None}
    if type(field).pre_save is not models.Field.pre_save:
        return {}
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    plain = next((kept for kind, kept in PLAIN.items() if isinstance(field, kind)), ())
    return dict.fromkeys((type(None), *plain))


def _naive(value: datetime) -> str:
    """As Django gives a moment to SQLite. Raises ValueError on one without a zone."""
    if value.tzinfo is None:
        raise ValueError(f"moment without a time zone: {value}")
    return str(value.astimezone(used().timezone).replace(tzinfo=None))


def _values(row: models.Model, columns: Sequence[Column]) -> list[Any]:
    own, adding, values = used(), row._state.adding, []
    for name, spellings, field in columns:
        value = getattr(row, name)
        try:
            spell = spellings[type(value)]
        except KeyError:
            values.append(field.get_db_prep_save(field.pre_save(row, adding), own))
        else:
            values.append(value if spell is None else spell(value))
    return values
