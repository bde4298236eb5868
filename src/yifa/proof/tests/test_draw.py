"""The draw gives the published vectors, treats everyone alike, and its transcript holds only unaltered."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from yifa.proof import draw, verify
from yifa.proof.tests.draws import damages, transcript

VECTORS = json.loads(Path(__file__).with_name("draw_vectors.json").read_text(encoding="utf-8"))


def key_of(form: str) -> bytes:
    one = VECTORS[form]
    return draw.seed(
        one["draw_id"], bytes.fromhex(one["commit"]), [tuple(pair) for pair in one["contributions"]]
    )


def judged(tmp_path: Path, found: object) -> int:
    file = tmp_path / "draw.json"
    file.write_text(found if isinstance(found, str) else json.dumps(found, ensure_ascii=False))
    return verify.main(["draw", str(file)])


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"format": "yifa-draw/2"}', '{"format": "yifa-draw/1"}'])
def test_what_is_no_transcript_cannot_be_told(tmp_path, text):
    assert judged(tmp_path, text) == 2


def test_every_kind_of_damage_is_refused(tmp_path):
    whole = transcript()
    assert judged(tmp_path, whole) == 0
    assert {name: judged(tmp_path, changed) for name, changed in damages(whole).items()} == dict.fromkeys(
        damages(whole), 1
    )


@pytest.mark.parametrize("size", [2**65, -1, "6", True, None])
def test_a_list_of_no_possible_size_ends_the_verifier_and_never_hangs_it(tmp_path, size):
    whole = transcript()
    whole["objects"]["per_tier"][next(iter(whole["objects"]["per_tier"]))] = size
    assert judged(tmp_path, whole) == 2


def test_only_what_was_drawn_need_be_opened(tmp_path):
    whole = transcript()
    names = {one["object"] for one in whole["drawn"]}
    opened = whole["objects"]["opened"]
    whole["objects"]["opened"] = [one for one in opened if one["row"]["id"] in names]
    assert judged(tmp_path, whole) == 0
    whole["objects"]["opened"].pop()
    assert judged(tmp_path, whole) == 2


def test_seeds_streams_and_orders_are_those_of_the_vectors():
    one, other = VECTORS["unsalted"], VECTORS["salted"]
    assert [key_of(form).hex() for form in ("unsalted", "salted")] == [one["K"], other["K"]]
    for label, first in one["first_u64"].items():
        assert list(itertools.islice(draw.numbers(key_of("unsalted"), label), len(first))) == first
    ids = json.loads(one["list_json"])["list"]
    for label, expected in one["order"].items():
        assert draw.ordered(key_of("unsalted"), label.split(" ")[0], ids) == expected
    roots = (bytes.fromhex(other[name]) for name in ("R_obj", "R_off", "rules_hash"))
    assert draw.commitment(*roots).hex() == other["commit"]


def test_every_order_of_four_is_as_likely():
    seen = Counter(tuple(draw.order(n.to_bytes(32, "big"), "x", 4)) for n in range(12_000))
    chi = sum((seen[order] - 500) ** 2 / 500 for order in itertools.permutations(range(4)))
    assert chi < 49.7, "p > 0.001 on 23 degrees of freedom"


def test_both_implementations_agree_on_random_inputs():
    chance = random.Random(7)
    for _ in range(500):
        key, size = chance.randbytes(32), chance.choice([0, 1, 2, 7, 50])
        label = "".join(chance.choice("甲𠮷é/0") for _ in range(chance.randrange(5)))
        places = list(draw.order(key, label, size))
        assert places == list(verify.draw_order(key, label, size)) and sorted(places) == list(range(size))
        pairs = [(label, str(size)), ("public", "|")]
        assert draw.seed(label, key, pairs) == verify.draw_seed(label, key, pairs)


def test_bad_rates_and_names_twice_are_refused():
    for rate in ("0/3", "11/10", "-1/2"):
        with pytest.raises(ValueError, match="rate"):
            draw.number_to_draw(rate, 10)
    with pytest.raises(ValueError, match="twice"):
        draw.ordered(b"k" * 32, "x", ["甲", "甲"])
    assert [draw.number_to_draw("3/10", count) for count in (0, 1, 10, 11)] == [0, 1, 3, 4]
