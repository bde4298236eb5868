"""Evidence in the browser: a photograph is refused, then taken in; a recording is played, marked and cited; checked by another."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, log_in
from yifa.casework.evidence.tests import samples

pytestmark = pytest.mark.journey
RECORDING = "/desk/cases/2026-0001/evidence/4/"
PLACE = "() => document.querySelector('.player audio').currentTime"
READY = "() => document.querySelector('.player audio').readyState > 0 && !document.querySelector('.player audio').error"


@pytest.fixture
def without_scripts(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.address, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    window = context.new_page()
    log_in(window, site, "承办")
    yield window
    context.close()


def test_a_broken_photograph_is_refused_the_typing_kept_and_the_whole_one_taken_in(page: Page, site: Site):
    log_in(page, site, "承办")
    page.goto("/desk/cases/2026-0001/")
    page.get_by_role("link", name="拍照 / 上传证据").click()
    picture = samples.png(120, 64)
    page.set_input_files(
        "[name=files]", {"name": "现场.png", "mimeType": "image/png", "buffer": picture[:-30]}
    )
    page.select_option("[name=evidence_kind]", "documentary")
    page.fill("[name=words]", "巡查时拍摄")
    for who in ("0201", "0202"):
        box = page.locator(f"[name=by][value='{who}']")
        if box.is_visible():
            box.check()
    for name in ("verified", "lawful_source"):
        page.check(f"[name={name}][value=yes]")
    page.locator("[name=proves]").first.check()
    page.get_by_role("button", name="收下并记录").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("不完整或者打不开")
    expect(page).to_have_title(re.compile("^错误："))
    expect(page.locator("[name=words]")).to_have_value("巡查时拍摄")
    page.get_by_role("checkbox", name="现场.png").uncheck()
    page.set_input_files("[name=files]", {"name": "现场.png", "mimeType": "image/png", "buffer": picture})
    page.get_by_role("button", name="收下并记录").click()
    expect(page.get_by_role("heading", name="已收下并记录“取证”")).to_be_visible()
    shown = page.locator("img.evidence-picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("one => one.complete && one.naturalWidth") == 64


def test_a_recording_opens_at_the_cited_second_and_takes_a_mark(page: Page, site: Site):
    log_in(page, site, "承办")
    page.goto(f"{RECORDING}?t=41")
    page.wait_for_function(READY)
    page.wait_for_function("() => Math.abs(document.querySelector('.player audio').currentTime - 41) < 0.6")
    page.get_by_role("button", name="+10 秒").click()
    page.wait_for_function("() => document.querySelector('.player audio').currentTime > 50")
    page.locator("[name=t]").fill("00:12")
    page.get_by_role("button", name="跳转").click()
    page.wait_for_function("() => document.querySelector('.player audio').currentTime < 13")
    expect(page.locator("#f-second")).to_have_value("00:12")
    page.fill("[name=mark_words]", "出示证件")
    page.locator("[name=do][value=mark]").click()
    mark = page.get_by_role("link", name="00:12 出示证件")
    expect(mark).to_be_visible()
    mark.click()
    expect(page).to_have_url(re.compile(r"t=12#player$"))
    page.wait_for_function(READY)
    assert abs(page.evaluate(PLACE) - 12) < 1


def test_without_scripts_the_player_plays_and_jumps_by_its_address(without_scripts: Page):
    page = without_scripts
    page.goto(RECORDING)
    assert page.locator(".player audio[controls]").count() == 1
    assert not page.locator(".player-steps").is_visible()
    page.fill("[name=t]", "0:41")
    page.get_by_role("button", name="跳转").click()
    assert page.locator(".player audio").get_attribute("src").endswith("#t=41")


def test_another_officer_checks_it_and_the_page_says_who(page: Page, site: Site):
    log_in(page, site, "法制审核")
    page.goto("/desk/cases/2026-0001/evidence/3/")
    page.get_by_role("button", name="核验：我看过").click()
    expect(page.get_by_role("heading", name="核验已记录：文件与入库时一致")).to_be_visible()
    expect(page.locator("#custody")).to_contain_text("第二人核验")
