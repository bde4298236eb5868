"""In this room every test is watched: a row of legal effect written without an entry ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import touches_database
from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.ledger.tests.unlogged import watching


@pytest.fixture(autouse=True)
def _every_change_of_state_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    if not touches_database(request.node):
        yield
        return
    with watching():
        yield


@pytest.fixture
def in_august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def case(in_august: None) -> Case:
    """Opened in August 2021, nothing investigated yet."""
    return make.case_with(make.lead(), make.opening())
