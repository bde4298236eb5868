"""What a statute file may not say: overlapping editions, an article twice, an article of no edition."""

from __future__ import annotations

import pytest

from yifa.law.sources import statutes
from yifa.law.sources.statutes import all_statutes, read

FIRST = """
name = "某法"
[[edition]]
key = "1"
cited_as = "某法（旧）"
valid_from = "2000-01-01"
{end}
confirmed = true
"""
SECOND = """
[[edition]]
key = "2"
cited_as = "某法"
valid_from = "2010-01-01"
confirmed = false
"""
ARTICLE = """
[[article]]
number = 1
edition = "{edition}"
summary = "立法目的"
"""


@pytest.mark.parametrize("end", ["", 'valid_to = "2010-01-01"', 'valid_to = "2011-05-01"'])
def test_overlapping_editions_are_refused(end: str) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        read("x", FIRST.format(end=end) + SECOND)


def test_an_article_entered_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        read("x", FIRST.format(end="") + ARTICLE.format(edition="1") * 2)


def test_an_article_of_no_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown editions"):
        read("x", FIRST.format(end="") + ARTICLE.format(edition="3"))


def test_an_article_is_as_confirmed_as_its_edition_unless_it_says_otherwise() -> None:
    text = FIRST.format(end='valid_to = "2009-12-31"') + SECOND
    text += ARTICLE.format(edition="1") + ARTICLE.format(edition="2")
    earlier, later = read("x", text).editions
    assert earlier.summaries[1] == ("立法目的", True)
    assert later.summaries[1] == ("立法目的", False)
    stated = read("x", text + "confirmed = true\n").editions[1]
    assert stated.summaries[1] == ("立法目的", True)


@pytest.mark.parametrize("statute", statutes())
def test_editions_follow_each_other_without_overlap_or_gap(statute: str) -> None:
    editions, heir = all_statutes()[statute].editions, all_statutes()[statute].replaced_by
    if heir:
        first = all_statutes()[heir].editions[0]
        assert (first.valid_from - editions[-1].valid_to).days == 1
    else:
        assert editions[-1].valid_to is None
    for earlier, later in zip(editions, editions[1:], strict=False):
        assert earlier.valid_to is not None
        assert (later.valid_from - earlier.valid_to).days == 1
