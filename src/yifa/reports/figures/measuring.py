"""From a figure to its number: value, the keys of the records behind it, their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import FieldError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet, Sum

from yifa.listing.errors import BadFilter
from yifa.listing.page import ListPage
from yifa.listing.registry import get as page_of
from yifa.reports.figures.figure import Figure, Period, plain
from yifa.reports.figures.registry import figures_of

CHUNK = 2000


class FigureFailed(Exception):
    """A figure cannot be computed; `key` names it and `reason` says why, in Chinese."""

    code = "figure_failed"

    def __init__(self, key: str, reason: str) -> None:
        self.key, self.reason = key, reason
        super().__init__(f"{key}：{reason}")


@dataclass(frozen=True)
class Measured:
    """A figure with its number. `records` counts the record keys; `url` opens the list behind it; `keys` where asked for."""

    figure: Figure
    value: int
    records: int
    digest: str
    url: str
    keys: tuple[str, ...] | None = None

    @property
    def shown(self) -> str:
        return self.figure.shown(self.value)

    @property
    def in_words(self) -> str:
        """The value as the sentences write it, where that differs from the plain number; else empty."""
        return "" if self.shown == plain(self.value) else self.shown

    @property
    def label(self) -> str:
        return self.figure.label.replace("{shown}", self.shown)

    @property
    def short_digest(self) -> str:
        return self.digest[:8]

    def as_json(self) -> dict[str, object]:
        listed = {} if self.keys is None else {"keys": list(self.keys)}
        return {
            "key": self.figure.key,
            "label": self.label,
            "value": self.value,
            "definition": self.figure.definition,
            "records": self.records,
            "digest": self.digest,
            **listed,
        }


def digest_of(keys: Iterable[str]) -> str:
    """SHA-256 (hex) of the keys sorted by code point, joined by a line feed; no keys: of the empty string."""
    return hashlib.sha256("\n".join(sorted(keys)).encode("utf-8")).hexdigest()


def measure(figure: Figure, organ_code: str, period: Period, *, with_keys: bool = False) -> Measured:
    """The figure of one organ in a period, `with_keys` with the keys of its records. Raises FigureFailed, never returns a guess."""
    try:
        page = page_of(figure.page)
        params = dict(figure.params(period))
        question = page.ask(organ_code, params)
        rows = page.shaped(question)
        if figure.until is not None and not period.ends_a_day:
            rows = figure.until(rows, period.as_of)
        fields, key = question.grain.key_fields, question.grain.record_key
        keys = [key(row) for row in rows.values(*fields).iterator(chunk_size=CHUNK)]
        value = sum_of(page, rows, figure.total) if figure.total else rows.count()
        url = page.url(params)
    except (BadFilter, DatabaseError, FieldError, LookupError, TypeError, ValueError) as error:
        raise FigureFailed(figure.key, f"名单“{figure.page}”不能计算：{error}") from error
    if len(keys) != len(set(keys)) or (not figure.total and value != len(keys)):
        raise FigureFailed(figure.key, f"数目 {value} 与名单中不同的记录 {len(set(keys))} 条不一致")
    return Measured(
        figure, value, len(keys), digest_of(keys), url, tuple(sorted(keys)) if with_keys else None
    )


def sum_of(page: ListPage, rows: QuerySet, name: str) -> int:
    """The sum `name` of the page over these rows, 0 over none. Raises LookupError where it has none."""
    source = next((one.source for one in page.sums if one.name == name), None)
    if source is None:
        raise LookupError(f"没有合计 {name}")
    return int(rows.aggregate(value=Sum(source))["value"] or 0)


def measure_all(organ_code: str, period: Period, *, with_keys: bool = False) -> dict[str, Measured]:
    """All figures of an organ by key, read from one state of the database. Raises FigureFailed at the first."""
    with transaction.atomic():
        return {
            figure.key: measure(figure, organ_code, period, with_keys=with_keys)
            for figure in figures_of(organ_code)
        }


def list_of(figure: Figure) -> ListPage:
    return page_of(figure.page)
