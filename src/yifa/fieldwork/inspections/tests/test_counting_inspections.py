"""Inspections counted by officer (人次), by object (户) and by town (镇街)."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.fieldwork.campaigns.models import Campaign
from yifa.fieldwork.inspections.lists import INSPECTIONS
from yifa.listing.page import BadFilter
from yifa.listing.tests.registers import inspection, organ
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
YEAR = {"on_from": "2021-01-01", "on_to": "2021-12-31"}


@pytest.fixture(autouse=True)
def three_inspections():
    """Two of a campaign at one object by two and by one officer; one elsewhere without campaign, the year after."""
    owner = organ("one")
    first, second = (
        Person.objects.create(organ=owner, staff_no=no, name=no, roles="|handler|") for no in ("0101", "0102")
    )
    sky = Campaign.objects.create(organ=owner, code="blue_sky", name="蓝天", starts_on=date(2021, 1, 1))
    inspection(owner, "J1", [first, second], campaign=sky, on=date(2021, 1, 1))
    inspection(owner, "J2", [second], campaign=sky, on=date(2021, 12, 31))
    inspection(owner, "J3", [first, second], on=date(2022, 1, 1), target="乙店", town="示例镇02")


def test_a_campaign_of_another_organ_is_unknown():
    organ("two")
    with pytest.raises(BadFilter, match="blue_sky"):
        INSPECTIONS.count("two", {"campaign": "blue_sky"})


@pytest.mark.parametrize(
    ("params", "keys"),
    [
        (YEAR, ["inspection:J1", "inspection:J2"]),
        ({"per": "visit", **YEAR}, ["inspection:J1/0101", "inspection:J1/0102", "inspection:J2/0102"]),
        ({"per": "object", "campaign": "blue_sky"}, ["object:甲店"]),
        ({"per": "object"}, ["object:乙店", "object:甲店"]),
        ({"per": "town"}, ["town:示例镇01", "town:示例镇02"]),
        ({"per": "town", "town": "示例镇02"}, ["town:示例镇02"]),
        ({"per": "visit", "officer": "0101", **YEAR}, ["inspection:J1/0101", "inspection:J1/0102"]),
        ({"target": "J3"}, ["inspection:J3"]),
    ],
)
def test_each_way_of_counting_names_its_records(params, keys):
    assert sorted(INSPECTIONS.keys("one", params)) == keys
    assert INSPECTIONS.count("one", params) == len(keys)


def test_an_object_shows_how_often_and_when_last():
    row = INSPECTIONS.rows("one", {"per": "object", "target": "甲"}).get()
    assert (row["target"], row["times"], row["last_on"]) == ("甲店", 2, date(2021, 12, 31))
