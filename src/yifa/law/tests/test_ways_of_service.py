"""The ways of service: their order, what each asks, when it takes effect."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from yifa.law.delivery import BY_MODE, WAYS, Effect, effects, untold
from yifa.law.enums import ENUMS
from yifa.law.events import BY_HAND, KINDS
from yifa.law.record import parse
from yifa.law.scenarios import base


def effect(day: str, mode: str, **keys: Any) -> Effect:
    """Of the decision of the ordinary case, served on a day by a way."""
    raw = base("ordinary")
    last = next(place for place, one in enumerate(raw["events"]) if one["kind"] == "decision_made")
    raw["events"] = [*raw["events"][: last + 1], service(day, mode, **keys)]
    (found,) = effects(parse(raw)).values()
    return found


def service(day: str, mode: str, **keys: Any) -> dict[str, Any]:
    at = datetime.fromisoformat(f"{day}T10:00:00+08:00")
    return {
        "at": at, "kind": "instrument_served", "by": ["li", "zhao"], "instrument": "penalty_decision", "mode": mode, **keys,
    }  # fmt: skip


@pytest.mark.parametrize("mode", ["left_in_place", "entrusted", "postal"])
def test_direct_service_comes_first(mode):
    assert untold(mode, ()) == ("direct",)
    assert untold(mode, {"direct"}) == ()


def test_public_notice_comes_after_direct_and_postal():
    assert untold("public_notice", ()) == ("direct", "postal")
    assert untold("public_notice", {"direct"}) == ("postal",)
    assert untold("public_notice", {"direct", "postal"}) == ()


def test_consent_opens_electronic_service_at_once():
    assert untold("electronic", ()) == () and BY_MODE["electronic"].asks == ("consent_signed",)


def test_the_ways_are_those_of_the_record_and_ask_for_its_keys():
    assert {way.mode for way in WAYS} == set(ENUMS["mode"])
    assert {way.mode for way in WAYS if way.by_hand} == set(BY_HAND)
    assert {key for way in WAYS for key in way.asks} <= set(KINDS["instrument_served"].keys)


def test_the_article_follows_the_day():
    assert BY_MODE["public_notice"].article_on(date(2024, 1, 1)) == "民事诉讼法第九十五条"
    assert BY_MODE["public_notice"].article_on(date(2021, 12, 31)) == "民事诉讼法第九十二条"


@pytest.mark.parametrize(
    ("announced", "ends"), [("2024-06-03", date(2024, 7, 3)), ("2024-06-10", date(2024, 7, 10))]
)
def test_a_public_notice_takes_effect_when_its_thirty_days_are_over(announced, ends):
    found = effect(announced, "public_notice", other_modes_failed=True, announced_on=announced)
    assert found.deadline is not None and (found.on, found.deadline.length) == (ends, 30)


def test_service_by_hand_takes_effect_that_day():
    assert effect("2024-06-03", "direct") == Effect(date(2024, 6, 3))
