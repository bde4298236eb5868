"""The day of a hearing, the catalogue and the opinion of a review: what pages ask, answered by the same law as the rules."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from yifa.law import record
from yifa.law.hearings import earliest_hearing, hearing_day
from yifa.law.packs import pack
from yifa.law.quorum import enough, least_heads
from yifa.law.review import POINTS, fault, needed, review_due

LAW = pack("120199")
PASSED = {one.key: "pass" for one in POINTS}


@pytest.mark.parametrize(
    ("notified", "earliest"),
    [
        (date(2021, 8, 12), date(2021, 8, 24)),
        (date(2021, 9, 24), date(2021, 10, 10)),  # the National Day holiday, its make-up days worked
        (date(2021, 7, 1), date(2021, 7, 9)),  # before 2021-07-15 calendar days
    ],
)
def test_the_earliest_day_leaves_the_full_period_free(notified, earliest):
    assert earliest_hearing(LAW, notified) == earliest
    assert hearing_day(LAW, notified_on=notified, hearing_on=earliest).lawful
    before = date.fromordinal(earliest.toordinal() - 1)
    assert not hearing_day(LAW, notified_on=notified, hearing_on=before).lawful


def test_the_day_proposed_is_a_working_day():
    looked = hearing_day(LAW, notified_on=date(2021, 9, 24), hearing_on=date(2021, 9, 30))
    assert (looked.earliest_on, looked.proposed_on) == (date(2021, 10, 10), date(2021, 10, 11))


def test_a_day_too_early_says_the_earliest():
    looked = hearing_day(LAW, notified_on=date(2021, 8, 12), hearing_on=date(2021, 8, 20))
    assert "最早可以定在2021年8月24日（星期二）" in looked.why and "第7日" in looked.why


def base(**violation):
    path = Path(__file__).parents[1] / "scenarios" / "bases"
    raw = tomllib.loads((path / "ordinary.toml").read_text(encoding="utf-8"))
    raw = raw.get("record", raw)
    raw["violation"] |= violation
    return record.parse(raw)


def test_the_catalogue_gives_every_reason():
    whole = base(complex=True, major_public_interest=True)
    found = needed(whole, whole.events[-1].at)
    assert found[:2] == ["涉及重大公共利益", "案件情况疑难复杂"]


def test_no_opinion_without_every_point_and_none_against_them():
    assert fault(PASSED, "agree") == ""
    assert "没有结论：主体合法" in fault({**PASSED, "subject": ""}, "agree")
    assert "不能出具" in fault({**PASSED, "law": "fail"}, "agree")
    assert fault({**PASSED, "law": "fail"}, "modify") == ""
    assert "不能出具" in fault(PASSED, "refuse")


def test_a_review_is_due_after_its_working_days():
    assert review_due(LAW, date(2021, 8, 20)).due_on == date(2021, 8, 27)


def test_more_than_half_of_the_heads_is_a_quorum():
    assert [least_heads(LAW, date(2021, 8, 20), heads) for heads in (1, 2, 3, 4)] == [1, 2, 2, 3]
    assert not enough(2, 4, 50) and enough(3, 4, 50)
