"""Every article of the Penalty Law is answered for: by rules, or by one line of reason."""

import pytest

from yifa.law import coverage
from yifa.law.coverage import _covered, articles, covered
from yifa.law.rules import RULES


def test_an_article_with_neither_rule_nor_reason_is_refused():
    with pytest.raises(ValueError, match="有且只有其一"):
        _covered(10, {}, {}, {}, coverage.APL_2021)


def test_a_reason_beside_a_rule_is_refused():
    with pytest.raises(ValueError, match="有且只有其一"):
        _covered(58, {"why": "不需要"}, {58: ["R-APL-58-1"]}, {}, coverage.APL_2021)


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="没有规则"):
        _covered(10, {"also": ["R-APL-99-9"]}, {}, {}, coverage.APL_2021)


def test_the_law_has_no_article_eighty_seven():
    with pytest.raises(LookupError):
        covered(87)


def test_all_eighty_six_articles_are_there_with_a_summary():
    assert [one.number for one in articles()] == list(range(1, 87))
    assert all(one.summary for one in articles())


def test_every_rule_of_the_penalty_law_stands_at_its_article():
    placed = {name for one in articles() for name in one.rules}
    assert {name for name in RULES if name.startswith("R-APL-")} <= placed


def test_review_stands_at_article_58_with_its_rules():
    assert {"R-APL-58-1", "R-APL-58-2"} <= set(covered(58).rules)
    assert covered(10).rules == () and covered(10).why
