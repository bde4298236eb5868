"""A notice of days off is taken whole or refused with the line that is wrong."""

from datetime import date

import pytest

from yifa.law.calendar.errors import BadNotice
from yifa.law.calendar.notice import from_csv, from_toml

TOML = """
year = 2039
source = "示例通知（虚构）"
rest = [["2039-01-01", "2039-01-03", "元旦"], ["2039-05-01", "2039-05-03", "劳动节"], ["2039-10-01", "2039-10-07", "国庆节"]]
work = ["2039-10-08"]
"""
CSV = "day,kind,name\n" + "".join(
    f"2039-{day},休,{name}\n"
    for day, name in [
        ("01-01", "元旦"),
        ("01-02", "元旦"),
        ("05-01", "劳动节"),
        *((f"10-0{n}", "国庆节") for n in range(1, 8)),
    ]
)


def refused(text: str) -> str:
    with pytest.raises(BadNotice) as error:
        from_toml(text)
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year = 2039", "", "年份"),
        ('source = "示例通知（虚构）"', "", "来源"),
        ('"2039-10-08"', '"2039-10-10"', "是工作日"),
        ('"2039-10-08"', '"2039-10-02"', "既写放假又写上班"),
        ('["2039-05-01", "2039-05-03", "劳动节"], ', "", "没有写放假"),
        ('"2039-05-03"', '"2039-04-30"', "起日不晚于止日"),
        ('"2039-05-03"', '"2039-06-31"', "不是日期"),
        ('"2039-01-03"', '"2040-03-03"', "不超过"),
        ("year = 2039", "year = 2039\nnote = 1", "不认识的键"),
        ("year = 2039", "year = ", "不是 TOML"),
    ],
)
def test_a_notice_that_cannot_stand_is_refused(old, new, said):
    assert old in TOML
    assert said in refused(TOML.replace(old, new))


def test_a_csv_without_its_source_or_heading_is_refused():
    with pytest.raises(BadNotice, match="来源"):
        from_csv(CSV)
    with pytest.raises(BadNotice, match="第一行"):
        from_csv("2039-01-01,休,元旦", "示例")
    with pytest.raises(BadNotice, match="第2行"):
        from_csv("day,kind,name\n2039-01-01,假,元旦", "示例")


def test_a_toml_notice_is_its_year():
    found = from_toml(TOML)
    assert found.year == 2039 and found.work == (date(2039, 10, 8),)
    assert found.table()["rest"][0] == ["2039-01-01", "2039-01-03", "元旦"]


def test_neighbouring_days_of_a_csv_become_one_span():
    found = from_csv(CSV, "示例通知（虚构）")
    assert found.rest[0] == (date(2039, 1, 1), date(2039, 1, 2), "元旦")
    assert len(found.rest) == 3
