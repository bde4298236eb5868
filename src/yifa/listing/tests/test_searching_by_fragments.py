"""Fragments of Chinese names and numbers are found, alike on both databases; nothing of another organ is."""

from __future__ import annotations

import pytest

from yifa.listing.models import SearchEntry
from yifa.listing.search import Entry, bring_up_to_date, find, keep, rebuild, remove
from yifa.listing.search.pinyin import initials
from yifa.listing.tests import registers

pytestmark = pytest.mark.django_db
COMPANY = "天津某建材（集团）有限公司"


def entry(key: str, name: str, number: str = "", organ: str = "one", person: bool = False) -> Entry:
    texts = (("number", number), ("name", name), ("initials", initials(name, person=person)))
    return Entry(organ, "case", key, name, number, texts)


def found(fragment: str, organ: str = "one", limit: int = 20) -> list[str]:
    return [hit.key for hit in find(organ=organ, kind="case", fragment=fragment, limit=limit)]


def test_what_belongs_to_another_organ_is_never_found():
    keep([entry("1", "王伟", organ="two")])
    assert found("王伟") == []
    assert found("王伟", organ="two") == ["1"]


@pytest.mark.parametrize(
    "absent", ["王秀", "津天", "建有", "公司天津", "〔2022〕", "131", "tjmcj", "", "   ", "★"]
)
def test_what_is_not_there_in_this_order_is_not_found(absent):
    keep([entry("1", COMPANY, "津宝城管罚立字〔2021〕第013号"), entry("2", "王伟"), entry("3", "伟王")])
    assert found(absent) == []


@pytest.mark.parametrize(
    "fragment",
    ["天津", "某建", "建材", "公司", "有限公司", "（集团）", "(集团)", "天津某建材", "天 津", "津", "司",
     "〔2021〕", "[2021]第0", "2021", "13", "１３号", "第013", "tjmjc", "TJMJC", "mjc"],
)  # fmt: skip
def test_any_fragment_finds_it_however_it_is_typed(fragment):
    keep([entry("1", COMPANY, "津宝城管罚立字〔2021〕第013号"), entry("2", "河北乙", "冀二〇二二")])
    assert found(fragment) == ["1"]


@pytest.mark.parametrize("name", ["𠮷田", "王𫟹", "李㬎", "张𬱖𠮷"])
def test_rare_characters_are_found_by_themselves(name):
    keep([entry("1", name), entry("2", "吉田"), entry("3", "王某")])
    assert found(name) == ["1"]
    rare = next(char for char in name if ord(char) > 0xFFFF or char == "㬎")
    assert found(rare) == ["1"]


@pytest.mark.parametrize(
    "sign", ["%", "_", "\\", "'", '"', "*", "a:b", "a OR b", "a & !b", "()", "\x00天津", "NEAR(a"]
)
def test_signs_of_query_languages_mean_themselves(sign):
    keep([entry("1", "甲店")])
    found(sign)
    keep([entry("2", f"乙{sign}店".replace("\x00", ""))])
    assert found(sign.replace("\x00", "")) == ["2"]


def test_half_a_character_is_looked_for_without_harm():
    keep([entry("1", "甲店")])
    assert found("\ud842") == found("甲\ud842") == []


def test_an_entry_kept_again_is_found_under_its_new_name_only():
    keep([entry("1", "王伟")])
    keep([entry("1", "李强")])
    assert found("王伟") == []
    assert found("李强") == ["1"]
    assert SearchEntry.objects.count() == 1


def test_an_entry_removed_is_not_found():
    keep([entry("1", "王伟"), entry("2", "王伟")])
    remove(organ="one", kind="case", keys=["1"])
    assert found("王伟") == ["2"]


def test_the_latest_come_first_and_no_more_than_asked():
    keep([entry(str(n), "王伟") for n in range(9)])
    assert found("王伟", limit=3) == ["8", "7", "6"]


def test_a_transaction_undone_takes_its_entries_with_it():
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        keep([entry("1", "王伟")])
        raise RuntimeError
    assert found("王伟") == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [("仇和", "qh"), ("曾国", "zg"), ("单田芳", "stf"), ("解放", "xf"), ("区明", "om"), ("查良镛", "zly"),
     ("任重", "rz"), ("华罗庚", "hlg"), ("尉迟恭", "ycg"), ("王伟", "ww")],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name, letters):
    assert initials(name, person=True) == letters


def test_an_older_database_gets_its_index_once():
    registers.case(registers.organ("one"), 1, party_name=COMPANY)
    SearchEntry.objects.all().delete()
    assert bring_up_to_date()["case"] == 1
    assert found("某建材") == ["2021-0001"]
    assert "case" not in bring_up_to_date()
    assert rebuild("case") == 1
