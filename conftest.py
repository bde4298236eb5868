"""Options for every test: `--database-only` keeps what touches the database, to run again on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

# a machine that is busy with other work is slow at making inputs; that says nothing of what is tested
settings.register_profile("wide", suppress_health_check=[HealthCheck.too_slow], deadline=None)
# `make test` makes the same inputs every time: what it says of a commit it says tomorrow too; `make test-full` looks further
settings.register_profile("house", settings.get_profile("wide"), derandomize=True)
settings.load_profile("house")
# on a fixed day tests begin at noon: at midnight such a day would begin anew under them. Workers and servers take it over
NOW = datetime.now(ZoneInfo("Asia/Shanghai"))
os.environ.setdefault("YIFA_TODAY_SHIFT", str((12 - NOW.hour) * 60 - NOW.minute))
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "live_server",
    "admin_client",
    "admin_user",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def touches_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    # PostgreSQL holds no value that is not of its column's type: tests of such values are of SQLite alone
    kept = [item for item in items if touches_database(item) and not item.get_closest_marker("sqlite")]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


@pytest.fixture(autouse=True)
def _keys_of_its_own(request: pytest.FixtureRequest) -> None:
    """A head signed by one test is none that the emptied database of the next must continue."""
    if touches_database(request.node):
        request.getfixturevalue("settings").KEYS = request.getfixturevalue("tmp_path") / "keys"


@pytest.fixture(autouse=True)
def _every_change_of_state_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """A row of legal effect that the product writes without an entry ends the test, in whatever room.

    Not seen is what another process writes: the server of the journeys and workers started as processes.
    """
    if not touches_database(request.node):
        yield
        return
    from yifa.ledger.tests.unlogged import watching

    with watching():
        yield


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """A page read in English leaves its language behind for the next test."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _passwords_take_no_third_of_a_second() -> Iterator[None]:
    """The hasher of the product with fewer rounds: hundreds of log-ins are made, none is broken into.

    Served processes, such as those of the journeys, take all rounds.
    """
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty every table afterwards, which the ledger's triggers refuse."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: emptied())
        yield


OF_THE_SCHEMA = {"django_content_type", "auth_permission"}
"""Rows that migrations make of the models; Django would delete them and make them again each time."""


def emptied() -> None:
    """Every row of the product gone. Django truncates: with fsync a second on PostgreSQL, for a few rows."""
    from django.db import connection, transaction

    from yifa.ledger import protection

    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.django_table_names()) - OF_THE_SCHEMA):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    with connection.schema_editor() as editor:
        protection.switch_on(editor)
