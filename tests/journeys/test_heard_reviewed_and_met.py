"""A hearing arranged, a case returned by the reviewer and passed when cured, a meeting without a quorum: in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.arranging import Staff
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
CASE = "2026-0009"
POINTS = ("subject", "procedure", "facts", "law", "powers", "papers", "crime")


@pytest.fixture
def staff(browser: Browser, site: Site) -> Iterator[Staff]:
    made = Staff(browser, site)
    yield made
    made.close()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def test_the_day_of_a_hearing_is_judged_while_it_is_picked(staff):
    page = staff.window("承办")
    page.goto(f"/desk/cases/{CASE}/hearing/")
    lawful = page.input_value("[name=hearing_on]")
    expect(page.locator("#day")).to_contain_text("可以。今天通知来得及。")
    page.fill("[name=hearing_on]", page.evaluate("new Date().toISOString().slice(0, 10)"))
    expect(page.locator("#day")).to_contain_text("太早")
    page.fill("[name=hearing_on]", lawful)
    page.fill("[name=place]", "二楼听证室")
    page.select_option("[name=presided_by]", index=1)
    page.select_option("[name=recorder]", "0101")
    press(page, "安排听证")
    expect(page.get_by_text("听证已经安排")).to_be_visible()
    press(page, "记录：今天已通知当事人")
    expect(page.get_by_text("听证通知已经记入案卷")).to_be_visible()
    press(page, "制作 听证通知书")
    expect(page.get_by_label("听证地点")).to_have_value("二楼听证室")


def test_a_case_returned_on_one_point_passes_when_it_is_cured(staff):
    handler, reviewer = staff.window("承办"), staff.window("法制审核")
    handler.goto(f"/desk/cases/{CASE}/propose/legality-reviewed/")
    press(handler, "送审")
    reviewer.goto("/desk/reviews/")
    reviewer.get_by_role("link", name=CASE).first.click()
    for key in POINTS:
        reviewer.check(f"[name='verdict.{key}'][value={'fail' if key == 'facts' else 'pass'}]")
    press(reviewer, "退回补正")
    expect(reviewer.get_by_role("alert")).to_contain_text("请指明是哪件证据")
    reviewer.fill("[name='words.facts']", "缺少称重记录")
    reviewer.select_option("[name='tie.facts.1']", index=1)
    press(reviewer, "退回补正")
    handler.goto("/desk/")
    handler.locator("tr", has_text="被退回").get_by_role("link").first.click()
    expect(handler.locator("main")).to_contain_text("三、事实清楚、证据充分：不通过。缺少称重记录")


def test_a_case_is_not_opened_without_a_quorum_of_heads(staff):
    page = staff.window("负责人")
    page.goto("/desk/committee/new/")
    page.fill("[name=starts_at]", "2026-01-05T09:00")
    page.fill("[name=place]", "二楼会议室")
    page.select_option("[name=chaired_by]", "0001")
    press(page, "召集会议")
    page.fill("[name=case_no]", "2026-0006")
    page.fill("[name=question]", "是否从轻")
    press(page, "列入议程")
    press(page, "我已到会，签到")
    expect(page.locator("#item-1")).to_contain_text("不够法定人数")
    press(page, "宣布讨论本案")
    expect(page.get_by_role("alert")).to_contain_text("不能讨论")
