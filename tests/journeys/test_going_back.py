"""Going back in the browser, and a session that ends while somebody types: one effect, and what was typed is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, log_in
from tests.journeys.desk import BOTH, LEAD, fill

pytestmark = pytest.mark.journey
SUBMIT = "main form.act-form [type=submit]"
NOTE = "门前人行道堆放纸箱，约两平方米"


@pytest.fixture
def at_a_case(page: Page, site: Site) -> str:
    """Logged in as a handler, a lead just registered; its number."""
    log_in(page, site, "承办")
    page.goto("/desk/cases/new/")
    today = page.locator("[name=at]").input_value()[:10]
    fill(page, {**LEAD, "party_name": "示例后退当事人", "began_on": today, "discovered_on": today})
    page.locator(SUBMIT).first.click()
    page.wait_for_url(re.compile(r"\?recorded=1"))
    return re.search(r"/desk/cases/([\d-]+)/", page.url)[1]


def scene(page: Page, no: str) -> None:
    page.goto(f"/desk/cases/{no}/do/scene-recorded/")
    fill(page, {"by": BOTH, "certificate_shown": "yes", "signed": "yes", "note": NOTE})


def test_back_and_submitted_again_is_one_act_and_the_typing_is_kept(page: Page, at_a_case: str):
    scene(page, at_a_case)
    page.locator(SUBMIT).first.click()
    page.wait_for_url(re.compile(r"\?recorded=2"))
    page.go_back()
    expect(page.locator("[name=note]")).to_have_value(NOTE)
    fill(page, {"by": BOTH})  # Chromium brings back the text, not every tick
    page.locator(SUBMIT).first.click()
    expect(page.locator("main [role=alert]")).to_contain_text("没有再次记录")
    expect(page.locator("[name=note]")).to_have_value(NOTE)
    page.goto(f"/desk/cases/{at_a_case}/")
    expect(page.locator("#act-2")).to_have_count(1)
    expect(page.locator("#act-3")).to_have_count(0)


def test_a_session_that_ended_while_typing_brings_the_form_back_after_log_in(
    page: Page, at_a_case: str, site: Site
):
    scene(page, at_a_case)
    page.context.clear_cookies(name="sessionid")
    page.locator(SUBMIT).first.click()
    page.wait_for_url("**/login/**")
    name, password = site.login_of("承办")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(f"**/desk/cases/{at_a_case}/do/scene-recorded/**")
    expect(page.locator("[name=note]")).to_have_value(NOTE)
    expect(page.locator(f"[name=by][value='{BOTH[1]}']")).to_be_checked()
    page.locator(SUBMIT).first.click()
    page.wait_for_url(re.compile(r"\?recorded=2"))


def test_back_and_sent_again_on_a_page_of_a_room_is_one_row_and_the_typing_is_kept(page: Page, site: Site):
    log_in(page, site, "负责人")
    page.goto("/desk/cases/2026-0009/supervise/")
    page.locator("[name=words]").fill(NOTE)
    page.locator("[name=due_on]").fill("2099-12-31")
    page.locator(SUBMIT).first.click()
    page.wait_for_url("**/supervised/**")
    page.go_back()
    expect(page.locator("[name=words]")).to_have_value(NOTE)
    page.locator(SUBMIT).first.click()
    expect(page.locator("main [role=alert]")).to_contain_text("没有再次记录")
    expect(page.locator("[name=words]")).to_have_value(NOTE)
    page.locator(SUBMIT).first.click()
    page.wait_for_url(re.compile(r"/supervised/2026-0009-D2/"))
