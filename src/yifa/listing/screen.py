"""What the page of a list shows: heading in words, form, chips, heads, a hundred rows, paging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from yifa.listing.columns import Column
from yifa.listing.filters import Condition, Given, Input
from yifa.listing.page import BadFilter, ListPage, Params, Question, first_of, given_of
from yifa.listing.paging import count_of, page_rows, paging, place_of

# values by which a cell is found again; True is no 1 here, so that a column of numbers never shows 是
PLAIN = frozenset({str, int, date})


@dataclass(frozen=True)
class Head:
    """A head. `aria_sort` is ascending, descending or none; `url` turns the order, empty where rows cannot be sorted by it."""

    title: str
    number: bool
    aria_sort: str
    url: str


@dataclass(frozen=True)
class Cell:
    text: str
    label: str
    number: bool
    url: str = ""

    @property
    def look(self) -> str:
        """Class of the cell: numbers stand to the right; a date or a code is not broken over two lines."""
        if self.number:
            return "number"
        return "unbroken" if self.text.isascii() and len(self.text) <= len("2021-03-05") else "words"


@dataclass(frozen=True)
class Link:
    """A link in words; `current` is where the reader is."""

    words: str
    url: str
    current: bool = False


def screen(page: ListPage, question: Question) -> dict[str, Any]:
    """Context of `listing/list.html`. Raises BadFilter for a page that is not there."""
    counted = count_of(page, question)
    number, last = place_of(page, question, counted)
    rows = page_rows(page, question, number)
    lookup, totals = page.lookup(question.organ), page.totals(question)
    return {
        **form_of(page, question.organ, question.given, {}),
        "list": page,
        "grain": question.grain,
        "count": counted,
        "words": question.words,
        "chips": [chip(page, question.given, used) for used in question.conditions],
        "grains": grain_links(page, question),
        "heads": [head(page, question, column) for column in question.grain.columns],
        "rows": cells(question.grain.columns, rows, lookup),
        "sums": [(one.title, one.show(totals[one.name])) for one in page.sums] if counted.number else [],
        "number": number,
        "last": last,
        **paging(page, question, counted, number, last),
        "csv": page.url(without(question.given, "page", "count"), "list.csv"),
        "json": page.url(without(question.given, "page", "count"), "list.json"),
    }


def refused_screen(page: ListPage, organ: str, params: Params, error: BadFilter) -> dict[str, Any]:
    """The form with the input kept and every problem beside its field; no rows."""
    given = given_of(params)
    errors = {problem.name: problem.message for problem in error.problems}
    form = form_of(page, organ, given, errors)
    shown = {one.name for one in [*form["front"], *form["more"]]}
    problems = [(problem, problem.name in shown) for problem in error.problems]
    return {**form, "list": page, "problems": problems, "clear": page.url({})}


def form_of(page: ListPage, organ: str, given: Given, errors: dict[str, str]) -> dict[str, Any]:
    front, more = [], []
    for one in page.filters:
        inputs = [
            replace(control, error=errors.get(control.name, ""), options=tuple(control.options))
            for control in one.inputs(given, organ)
        ]
        (front if one.name in page.front else more).extend(inputs)
    front, more = split(front, more)
    kept = [(name, first_of(given, name)) for name in ("per",) if name in given and name not in errors]
    open_more = any(control.error for control in more)
    sorting = sort_control(page, given)
    return {
        "front": front,
        "more": more,
        "sorting": sorting,
        "kept": kept,
        "open_more": open_more,
        "clear": page.url({}),
    }


def sort_control(page: ListPage, given: Given) -> Input:
    """The order as a select: on a narrow screen the heads of the table are not there to be pressed."""
    try:
        grain = page.grain_of(first_of(given, "per"))
    except BadFilter:
        grain = page.grains[0]
    options = [("", gettext("默认顺序"))]
    for column in grain.sortable:
        options += [
            (column.name, f"{gettext(column.title)} ↑"),
            (f"-{column.name}", f"{gettext(column.title)} ↓"),
        ]
    return Input("sort", gettext("排序"), "select", first_of(given, "sort"), tuple(options))


def split(front: list[Input], more: list[Input]) -> tuple[list[Input], list[Input]]:
    """At least one control is always unfolded."""
    return (front, more) if front else (more[:3], more[3:])


def without(given: Given, *names: str) -> dict[str, Sequence[str]]:
    return {name: values for name, values in given.items() if name not in names}


def chip(page: ListPage, given: Given, used: Condition) -> Link:
    """One condition in words; the link is the list without it."""
    return Link(
        gettext(used.filter.title) + gettext("：") + gettext(used.words),
        page.url(without(given, *used.filter.names, "page")),
    )


def grain_links(page: ListPage, question: Question) -> list[Link]:
    if len(page.grains) == 1:
        return []
    rest = without(question.given, "per", "sort", "page")
    return [
        Link(grain.title, page.url({**rest, "per": grain.key}), grain is question.grain)
        for grain in page.grains
    ]


def head(page: ListPage, question: Question, column: Column) -> Head:
    if column.reckoned:
        return Head(column.title, column.number, "none", "")
    turned = {column.name: "ascending", f"-{column.name}": "descending"}.get(question.sort, "none")
    sort = f"-{column.name}" if turned == "ascending" else column.name
    url = page.url({**without(question.given, "page"), "sort": [sort]})
    return Head(column.title, column.number, turned, url)


def cells(columns: Sequence[Column], rows: Sequence[dict[str, Any]], lookup: Any) -> list[list[Cell]]:
    """The rows as cells; the same value of a column is the same cell."""
    kept: list[dict[Any, Cell]] = [{} for _ in columns]
    found = []
    for row in rows:
        line = []
        for column, known in zip(columns, kept, strict=True):
            value = None if column.link else row[column.path]
            one = known.get(value) if value is not None and type(value) in PLAIN else None
            if one is None:
                one = cell(column, row, lookup)
                if type(value) in PLAIN:
                    known[value] = one
            line.append(one)
        found.append(line)
    return found


def cell(column: Column, row: dict[str, Any], lookup: Any) -> Cell:
    url = column.link(row) if column.link else ""
    return Cell(column.text(row, lookup), column.title, column.number, url)
