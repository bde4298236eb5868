"""A film is uploaded through the page, plays, jumps by ranges, is marked and cited; a byte flipped on the disk shows."""

from __future__ import annotations

import os
import re
from hashlib import sha256

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import Site, log_in
from tests.journeys.film import film

pytestmark = pytest.mark.journey
ADD = "/desk/cases/2026-0001/evidence/4/add/"
PLAYS = (
    "() => { const one = document.querySelector('.player video'); return one.readyState >= 2 && !one.error; }"
)
SHOWN = "() => document.querySelector('.player video').currentTime"


def near(second: float) -> str:
    return f"() => !document.querySelector('.player video').seeking && Math.abs({SHOWN[6:]} - {second}) < 0.6"


def test_a_film_plays_from_the_cited_second_and_a_flipped_byte_shows(page: Page, site: Site):
    log_in(page, site, "承办")
    data = film(page, 60)
    answers: list[Response] = []
    page.on("response", lambda one: "/files/" in one.url and answers.append(one))
    page.goto(ADD)
    page.set_input_files("[name=files]", {"name": "现场录像.webm", "mimeType": "video/webm", "buffer": data})
    row = page.locator("[data-list] li").filter(has_text="现场录像.webm")
    expect(row).to_contain_text("已收到，哈希一致", timeout=90_000)
    expect(row.get_by_role("button")).to_have_text("不要了")
    page.get_by_role("button", name="收下").click()
    expect(page.get_by_role("heading", name="文件已收下")).to_be_visible()
    page.wait_for_function(PLAYS)
    assert page.evaluate("() => document.querySelector('.player video').duration") == pytest.approx(60, abs=1)
    here = re.sub(r"[?#].*", "", page.url) + "?" + re.search(r"file=\d+", page.url)[0]
    page.goto(f"{here}&t=41")
    page.wait_for_function(PLAYS)
    page.wait_for_function(near(41))
    page.get_by_role("button", name="-10 秒").click()
    page.wait_for_function(near(31))
    page.fill("[name=mark_words]", "出示证件")
    page.locator("[name=do][value=mark]").click()
    page.get_by_role("link", name="00:31 出示证件").click()
    page.wait_for_function(PLAYS)
    page.wait_for_function(near(31))
    page.evaluate("() => document.querySelector('.player video').play()")
    page.wait_for_function(f"() => {SHOWN[6:]} > 31.5")
    assert answers and all(one.status in (200, 206) for one in answers)
    part = page.request.get(
        page.locator(".player video").get_attribute("src"), headers={"Range": "bytes=100-199"}
    )
    assert part.status == 206 and part.body() == data[100:200]
    flip(site, sha256(data).hexdigest())
    page.goto(here)
    expect(page.locator(".player-hash-mismatch")).to_contain_text("不要作为证据使用")
    flip(site, sha256(data).hexdigest())
    page.reload()
    expect(page.locator(".player-ready")).to_be_visible()


def flip(site: Site, digest: str) -> None:
    """A byte of the stored film, as a failing disk would."""
    place = site.home / "evidence" / "sha256" / digest[:2] / digest[2:4] / digest
    os.chmod(place, 0o600)
    with place.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))
