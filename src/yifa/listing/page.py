"""A list page: one question to a register, asked by query string, answered as page, CSV, JSON, count or sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models import Sum as SumOf
from django.http import QueryDict
from django.utils.translation import get_language, gettext

from yifa.listing.columns import Column, Lookup, Row, Sum
from yifa.listing.errors import BadFilter, Problem
from yifa.listing.filters import Condition, Filter, Given

__all__ = ["BadFilter", "Grain", "ListPage", "Problem"]

Params = Mapping[str, str | Sequence[str]]
CONTROLS = ("per", "sort", "page", "count")
CHUNK = 2000


@dataclass(frozen=True)
class Grain:
    """What one row stands for. `shape` makes such rows from the filtered ones.

    `record_key` names the row as `<table>:<natural key>`; it reads the field paths `key_fields`.
    `grouped` rows are made by grouping and have no primary key of their own. `reckon` adds what no column of the
    database says to rows already chosen, a page or a part of a file at a time: in a fixed number of queries.
    """

    title: str
    unit: str
    columns: tuple[Column, ...]
    record_key: Callable[[Row], str]
    key_fields: tuple[str, ...]
    order: tuple[str, ...]
    key: str = ""
    shape: Callable[[QuerySet], QuerySet] = lambda rows: rows
    grouped: bool = False
    reckon: Callable[[list[dict[str, Any]]], None] | None = None

    @cached_property
    def paths(self) -> tuple[str, ...]:
        stored = [column.path for column in self.columns if not column.reckoned]
        return tuple(dict.fromkeys(stored + list(self.key_fields)))

    @property
    def sortable(self) -> list[Column]:
        return [column for column in self.columns if not column.reckoned]

    def reckoned(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.reckon and rows:
            self.reckon(rows)
        return rows

    def order_of(self, sort: str) -> tuple[str, ...]:
        """Order of the rows for `sort` (`-name` is falling), always total. Raises BadFilter."""
        if not sort:
            return self.order
        for column in self.sortable:
            if sort.removeprefix("-") == column.name:
                turn = "-" if sort.startswith("-") else ""
                return (*(f"{turn}{path}" for path in column.order), *self.order)
        names = "、".join(column.name for column in self.sortable)
        raise BadFilter(
            Problem(
                "sort",
                gettext("不能按“%(sort)s”排序。可以用：%(names)s") % {"sort": sort[:40], "names": names},
            )
        )


@dataclass(frozen=True)
class Question:
    """A query string understood: conditions, grain, order."""

    organ: str
    given: Given
    conditions: tuple[Condition, ...]
    grain: Grain
    sort: str
    order: tuple[str, ...]
    reach: Any = None

    @property
    def words(self) -> str:
        return gettext("；").join(
            f"{gettext(used.filter.title)} {gettext(used.words)}" for used in self.conditions
        )


@dataclass(frozen=True)
class ListPage:
    """One list. `base` gives the rows of an organ, `narrow` those an account of some reach sees; `grains[0]` is a row as it stands, others are chosen by `?per=`.

    `lookup` loads what columns translate keys with, once per answer. `front` names the filters shown unfolded.
    `adding`: what entering a further row is called, and the name of that page. `beside`: the same of pages that belong to
    the list, each with a query string.
    """

    slug: str
    title: str
    base: Callable[[str], QuerySet]
    filters: tuple[Filter, ...]
    grains: tuple[Grain, ...]
    sums: tuple[Sum, ...] = ()
    lookup: Callable[[str], Lookup] = lambda organ: {}
    front: tuple[str, ...] = ()
    note: str = ""
    narrow: Callable[[QuerySet, Any], QuerySet] | None = None
    adding: tuple[str, str] | None = None
    beside: tuple[tuple[str, str, str], ...] = ()
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = [name for one in self.filters for name in one.names]
        if len(names) != len(set(names)) or set(names) & set(CONTROLS):
            raise ValueError(f"list {self.slug}: a parameter has two meanings: {sorted(names)}")
        object.__setattr__(self, "names", frozenset([*names, *CONTROLS]))

    def ask(self, organ: str, params: Params, reach: Any = None) -> Question:
        """Read a query string, for an account of this reach (None: the whole organ). Raises BadFilter with every problem; an unknown parameter is one of them."""
        given, problems = given_of(params), []
        for name in given:
            if name not in self.names:
                known = "、".join(sorted(self.names - set(CONTROLS)))
                problems.append(
                    Problem(
                        name,
                        gettext("“%(title)s”没有名为 %(name)s 的条件。可以用：%(known)s")
                        % {"title": gettext(self.title), "name": name[:40], "known": known},
                    )
                )
        conditions: list[Condition | None] = []
        for one in self.filters:
            try:
                conditions.append(one.read(given, organ))
            except BadFilter as error:
                problems += error.problems
        grain, sort = self.grains[0], first_of(given, "sort")
        order = grain.order
        try:
            grain = self.grain_of(first_of(given, "per"))
            order = grain.order_of(sort)
        except BadFilter as error:
            problems += error.problems
        if problems:
            raise BadFilter(*problems)
        used = tuple(condition for condition in conditions if condition)
        return Question(organ, given, used, grain, sort, order, reach)

    def grain_of(self, key: str) -> Grain:
        for grain in self.grains:
            if grain.key == key:
                return grain
        known = "、".join(grain.key for grain in self.grains if grain.key) or gettext("（没有）")
        raise BadFilter(
            Problem(
                "per",
                gettext("“%(title)s”不能按“%(key)s”计数。可以用：%(known)s")
                % {"title": gettext(self.title), "key": key, "known": known},
            )
        )

    def limited(self, question: Question) -> bool:
        """Whether who asks sees a part of the organ's rows only; an index knows nothing of that."""
        return self.narrow is not None and question.reach is not None and not question.reach.whole_organ

    def seen(self, question: Question) -> QuerySet:
        """The rows there are for who asks, before any condition."""
        rows = self.base(question.organ)
        return self.narrow(rows, question.reach) if self.narrow and self.limited(question) else rows

    def filtered(self, question: Question) -> QuerySet:
        """The rows the conditions leave, before the grain shapes them; in no order."""
        rows = self.seen(question).order_by()
        for condition in question.conditions:
            rows = condition.narrow(rows)
        return rows

    def shaped(self, question: Question) -> QuerySet:
        return question.grain.shape(self.filtered(question))

    def rows(self, organ: str, params: Params) -> QuerySet:
        """Rows in order, as mappings of the columns' field paths. Raises BadFilter."""
        question = self.ask(organ, params)
        return self.shaped(question).order_by(*question.order).values(*question.grain.paths)

    def count(self, organ: str, params: Params, reach: Any = None) -> int:
        return self.shaped(self.ask(organ, params, reach)).count()

    def keys(self, organ: str, params: Params) -> Iterator[str]:
        """Record keys `<table>:<natural key>` of the rows, in no order."""
        question = self.ask(organ, params)
        grain = question.grain
        rows = self.shaped(question).values(*grain.key_fields)
        return (grain.record_key(row) for row in rows.iterator(chunk_size=CHUNK))

    def total(self, organ: str, params: Params, name: str) -> int:
        """The sum `name` over the rows; 0 over none. Raises LookupError for a sum the list does not have."""
        if name not in {one.name for one in self.sums}:
            raise LookupError(f"名单 {self.slug} 没有合计 {name}")
        return self.totals(self.ask(organ, params))[name]

    def totals(self, question: Question) -> dict[str, int]:
        """All sums of the list. One query; none where there is nothing to sum."""
        if not self.sums:
            return {}
        wanted = {f"sum_{one.name}": SumOf(one.source) for one in self.sums}
        found = self.filtered(question).aggregate(**wanted)
        return {one.name: found[f"sum_{one.name}"] or 0 for one in self.sums}

    def url(self, params: Params, suffix: str = "") -> str:
        """Address of the list with these parameters; `suffix` is `list.csv` or `list.json`."""
        pairs = [(name, value) for name, values in given_of(params).items() for value in values]
        language = "/en" if get_language() == "en" else ""
        return f"{language}/desk/{self.slug}/{suffix}" + (f"?{urlencode(pairs)}" if pairs else "")


def given_of(params: Params) -> dict[str, list[str]]:
    """Parameters with their values, the empty ones left out."""
    if isinstance(params, QueryDict):
        pairs = params.lists()
    else:
        pairs = [(name, [value] if isinstance(value, str) else list(value)) for name, value in params.items()]
    kept = {name: [value for value in values if value.strip()] for name, values in pairs}
    return {name: values for name, values in kept.items() if values}


def first_of(given: Given, name: str) -> str:
    return given[name][0] if name in given else ""
