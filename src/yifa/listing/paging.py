"""One page of a list, at a price that does not grow with the register: counts stop at ten thousand unless asked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from yifa.listing.errors import BadFilter, Problem
from yifa.listing.page import ListPage, Question, first_of

PAGE_SIZE = 100
COUNTED = 10_000
MANY = 2_000
SHALLOW = 20
LAST = "last"


@dataclass(frozen=True)
class Counted:
    """How many rows there are; where `more`, at least that many."""

    number: int
    more: bool = False

    @property
    def words(self) -> str:
        return f"{self.number:,}" if self.number >= COUNTED else str(self.number)


def count_of(page: ListPage, question: Question) -> Counted:
    """Rows of the list, counted to the end for `count=all` and up to COUNTED otherwise. Raises BadFilter."""
    asked = first_of(question.given, "count")
    if asked not in ("", "all"):
        raise BadFilter(
            Problem("count", gettext("count 不能是“%(asked)s”，只能写 all（数到底）") % {"asked": asked[:20]})
        )
    rows = countable(page, question)
    if asked:
        return Counted(rows.count())
    number = rows[: COUNTED + 1].count()
    return Counted(min(number, COUNTED), number > COUNTED)


def countable(page: ListPage, question: Question) -> QuerySet:
    """Rows to count: of the index, where one condition alone was asked and an index knows its rows."""
    alone = len(question.conditions) == 1 and not page.limited(question)
    if alone and question.grain is page.grains[0]:
        keys = question.conditions[0].keys
        if keys is not None:
            return keys()
    return page.shaped(question).order_by()


def place_of(page: ListPage, question: Question, counted: Counted) -> tuple[int, int]:
    """Number of the page asked for (0: the last, found from the end) and of the last one (0: not counted).

    Raises BadFilter for a page that is not there.
    """
    text = first_of(question.given, "page") or "1"
    last = 0 if counted.more else max(1, -(-counted.number // PAGE_SIZE))
    if text == LAST:
        return last, last
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise BadFilter(Problem("page", gettext("没有第“%(text)s”页。请写页码，如 1") % {"text": text[:20]}))
    if counted.more and int(text) > COUNTED // PAGE_SIZE:
        last = -(-countable(page, question).count() // PAGE_SIZE)
    if last and int(text) > last:
        raise BadFilter(
            Problem(
                "page",
                gettext("没有第“%(text)s”页：按现在的条件共 %(last)s 页") % {"text": text, "last": last},
            )
        )
    return int(text), last


def page_rows(page: ListPage, question: Question, number: int) -> list[dict[str, Any]]:
    """One page of rows, with what is reckoned for them."""
    return question.grain.reckoned(stored_rows(page, question, number))


def stored_rows(page: ListPage, question: Question, number: int) -> list[dict[str, Any]]:
    """One page of rows as stored. Further on, keys first: finding the place then reads an index and not the wide rows."""
    shallow = number <= SHALLOW
    narrowed = page.seen(question)
    for condition in question.conditions:
        quick = shallow and condition.few is not None and has_many(condition.keys)
        narrowed = (condition.few if quick else condition.narrow)(narrowed)
    rows: QuerySet = question.grain.shape(narrowed).order_by(*question.order)
    start = (number - 1) * PAGE_SIZE
    end = slice(start, start + PAGE_SIZE)
    if number == 0:
        rows, end = rows.reverse(), slice(0, PAGE_SIZE)
    if question.grain.grouped:
        found = list(rows.values(*question.grain.paths)[end])
        return found[::-1] if number == 0 else found
    if start == 0 and number:
        return list(rows.values(*question.grain.paths)[end])
    keys = list(rows.values_list("pk", flat=True)[end])
    model_rows = rows.model._default_manager.filter(pk__in=keys)
    return list(model_rows.order_by(*question.order).values(*question.grain.paths))


def has_many(keys: Any) -> bool:
    """Whether the condition leaves so many rows that meeting them on the way beats collecting them first."""
    return keys is not None and keys()[: MANY + 1].count() > MANY


def paging(page: ListPage, question: Question, counted: Counted, number: int, last: int) -> dict[str, str]:
    """Addresses of the neighbouring pages and of the last; of the same page counted to the end."""

    def at(value: object) -> str:
        return page.url({**question.given, "page": [str(value)]})

    return {
        "previous": at(number - 1) if number > 1 else "",
        "next": at(number + 1) if number and (not last or number < last) else "",
        "end": at(LAST) if number and number != last else "",
        "count_all": page.url({**question.given, "count": ["all"]}) if counted.more else "",
    }
