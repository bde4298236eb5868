"""The sample counts to the figures of the report it is modelled on; nothing in it is typed as a figure."""

from __future__ import annotations

from collections import Counter

import pytest

from yifa.intake.sample.workbook import Year, sample_year, year_sheets


@pytest.fixture(scope="module")
def year() -> Year:
    return sample_year()


@pytest.fixture(scope="module")
def sheets(year: Year):
    return {name: list(rows) for name, rows in year_sheets(year).items()}


def test_ordinary_cases_are_opened_and_closed_within_the_year(year: Year) -> None:
    opened = [case for case in year.ordinary if case.moment("opening_approved").year == 2021]
    closed = [case for case in year.ordinary if case.moment("case_closed").year == 2021]
    assert (len(year.ordinary), len(opened), len(closed)) == (79, 79, 79)


def test_every_ordinary_case_is_posted_thrice_and_no_summary_case(year: Year, sheets) -> None:
    posted = Counter(row["渠道"] for row in sheets["公示报送"])
    assert posted == {"门户": 79, "行政执法监督平台": 79, "信用信息平台": 79}
    assert not any(case.postings for case in year.summary)


def test_permanent_recordings_have_the_exact_totals(sheets) -> None:
    kept = [row for row in sheets["执法记录"] if row["保存期限"] == "永久"]
    assert len(kept) == 425
    assert sum(row["时长(秒)"] for row in kept) == 74_100
    assert sum(row["大小(字节)"] for row in kept) == 28_600_000_000


def test_five_cases_are_deliberated_and_twenty_four_belong_to_blue_sky(year: Year) -> None:
    assert sum(1 for case in year.cases if case.act("deliberated")) == 5
    assert sum(1 for case in year.ordinary if case.campaign == "blue_sky") == 24


@pytest.mark.parametrize(("campaign", "visits"), [("waste_sorting", 80), ("under_bridge", 25)])
def test_campaigns_have_their_officer_visits(year: Year, campaign: str, visits: int) -> None:
    assert sum(len(one.officers) for one in year.inspections if one.campaign == campaign) == visits


def test_barbecue_reaches_every_town_and_no_premises_twice(year: Year) -> None:
    seen = [one for one in year.inspections if one.campaign == "open_air_barbecue"]
    assert (len(seen), len({one.target for one in seen}), len({one.town for one in seen})) == (363, 363, 24)


def test_the_registers_count_to_the_report(sheets) -> None:
    in_2021 = [row for row in sheets["制度文件"] if row["日期"].year == 2021]
    assert len([row for row in in_2021 if row["操作"] == "修订"]) == 3
    assert len({row["名称"] for row in sheets["制度文件"] if row["类别"] == "政务公开"}) == 4
    assert len(sheets["公开事项"]) == 148
    assert {row["类别"] for row in sheets["公开事项"]} == {
        "绿化管理",
        "市容环境卫生管理",
        "市政公用管理",
        "违法建设",
    }
    assert sum(1 for row in sheets["普法"] if row["形式"] == "社区宣讲") > 200
    assert sum(row["参训人次"] for row in sheets["培训"]) > 180
    assert Counter(row["形式"] for row in sheets["培训"])["专家授课"] == 1
    assert Counter(row["形式"] for row in sheets["培训"])["跟班实战"] == 3
    assert [row["专项行动"] for row in sheets["移交"]] == ["food_safety", "food_safety"]
    kinds = Counter(row["类型"] for row in sheets["法律审查"])
    assert (kinds["重大决策"], kinds["合同"] + kinds["协议"] + kinds["法律文书"]) == (4, 4)
    assert "复议诉讼" not in sheets


def test_natural_keys_are_met_once(sheets) -> None:
    keys = {"人员": ("工号",), "案件": ("案号",), "检查": ("编号",), "执法记录": ("编号",), "培训": ("日期", "名称"), "普法": ("日期", "名称"),
            "公开事项": ("名称", "日期"), "法律审查": ("日期", "名称"), "制度文件": ("名称", "日期"), "会议履职": ("日期", "议题"),
            "办案记录": ("案号", "序号"), "公示报送": ("案号", "渠道")}  # fmt: skip
    for sheet, columns in keys.items():
        found = [tuple(row[column] for column in columns) for row in sheets[sheet]]
        assert len(set(found)) == len(found), sheet
