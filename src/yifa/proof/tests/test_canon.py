"""Canonical bytes: one spelling or a refusal that says where."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.proof.canon import LIMIT, canon, canon_stored

ASCII_KEYS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=6)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WHOLE = st.integers(-LIMIT + 1, LIMIT - 1)


def trees(texts: st.SearchStrategy, keys: st.SearchStrategy) -> st.SearchStrategy:
    return st.recursive(
        st.none() | st.booleans() | WHOLE | texts,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [1, 2.0]}, r"\$\.a\[1\]: float"),
        (LIMIT, r"\$: integer"),
        (-LIMIT, r"\$: integer"),
        ({"年": 1}, r"\$: key '年'"),
        ({1: 1}, r"\$: key 1"),
        ({"a": "x\ny"}, r"\$\.a: control"),
        (["\x7f"], r"\$\[0\]: control"),
        ({"a": {"b": "e\u0301"}}, r"\$\.a\.b: not in NFC"),
        ("\ud800", r"\$: lone surrogate"),
        ({"a": b"x"}, r"\$\.a: bytes"),
        ({"a": {1}}, r"\$\.a: set"),
    ],
)
def test_what_could_be_spelt_in_two_ways_is_refused_with_its_path(value, path):
    with pytest.raises(ValueError, match=path):
        canon(value)


@pytest.mark.parametrize("value", [1.0, LIMIT, "\ud800", {"a": [float("nan")]}, {1: 1}, {"\ud800": 1}])
def test_a_stored_value_that_has_no_bytes_is_refused(value):
    with pytest.raises(ValueError, match=r"^\$"):
        canon_stored(value)


def test_the_bytes_are_these():
    assert canon({"b": [1, True, None], "a": "〔2021〕1号"}).hex() == (
        "7b2261223a22e3809432303231e3809531e58fb7222c2262223a5b312c747275652c6e756c6c5d7d"
    )
    assert canon_stored("甲\n乙\x7f") == '"甲\\n乙\x7f"'.encode()


@given(trees(ANY_TEXT, ANY_TEXT))
def test_a_stored_value_is_spelt_so_that_it_can_be_read_back(value):
    assert json.loads(canon_stored(value)) == value


@given(trees(ANY_TEXT, ASCII_KEYS))
def test_where_the_strict_form_exists_the_stored_form_is_the_same(value):
    try:
        strict = canon(value)
    except ValueError:
        return
    assert strict == canon_stored(value)
    assert canon(json.loads(strict)) == strict


@given(st.dictionaries(ASCII_KEYS, WHOLE, max_size=6))
def test_the_order_in_which_keys_were_entered_does_not_matter(value):
    assert canon(dict(reversed(value.items()))) == canon(value)
