"""Packs are chosen by code; every matter and parameter is whole."""

from datetime import date

import pytest

from yifa.law.labels import labels
from yifa.law.packs import NotInForce, UnknownParameter, UnknownTerritory, pack

BAODI, SAMPLE = pack("120115"), pack("120199")


def test_a_territory_of_no_pack_is_refused():
    with pytest.raises(UnknownTerritory):
        pack("990000")


def test_an_unknown_parameter_is_refused():
    with pytest.raises(UnknownParameter):
        SAMPLE.param("colour_of_the_car", date(2021, 8, 1))


def test_the_nearest_pack_wins():
    assert BAODI.chain == ("cn", "tianjin", "baodi")
    assert SAMPLE.chain == ("cn", "tianjin", "sample")
    assert SAMPLE.organ == {
        "code": "120199-cgw",
        "name": "示例区城市管理委员会",
        "document_prefix": "津示城管",
    }
    assert (SAMPLE.demo, BAODI.demo) == (True, False)
    assert list(SAMPLE.towns.values())[::23] == ["示例镇01", "示例镇24"]


def test_all_ninety_matters_are_there_and_drafts_stay_drafts():
    assert list(BAODI.matters) == [f"M{number:03d}" for number in range(1, 91)]
    drafts = [matter for matter in BAODI.matters.values() if matter.draft]
    assert len(drafts) == 23
    assert all(matter.mark.startswith("[check") for matter in drafts)


@pytest.mark.parametrize("matter", BAODI.matters.values(), ids=lambda matter: matter.code)
def test_ranges_rise_and_kinds_have_labels(matter):
    assert matter.name
    assert matter.basis
    assert matter.competence in ("organ", "other", "unclear")
    assert set(matter.kinds) <= set(labels("penalty_kind"))
    for limits in matter.ranges.values():
        assert 0 <= limits.min <= limits.max
        assert list(limits.tiers) == sorted(limits.tiers)
        assert not limits.tiers or limits.tiers[-1] == limits.max


def test_the_summary_ceiling_changes_on_the_day_the_new_text_takes_effect():
    before, after = date(2021, 7, 14), date(2021, 7, 15)
    assert [SAMPLE.param("summary_fine_citizen", day).value for day in (before, after)] == [50_00, 200_00]
    assert [SAMPLE.param("summary_fine_unit", day).value for day in (before, after)] == [1_000_00, 3_000_00]


def test_what_nobody_confirmed_is_not_statutory_law_to_rely_on():
    threshold = SAMPLE.param("hearing_fine_citizen", date(2021, 8, 1))
    assert not threshold.confirmed
    assert all(edition.source for edition in SAMPLE.parameters())


def test_a_parameter_outside_its_editions_is_not_in_force():
    limited = next(e for e in SAMPLE.parameters() if e.valid_from and SAMPLE.editions[e.name][0] is e)
    with pytest.raises(NotInForce):
        SAMPLE.param(limited.name, date(1990, 1, 1))


def test_a_variant_of_a_lower_text_yields_to_the_range_of_national_law():
    by_code = {code: matter.variants for code, matter in BAODI.matters.items() if matter.variants}
    assert not {"M033", "M046", "M050"} & set(by_code)
    assert [(one.min, one.max) for _, one in by_code["M002"]] == [(2000_00, 2000_00)]


def test_a_matter_of_a_young_law_says_from_when_and_three_rest_on_a_government_rule():
    assert {code for code, matter in BAODI.matters.items() if matter.in_force_from == date(2022, 6, 5)} == {
        "M053", "M054", "M055",
    }  # fmt: skip
    rules = [code for code, matter in BAODI.matters.items() if matter.government_rule_only]
    assert rules == ["M004", "M057", "M058"]
