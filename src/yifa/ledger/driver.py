"""Statements that stay the same, given to SQLite without a cursor of Django's around each.

Building that cursor and spelling the places anew costs as much as the statement. Whoever listens to statements (a debug
log, a test that counts them) and PostgreSQL get the cursor as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX

_own = local()
"""Django has one wrapper a thread and keeps it for good; only what it is connected to comes and goes."""


def used() -> BaseDatabaseWrapper:
    """The connection of this thread itself: `django.db.connection` looks it up at every name asked of it."""
    try:
        return _own.wrapper
    except AttributeError:
        _own.wrapper = connections[DEFAULT_DB_ALIAS]
        return _own.wrapper


def fetch(sql: str, values: Sequence[Any]) -> list[tuple]:
    """Every row of a statement that answers rows."""
    own = used()
    if not _plain(own):
        with own.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()
    with own.wrap_database_errors:
        return own.connection.execute(_native(sql), values).fetchall()


def execute(sql: str, values: Sequence[Any]) -> None:
    own = used()
    if not _plain(own):
        with own.cursor() as cursor:
            cursor.execute(sql, values)
        return
    with own.wrap_database_errors:
        own.connection.execute(_native(sql), values)


def execute_many(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    own = used()
    if not _plain(own):
        with own.cursor() as cursor:
            cursor.executemany(sql, rows)
        return
    with own.wrap_database_errors:
        own.connection.executemany(_native(sql), rows)


def _plain(own: BaseDatabaseWrapper) -> bool:
    """Connects where that is still to be done. Raises TransactionManagementError in a transaction already broken."""
    if own.vendor != "sqlite" or own.queries_logged or own.execute_wrappers:
        return False
    if own.connection is None:
        own.ensure_connection()
    own.validate_no_broken_transaction()
    return True


@lru_cache(maxsize=256)
def _native(sql: str) -> str:
    """As Django's own cursor spells it for SQLite."""
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")
