"""The page docs/spec/record.md shows real bytes: its example parses and gives the finding it prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

from yifa.law.check import check
from yifa.law.record import parse

PAGE = Path(__file__).parents[4] / "docs/spec/record.md"


def test_the_example_gives_the_finding_printed_below_it() -> None:
    record, finding = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    given = [one.as_json() for one in check(parse(json.loads(record))).findings]
    expected = json.loads(finding)
    assert any(expected.items() <= one.items() for one in given)
