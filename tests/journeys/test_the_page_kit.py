"""The style page and the case page in a real browser: axe finds nothing, nothing scrolls sideways, targets are large enough."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.journey
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SMALL = """least => [...document.querySelectorAll("main a, main button, main summary, header a, header summary")]
  .filter(one => !one.closest("p, dd, .skip"))
  .map(one => [one.textContent.trim().slice(0, 20), one.getBoundingClientRect()])
  .filter(([, box]) => box.height && box.height < least).map(([words, box]) => `${words} ${box.height}`)"""


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def opened(browser: Browser, site, width: int, path: str, look: str = "plain") -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    if path.startswith("desk"):
        name, password = site.login_of("承办")
        page.goto(site.address + "login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/desk/")
    page.goto(f"{site.address}{path}?ui={look}")
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("look", ["plain", "elder", "sun", "dark"])
def test_the_style_page_has_no_violation(browser, site, width, look):
    page = opened(browser, site, width, "style/", look)
    assert violations(page) == []


@pytest.mark.parametrize("path", ["desk/cases/2026-0009/", "desk/cases/2026-0002/", "desk/cases/"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_of_the_desk_has_no_violation(browser, site, width, path):
    assert violations(opened(browser, site, width, path)) == []


@pytest.mark.parametrize("path", ["", "style/", "desk/cases/2026-0009/", "desk/cases/", "en/style/"])
@pytest.mark.parametrize("look", ["plain", "elder"])
def test_nothing_scrolls_sideways_at_320(browser, site, path, look):
    page = opened(browser, site, 320, path, look)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_of_the_case_page_are_large_enough(browser, site):
    page = opened(browser, site, 1280, "desk/cases/2026-0009/")
    assert page.evaluate(SMALL, 32) == []


def test_a_phone_shows_one_primary_act_and_closed_sections(browser, site):
    page = opened(browser, site, 390, "desk/cases/2026-0009/")
    assert page.locator(".bottom-bar .button").count() == 1
    assert page.locator(".bottom-bar").is_visible()
    assert page.locator("details#timeline[open]").count() == 0
    page.locator("details#timeline > summary").click()
    expect(page).to_have_url(
        re.compile("#timeline$")
    )  # the browser tells of an opened section a moment later
    page.goto(f"{site.address}desk/cases/2026-0009/#act-3")
    page.reload()
    assert page.locator("#act-3").is_visible()


@pytest.mark.parametrize("no", ["2026-0009", "2026-0015"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_nearest_deadline_stands_once_with_its_reckoning(browser, site, width, no):
    page = opened(browser, site, width, f"desk/cases/{no}/")
    nearest = page.locator("#clocks .clock b").first.text_content()
    shown = page.locator(".clock").filter(visible=True)
    assert [one.locator("b").first.text_content() for one in shown.all()].count(nearest) == 1
    expect(shown.first.get_by_role("link", name="怎么算的")).to_be_visible()
