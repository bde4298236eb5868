"""Formal numerals, against a second implementation where it is installed for tests."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as some

from yifa.law.forms.amounts import amount, formal


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_cannot_be_written_is_refused(fen):
    with pytest.raises(ValueError, match="不能写成大写"):
        formal(fen)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"), (5, "人民币伍分"), (10, "人民币壹角整"), (200000, "人民币贰仟元整"), (1005005, "人民币壹万零伍拾元零伍分"),
        (10000000000000, "人民币壹仟亿元整"), (1000000100, "人民币壹仟万零壹元整"),
    ],
)  # fmt: skip
def test_formal_numerals(fen, words):
    assert formal(fen) == words


@given(some.integers(min_value=0, max_value=10**14))
def test_another_implementation_agrees(fen):
    assert formal(fen).removesuffix("整") == "人民币" + cn2an.an2cn(
        str(Decimal(fen) / 100), "rmb"
    ).removesuffix("整")


def test_an_amount_is_written_in_figures_and_in_words():
    assert amount(200050) == "2,000.50元（人民币贰仟元伍角整）"
