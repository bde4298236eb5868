"""The list of imports shows what was taken in, by whom."""

from __future__ import annotations

import pytest

from yifa.intake.workbook.actions import organ_to_found, take_in
from yifa.intake.workbook.tests.factories import sheets, write
from yifa.ledger.actions import Actor
from yifa.listing.registry import get
from yifa.registry.organs.models import Organ


@pytest.mark.django_db(transaction=True)
def test_an_import_is_listed(tmp_path):
    path = write(tmp_path / "2021年台账.xlsx", sheets())
    take_in(path=path, organ=organ_to_found("120115"), actor=Actor("person:0101"))
    organ = Organ.objects.get().code
    assert [row["file_name"] for row in get("imports").rows(organ, {"file_name": "台账"})] == [
        "2021年台账.xlsx"
    ]
    assert get("imports").count(organ, {"imported_to": "2000-01-01"}) == 0
