"""The watch around every test (conftest.py): a row of legal effect written without an entry is found, whoever writes it."""

from __future__ import annotations

from typing import Any

import pytest

from yifa.ledger.actions import writing
from yifa.ledger.prepared import update
from yifa.ledger.tests.factories import CLERK, histories
from yifa.ledger.tests.unlogged import SOURCE, Unlogged

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Any:
    return histories(1, 1)[0]


def by_the_product(code: str, **names: Any) -> None:
    """Run as if it stood in a module of the product."""
    exec(compile(code, f"{SOURCE}/casework/made_up.py", "exec"), names)


@pytest.mark.parametrize(
    "code",
    [
        "case.save()",
        "type(case).objects.update(number='x')",
        "case.acts.all().delete(); case.delete()",
        "update(case, ['number'])",
    ],
)
def test_a_row_written_outside_any_unit_is_named_with_the_place(case, code):
    with pytest.raises(Unlogged, match=r"(case|act) is written outside any unit of writing: .*made_up.py:1"):
        by_the_product(code, case=case, update=update)


def test_a_row_written_in_a_unit_without_an_entry_about_its_table_is_refused_and_rolled_back(case):
    with pytest.raises(Unlogged, match=r"without an entry about a row of it: \['case'\]"), writing():
        by_the_product("type(case).objects.update(number='改')", case=case)
    assert type(case).objects.get(pk=case.pk).number != "改"


def test_with_its_entry_and_for_technical_columns_alone_nothing_is_said(case):
    with writing() as unit:
        by_the_product("case.save()", case=case)
        unit.log(type="case_corrected", actor=CLERK, agency=case.organ_id, rows=[case])
    by_the_product("type(case).objects.update(salts={})", case=case)


def test_a_nested_unit_that_was_refused_takes_its_rows_with_it(case):
    with writing() as unit:
        with pytest.raises(ZeroDivisionError), writing():
            by_the_product("type(case).objects.update(number='改'); 1 / 0", case=case)
        assert not unit.pending
