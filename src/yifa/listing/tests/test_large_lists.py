"""Of very long lists a page costs no more than of short ones, and still shows the right rows."""

from __future__ import annotations

import pytest

from yifa.casework.cases.lists import CASES
from yifa.listing import paging
from yifa.listing.page import BadFilter
from yifa.listing.screen import screen
from yifa.listing.tests.registers import act, case, organ

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch):
    """Five are many, three a page: the ways of long lists with few rows."""
    for name, value in {"COUNTED": 6, "PAGE_SIZE": 3, "MANY": 2}.items():
        monkeypatch.setattr(paging, name, value)


def shown(**params: str) -> tuple[list[int], dict]:
    context = screen(CASES, CASES.ask("one", params))
    return [int(row[0].text[-4:]) for row in context["rows"]], context


def cases(count: int) -> None:
    for serial in range(1, count + 1):
        found = case(organ("one"), serial, party_name=f"甲公司{serial}")
        act(found, "opening_approved")
        act(found, "opening_approved")


@pytest.mark.parametrize("params", [{}, {"act": "opening_approved"}, {"party": "公司"}, {"party": "甲"}])
def test_pages_follow_one_another_to_the_last(params):
    cases(8)
    assert shown(**params)[0] == [8, 7, 6]
    assert shown(**params, page="2")[0] == [5, 4, 3]
    assert shown(**params, page="3")[0] == [2, 1]
    rows, context = shown(**params, page="last")
    assert rows == [3, 2, 1] and not context["next"]
    with pytest.raises(BadFilter, match="共 3 页"):
        shown(**params, page="4")


def test_the_count_stops_and_is_finished_on_demand():
    cases(8)
    _, context = shown()
    assert (context["count"].number, context["count"].more, context["last"]) == (6, True, 0)
    assert "count=all" in context["count_all"]
    _, context = shown(count="all")
    assert (context["count"].number, context["count"].more, context["last"]) == (8, False, 3)


def test_several_conditions_are_counted_together():
    cases(5)
    _, context = shown(act="opening_approved", party="公司5")
    assert (context["count"].number, context["count"].more) == (1, False)


def test_count_has_no_other_meaning():
    with pytest.raises(BadFilter, match="数到底"):
        shown(count="3")
