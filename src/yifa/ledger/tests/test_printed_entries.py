"""The entries printed in docs/spec are canonical, as long as said, and have the leaves said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from yifa.ledger.bodies import said
from yifa.ledger.rotation import read
from yifa.proof.canon import canon
from yifa.proof.merkle import leaf_hash, sha256, sm3

SPEC = Path(__file__).resolve().parents[4] / "docs" / "spec"


def printed(page: str) -> tuple[str, bytes]:
    text = (SPEC / f"{page}.md").read_text(encoding="utf-8")
    (body,) = re.findall(r"^    (\{.*\})$", text, re.M)
    return text, body.encode()


@pytest.mark.parametrize("page", ["access-log", "key-rotation", "successor-log", "anchors"])
def test_bytes_are_as_printed(page):
    text, body = printed(page)
    assert canon(json.loads(body)) == body and f"({len(body)} bytes, one line)" in text
    assert said(body) is not None


def test_leaves_are_as_printed():
    text, body = printed("access-log")
    assert leaf_hash(body, sha256).hex() in text and leaf_hash(body, sm3).hex() in text
    for page in ("key-rotation", "anchors"):
        text, body = printed(page)
        assert leaf_hash(body, sha256).hex() in text


def test_the_rotation_printed_is_signed_by_both_keys(settings):
    settings.ORIGIN = "demo.invalid"
    assert read(printed("key-rotation")[1]).holds()
    settings.ORIGIN = "another.invalid"
    assert not read(printed("key-rotation")[1]).holds()
