"""Conditions of a list, read from the query string: in words for people, as a narrowing for the database."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from yifa.listing.errors import BadFilter, Problem

Given = Mapping[str, Sequence[str]]
Narrow = Callable[[QuerySet], QuerySet]
# Years a time zone can reckon with; nobody keeps registers outside of them.
WRITTEN_DAY = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d", re.ASCII)
LONGEST_TEXT = 200
Choices = Mapping[str, str] | Callable[[str], Mapping[str, str]]


@dataclass(frozen=True)
class Condition:
    """A filter that was used: what it says, and how it narrows the rows.

    `keys`, where an index knows them: rows, one for each row of the list this condition alone would leave.
    `few` narrows the same way, quicker where very many rows remain and only the first are wanted.
    """

    filter: Filter
    words: str
    narrow: Narrow
    keys: Callable[[], QuerySet] | None = None
    few: Narrow | None = None


@dataclass(frozen=True)
class Input:
    """One control of the query form. `kind` is text, date or select; options are (value, words)."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: Sequence[tuple[str, str]] = ()
    error: str = ""


@dataclass(frozen=True)
class Filter(ABC):
    """A condition named `name`. Subclasses read it and offer its controls."""

    name: str
    title: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    @abstractmethod
    def read(self, given: Given, organ: str) -> Condition | None:
        """None where it was not asked for. Raises BadFilter."""

    @abstractmethod
    def inputs(self, given: Given, organ: str) -> list[Input]:
        """The controls of the query form, with what was typed."""


def first(given: Given, name: str) -> str:
    values = given.get(name, ())
    return values[0] if values else ""


def read_day(given: Given, name: str, title: str) -> date | None:
    """A day of the calendar written 2021-03-05. Raises BadFilter."""
    text = unicodedata.normalize("NFKC", first(given, name)).strip()
    if not text:
        return None
    try:
        if not WRITTEN_DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        message = gettext("%(title)s“%(text)s”不是日历上的日期。请写成 2021-03-05 的样子") % {
            "title": gettext(title),
            "text": text[:20],
        }
        raise BadFilter(Problem(name, message)) from error


def read_text(given: Given, name: str, title: str) -> str:
    """A text without invisible ends. Raises BadFilter for one no database can look for."""
    text = first(given, name).strip()
    if len(text) > LONGEST_TEXT:
        raise BadFilter(
            Problem(
                name,
                gettext("%(title)s太长，最多 %(longest)s 个字。请只写一部分")
                % {"title": gettext(title), "longest": LONGEST_TEXT},
            )
        )
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise BadFilter(
            Problem(name, gettext("%(title)s里有看不见的字符，请重新输入") % {"title": gettext(title)})
        )
    return text


@dataclass(frozen=True)
class Text(Filter):
    """Rows with a text in one of the fields. Full and half width and the brackets of 文号 are the same."""

    fields: tuple[str, ...] = ()

    def read(self, given: Given, organ: str) -> Condition | None:
        text = read_text(given, self.name, self.title)
        if not text:
            return None
        wanted = Q()
        for field_name in self.fields or (self.name,):
            for spelling in spellings(text):
                wanted |= Q(**{f"{field_name}__icontains": spelling})
        return Condition(self, gettext("含“%(text)s”") % {"text": text}, lambda rows: rows.filter(wanted))

    def inputs(self, given: Given, organ: str) -> list[Input]:
        return [Input(self.name, self.title, "text", first(given, self.name))]


def spellings(text: str) -> list[str]:
    """The text as typed and, where it differs, with half-width letters and the brackets 〔〕."""
    half = unicodedata.normalize("NFKC", text)
    brackets = half.translate(str.maketrans("[]()﹝﹞", "〔〕〔〕〔〕"))
    return list(dict.fromkeys([text, half, brackets]))


@dataclass(frozen=True)
class Exact(Filter):
    """Rows with exactly this value."""

    source: str = ""

    def read(self, given: Given, organ: str) -> Condition | None:
        text = read_text(given, self.name, self.title)
        if not text:
            return None
        return Condition(self, text, lambda rows: rows.filter(**{self.source or self.name: text}))

    def inputs(self, given: Given, organ: str) -> list[Input]:
        return [Input(self.name, self.title, "text", first(given, self.name))]


@dataclass(frozen=True)
class Choice(Filter):
    """Rows with one of the chosen values: `kind=contract,agreement` or the parameter several times.

    `condition` says which rows have a value where that is not equality with `source`.
    """

    choices: Choices = field(default_factory=dict)
    source: str = ""
    condition: Callable[[str], Q] | None = None

    def known(self, organ: str) -> Mapping[str, str]:
        return self.choices(organ) if callable(self.choices) else self.choices

    def chosen(self, given: Given) -> list[str]:
        parts = [part.strip() for value in given.get(self.name, ()) for part in value.split(",")]
        return list(dict.fromkeys(part for part in parts if part))

    def read(self, given: Given, organ: str) -> Condition | None:
        chosen = self.chosen(given)
        if not chosen:
            return None
        known = self.known(organ)
        wrong = [key for key in chosen if key not in known]
        if wrong:
            some = "、".join(list(known)[:12]) or gettext("（登记簿中还没有）")
            message = gettext("%(title)s没有“%(names)s”这个选项。可以用：%(some)s") % {
                "title": gettext(self.title),
                "names": "、".join(wrong)[:80],
                "some": some,
            }
            raise BadFilter(Problem(self.name, message))
        wanted = self.wanted(chosen)
        return Condition(self, either([known[key] for key in chosen]), lambda rows: rows.filter(wanted))

    def wanted(self, chosen: list[str]) -> Q:
        if self.condition is None:
            path = self.source or self.name
            return Q(**{path: chosen[0]} if len(chosen) == 1 else {f"{path}__in": chosen})
        wanted = Q()
        for key in chosen:
            wanted |= self.condition(key)
        return wanted

    def inputs(self, given: Given, organ: str) -> list[Input]:
        known, chosen = self.known(organ), self.chosen(given)
        options = [("", "全部"), *known.items()]
        value = ",".join(chosen)
        if value and value not in known:
            options.append((value, either([known.get(key, key) for key in chosen])))
        return [Input(self.name, self.title, "select", value, options)]


def either(words: Sequence[str]) -> str:
    """One word as it stands, to be translated where it is shown; several joined in the reader's language."""
    return words[0] if len(words) == 1 else gettext("或").join(gettext(one) for one in words)


@dataclass(frozen=True)
class Days(Filter):
    """Rows whose date lies in `<name>_from` … `<name>_to`, both included. `moments`: the field has a time of day."""

    source: str = ""
    moments: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def span(self, given: Given) -> tuple[date | None, date | None]:
        """The days asked for. Raises BadFilter with every problem of both ends."""
        ends, problems = [], []
        for name, word in zip(self.names, ("从", "到"), strict=True):
            try:
                ends.append(read_day(given, name, f"{gettext(self.title)}（{gettext(word)}）"))
            except BadFilter as error:
                problems += error.problems
        if not problems and ends[0] and ends[1] and ends[0] > ends[1]:
            problems = [
                Problem(
                    self.names[0],
                    gettext("%(title)s的开始日期 %(start)s 晚于结束日期 %(end)s，请对调或改正")
                    % {"title": gettext(self.title), "start": ends[0], "end": ends[1]},
                )
            ]
        if problems:
            raise BadFilter(*problems)
        return ends[0], ends[1]

    def read(self, given: Given, organ: str) -> Condition | None:
        start, end = self.span(given)
        if start is None and end is None:
            return None
        wanted = within(self.source or self.name, start, end, self.moments)
        return Condition(self, span_words(start, end), lambda rows: rows.filter(wanted))

    def inputs(self, given: Given, organ: str) -> list[Input]:
        return [
            Input(name, gettext(word) % {"title": gettext(self.title)}, "date", first(given, name))
            for name, word in zip(
                self.names, (gettext_noop("%(title)s从"), gettext_noop("%(title)s到")), strict=True
            )
        ]


def within(path: str, start: date | None, end: date | None, moments: bool) -> Q:
    """Days `start` to `end`, both included; for moments these are days of the installation's time zone."""
    wanted = Q()
    if start is not None:
        wanted &= Q(**{f"{path}__gte": midnight(start) if moments else start})
    if end is not None and end < date.max:
        limit = {f"{path}__lt": midnight(end + timedelta(days=1))} if moments else {f"{path}__lte": end}
        wanted &= Q(**limit)
    return wanted


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def span_words(start: date | None, end: date | None) -> str:
    if start and end:
        return f"{start}" if start == end else gettext("%(start)s 至 %(end)s") % {"start": start, "end": end}
    return gettext("%(start)s 起") % {"start": start} if start else gettext("%(end)s 止") % {"end": end}


@dataclass(frozen=True)
class Day(Filter):
    """Rows that hold on one day; `condition` says which these are."""

    condition: Callable[[QuerySet, date], QuerySet] = lambda rows, day: rows

    def read(self, given: Given, organ: str) -> Condition | None:
        day = read_day(given, self.name, self.title)
        if day is None:
            return None
        return Condition(self, day.isoformat(), lambda rows: self.condition(rows, day))

    def inputs(self, given: Given, organ: str) -> list[Input]:
        return [Input(self.name, self.title, "date", first(given, self.name))]
