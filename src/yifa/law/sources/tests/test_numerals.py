"""中文 numerals of articles, there and back."""

from __future__ import annotations

import pytest

from yifa.law.sources.numerals import chinese_number, number_of


@pytest.mark.parametrize("n", [0, -1, 1000])
def test_a_number_no_article_has_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="article numbers"):
        chinese_number(n)


@pytest.mark.parametrize("text", ["", "零", "五八", "一十", "十十", "百", "58", "二十零"])
def test_a_number_nobody_writes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a 中文 number"):
        number_of(text)


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (58, "五十八"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (119, "一百一十九"),
        (999, "九百九十九"),
    ],
)
def test_numbers_are_written_as_in_a_statute(n: int, text: str) -> None:
    assert chinese_number(n) == text


def test_every_number_reads_back() -> None:
    assert [number_of(chinese_number(n)) for n in range(1, 1000)] == list(range(1, 1000))
