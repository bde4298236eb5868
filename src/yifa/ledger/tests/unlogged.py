"""Around a test: what the product writes into a table the ledger answers for is in the ledger with it.

A state changed without an entry ends the test with `Unlogged`. Looked at is the SQL itself, so that
neither bulk writing nor prepared statements go round it. Columns declared technical may change alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from yifa.ledger import actions, erasure
from yifa.ledger.bound import BINDINGS, Binding

WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
COLUMN = re.compile(r'"(\w+)" = ')
SOURCE = str(Path(actions.__file__).parents[1])
# rows put back from a backup come with the log they were recorded in
WITHOUT = ("/site/backup/",)
# statements pass through these; whose they are is said further up
THROUGH = ("/ledger/prepared.py", "/ledger/driver.py")


class Unlogged(AssertionError):
    """A row of legal effect was written, and no entry of the same unit is about a row of its table."""


class Watch:
    """Sees every statement; keeps for each unit of writing which tables were written and which were logged."""

    def __init__(self) -> None:
        self.bindings = {one.model._meta.db_table: one for one in BINDINGS.values()}

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        found = WRITE.match(sql)
        binding = self.bindings.get(found[1]) if found else None
        if binding and of_legal_effect(sql, binding) and (where := product()):
            unit = actions._unit.get()
            if unit is not None:
                vars(unit).setdefault("written", set()).add(binding.table)
            elif not destroyed_again():
                raise Unlogged(f"{binding.table} is written outside any unit of writing: {where}")
        return execute(sql, params, many, context)


def of_legal_effect(sql: str, binding: Binding) -> bool:
    """An UPDATE of technical columns alone is none."""
    changed = COLUMN.findall(sql.partition(" WHERE ")[0]) if sql.startswith("UPDATE") else []
    return not changed or not set(changed) <= set(binding.technical)


def product() -> str:
    """The place in the product a statement comes from; empty where a test wrote it itself."""
    frame = sys._getframe(2)
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(SOURCE) and not name.endswith(THROUGH):
            own = "/tests/" in name or any(part in name for part in WITHOUT)
            return "" if own or "/migrations/" in name else f"{name}:{frame.f_lineno}"
        if "/tests/" in name:
            return ""
        frame = frame.f_back
    return ""


def destroyed_again() -> bool:
    """After a restore, in its transaction, `reapply` logs with a unit of its own."""
    frame = sys._getframe(2)
    while frame and frame.f_code is not erasure.reapply.__code__:
        frame = frame.f_back
    return frame is not None


def flushed(flush: Callable[[actions.Unit], None]) -> Callable[[actions.Unit], None]:
    def checked(unit: actions.Unit) -> None:
        logged = vars(unit).setdefault("logged", set())
        logged |= {name.partition(":")[0] for entry in unit.pending for name in entry.fields["after"]}
        flush(unit)
        silent = vars(unit).get("written", set()) - logged
        # a unit too large for one append has written rows it has not logged yet
        if silent and sys._getframe(1).f_code.co_name != "log":
            raise Unlogged(f"written without an entry about a row of it: {sorted(silent)}")

    return checked


def joined(inner: Callable) -> Callable:
    """A nested unit that is refused takes its rows with it."""

    @contextmanager
    def watched(unit: actions.Unit) -> Iterator[None]:
        before = set(vars(unit).get("written", ()))
        try:
            with inner(unit):
                yield
        except BaseException:
            vars(unit)["written"] = before
            raise

    return watched


@contextmanager
def watching() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(Watch()):
        patch.setattr(actions.Unit, "flush", flushed(actions.Unit.flush))
        patch.setattr(actions, "_joined", joined(actions._joined))
        yield
