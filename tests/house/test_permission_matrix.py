"""Every address for every role: what each gets is written down in permissions.tsv, and nothing else happens."""

from __future__ import annotations

import os

import pytest

from tests.house import matrix
from tests.house.permissions import GOLDEN, WRITE

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(monkeypatch, settings, tmp_path) -> list[list[str]]:
    # a signed head of another log would keep this one from being signed
    settings.KEYS = tmp_path / "keys"
    monkeypatch.setenv("YIFA_TODAY", matrix.TODAY)
    return matrix.matrix()


def cells(rows: list[list[str]]) -> dict[tuple[str, str, str], str]:
    head, *rest = rows
    return {
        (row[0], row[1], role): cell for row in rest for role, cell in zip(head[2:], row[2:], strict=True)
    }


def test_every_role_gets_from_every_address_what_is_written_down(found):
    if os.environ.get(WRITE):
        GOLDEN.write_text(matrix.text_of(found))
    now = cells(found)
    broken = [" ".join(key) for key, cell in now.items() if cell.startswith("5")]
    assert broken == [], "an address that breaks"
    written = cells([line.split("\t") for line in GOLDEN.read_text().splitlines()])
    changed = [
        f"{' '.join(key)}: {written.get(key, 'not listed')} -> {now.get(key, 'gone')}"
        for key in {**written, **now}
        if written.get(key) != now.get(key)
    ]
    again = "python -m tests.house.permissions --write"
    assert changed == [], f"{len(changed)} cells; if each is meant: {again}"


def test_a_route_without_sample_arguments_is_named():
    with pytest.raises(LookupError, match="desk/unheard/<int:of>/: no sample for <of>"):
        matrix.filled("desk/unheard/<int:of>/", {("desk/", "no"): ("1",)})
