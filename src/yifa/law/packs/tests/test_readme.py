"""The page of the packs names every parameter, and none that does not exist."""

import re
from pathlib import Path

from yifa.law.packs import pack

README = Path(__file__).parents[1] / "README.md"


def test_the_page_lists_exactly_the_parameters_there_are():
    told = re.findall(r"^\| `(\w+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(pack("120115").editions)
