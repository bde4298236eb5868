"""An article is found as it stood on the day, or refused."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.law.editions import APL_2021, ARL_2023, CPL_2021
from yifa.law.sources import UnknownArticle, UnreadableLabel, article, edition, parse_label, resolve, statutes
from yifa.law.sources.statutes import all_statutes

TODAY = date(2026, 11, 1)
LAST_DAY_OF_2017_TEXT = date(2021, 7, 14)


@pytest.mark.parametrize(
    ("statute", "number", "on"),
    [
        ("apl", 87, TODAY),
        ("apl", 0, TODAY),
        ("apl", 86, LAST_DAY_OF_2017_TEXT),
        ("apl", 33, date(2017, 12, 31)),
        ("no_such_law", 1, TODAY),
    ],
)
def test_an_article_that_did_not_stand_that_day_is_refused(statute: str, number: int, on: date) -> None:
    with pytest.raises(UnknownArticle):
        article(statute, number, on=on)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "第五十八条",
        "某某法第一条",
        "行政处罚法第58条",
        "行政处罚法第五八条",
        "行政处罚法第五十八条第一",
        "行政处罚法实施细则第一条",
    ],
)
def test_a_label_that_names_no_article_is_refused(label: str) -> None:
    with pytest.raises(UnreadableLabel):
        parse_label(label)


def test_a_label_of_another_edition_than_the_one_in_force_is_refused() -> None:
    with pytest.raises(UnknownArticle, match="2017年修正"):
        resolve("行政处罚法第三十三条", on=LAST_DAY_OF_2017_TEXT)
    with pytest.raises(UnknownArticle):
        resolve("行政处罚法（2017年修正）第三十三条", on=APL_2021)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("行政处罚法第五十八条第一款", ("apl", 58, 1, None)),
        ("行政处罚法第六十四条第一项", ("apl", 64, None, 1)),
        ("行政处罚法（2017年修正）第四十二条第一款第二项", ("apl", 42, 1, 2)),
        ("行政复议法第二十三条第一款第一项", ("arl", 23, 1, 1)),
        ("最高人民法院关于适用行政诉讼法的解释第一百五十六条", ("all_int", 156, None, None)),
        ("国办发〔2018〕118号（十一）", ("gb118", 11, None, None)),
        ("行政强制法", ("acl", None, None, None)),
    ],
)
def test_a_label_is_read(label: str, expected: tuple[str, int | None, int | None, int | None]) -> None:
    assert parse_label(label) == expected


def test_the_text_changes_overnight() -> None:
    before, after = (article("apl", 33, on=day) for day in (LAST_DAY_OF_2017_TEXT, APL_2021))
    assert (before.label, before.edition, before.confirmed) == (
        "行政处罚法（2017年修正）第三十三条",
        "2017",
        False,
    )
    assert (after.label, after.edition, after.confirmed) == ("行政处罚法第三十三条", "2021", True)
    assert before.valid_to == LAST_DAY_OF_2017_TEXT
    assert after.valid_from == APL_2021
    assert before.summary != after.summary


@pytest.mark.parametrize(("statute", "switch"), [("apl", APL_2021), ("arl", ARL_2023), ("cpl", CPL_2021)])
def test_editions_begin_on_the_days_on_which_procedure_changed(statute: str, switch: date) -> None:
    assert edition(statute, on=switch).valid_from == switch


def test_an_edition_that_changed_nothing_carries_its_articles_over() -> None:
    earlier, later = (article("cpl", 95, on=day) for day in (date(2023, 12, 31), date(2024, 1, 1)))
    assert (earlier.edition, later.edition) == ("2021", "2023")
    assert (earlier.label, earlier.summary) == (later.label, later.summary)


def test_every_article_of_the_penalty_law_is_there() -> None:
    assert sorted(edition("apl", on=TODAY).summaries) == list(range(1, 87))


@pytest.mark.parametrize("statute", statutes())
def test_every_label_reads_back_to_its_article(statute: str) -> None:
    for one in all_statutes()[statute].editions:
        for number in one.summaries:
            found = article(statute, number, on=one.valid_from)
            assert resolve(found.label, on=one.valid_from) == found


@pytest.mark.parametrize("statute", statutes())
def test_summaries_are_one_line_without_quotation_marks(statute: str) -> None:
    for one in all_statutes()[statute].editions:
        for number, (summary, _) in one.summaries.items():
            assert 5 <= len(summary) <= 60, (statute, one.key, number)
            assert not set(summary) & set("“”‘’「」『』《》\"'\n"), (statute, one.key, number)
