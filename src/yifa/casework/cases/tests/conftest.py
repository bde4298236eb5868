"""Cases to start from."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make


@pytest.fixture
def in_august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def case(in_august: None) -> Case:
    """Opened in August 2021, nothing investigated yet."""
    return make.case_with(make.lead(), make.opening())
