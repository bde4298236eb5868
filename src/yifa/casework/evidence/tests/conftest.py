"""Each test has a store of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make


@pytest.fixture(autouse=True)
def _store_of_its_own(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def case(db: None) -> Case:
    desk.staff()
    return make.case_with(make.lead(), make.opening())


@pytest.fixture
def client(case: Case) -> Client:
    return desk.login("0101")
