"""A list as CSV and JSON: streamed, the same rows as the page."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from yifa.listing.page import CHUNK, ListPage, Question
from yifa.listing.paging import PAGE_SIZE

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line:
    """A file that hands back what was written, one line at a time."""

    def write(self, text: str) -> str:
        return text


def neutral(text: str) -> str:
    """A text no spreadsheet takes for a formula: a leading = + - @ gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def rows_of(page: ListPage, question: Question) -> Iterator[dict[str, Any]]:
    grain = question.grain
    rows = page.shaped(question).order_by(*question.order).values(*grain.paths).iterator(chunk_size=CHUNK)
    if grain.reckon is None:
        return rows
    return chain.from_iterable(map(grain.reckoned, parts(rows)))


def parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows by the hundred, so that what is read to reckon with them stays small."""
    while part := list(islice(rows, PAGE_SIZE)):
        yield part


def csv_lines(page: ListPage, question: Question) -> Iterator[str]:
    """Heads in Chinese, then a line a row; the last column is the record key. Begins with a BOM for spreadsheets."""
    grain, lookup, writer = question.grain, page.lookup(question.organ), csv.writer(Line())
    yield BOM + writer.writerow([*(column.title for column in grain.columns), "记录键"])
    for row in rows_of(page, question):
        texts = [column.text(row, lookup) for column in grain.columns]
        yield writer.writerow([neutral(text) for text in [*texts, grain.record_key(row)]])


def json_parts(page: ListPage, question: Question) -> Iterator[str]:
    """`{"rows": [{…, "key"}], "sums": {…}, "count": n}`; `count` is the number of rows written."""
    grain, count = question.grain, 0
    yield '{"rows":['
    for row in rows_of(page, question):
        record = {column.name: column.data(row) for column in grain.columns}
        record["key"] = grain.record_key(row)
        yield ("," if count else "") + dumps(record)
        count += 1
    yield f'],"sums":{dumps(page.totals(question))},"count":{count}}}\n'


def dumps(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
