"""An officer reads the report, doubts a figure, and follows it to the deadlines of one case."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, log_in

pytestmark = pytest.mark.journey
CASE = re.compile(r"/desk/cases/\d{4}-\d{4,}/$")


def accessible(page: Page) -> None:
    """axe finds nothing on the page as it stands."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def test_a_figure_of_the_report_leads_to_its_cases_and_a_case_to_its_deadlines(page: Page, site: Site):
    log_in(page, site, "承办")
    accessible(page)

    page.goto("/desk/reports/annual/2021/")
    accessible(page)
    figure = page.locator('a[href^="/desk/cases/"]').filter(has_text=re.compile(r"^\s*[1-9]\d*\s*$")).first
    value = figure.inner_text().strip()
    figure.click()

    expect(page).to_have_url(re.compile(r"/desk/cases/\?"))
    accessible(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^案件：{value} "))
    beside = page.url.replace("/desk/cases/?", "/desk/cases/list.json?")
    assert str(page.request.get(beside).json()["count"]) == value

    page.locator("tbody a").first.click()
    expect(page).to_have_url(CASE)
    accessible(page)

    page.get_by_role("link", name=re.compile("^期限")).first.click()
    expect(page).to_have_url(re.compile(r"/clocks/$"))
    expect(page.get_by_role("main")).to_contain_text("期限")
    accessible(page)


def test_a_wrong_password_says_so_and_lets_nobody_in(page: Page, site: Site):
    name, _ = site.login_of("承办")
    page.goto("/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill("不是密码")
    page.locator("form:has(input[name=password]) [type=submit]").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("密码|用户名|登录名"))
    accessible(page)
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/login/"))
