"""A large recording is sent part by part: the line breaks, the page is loaded again, and the hash is still that of the file."""

from __future__ import annotations

import random
import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Site, log_in
from yifa.casework.evidence.tests.samples import box

pytestmark = pytest.mark.journey
PART = 8 * 1024 * 1024
NEW = "/desk/cases/2026-0001/evidence/new/"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """40 MB that are a whole MP4 by their boxes."""
    head = box(b"ftyp", b"isom\0\0\0\1isom") + box(b"moov", b"\0" * 40)
    path = tmp_path / "现场录像.mp4"
    path.write_bytes(head + box(b"mdat", random.Random(7).randbytes(40_000_000 - len(head) - 8)))
    return path


def cut_after(page: Page, parts: int) -> None:
    """The line breaks when so many parts have gone; a request on its way fails as it does in a basement."""
    gone = {"parts": 0}

    def pass_on(route: Route) -> None:
        if route.request.method == "PATCH":
            gone["parts"] += 1
        if gone["parts"] > parts:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/evidence/uploads/**", pass_on)


def fill_in(page: Page) -> None:
    page.select_option("[name=evidence_kind]", "audio_visual")
    page.fill("[name=words]", "执法记录仪拍摄")
    for name in ("verified", "lawful_source"):
        page.check(f"[name={name}][value=yes]")
    for who in ("0201", "0202"):
        one = page.locator(f"[name=by][value='{who}']")
        if one.is_visible():
            one.check()
    page.locator("[name=proves]").first.check()


def test_forty_megabytes_survive_a_broken_line_and_a_page_loaded_again(
    page: Page, site: Site, film: Path, broken_lines_are_meant: None
):
    log_in(page, site, "承办")
    page.goto(NEW)
    cut_after(page, 2)
    page.set_input_files("[name=files]", film)
    row = page.locator("[data-list] li")
    expect(row).to_contain_text("网络断开", timeout=90_000)
    expect(row.get_by_role("button", name="重试")).to_be_visible(timeout=90_000)
    page.unroute_all()
    page.reload()
    expect(row).to_contain_text("上次没有传完")
    expect(row).to_contain_text(f"已传 {100 * 2 * PART // 40_000_000}%")
    cut_after(page, 1)
    page.set_input_files("[name=files]", film)
    expect(row.get_by_role("button", name="重试")).to_be_visible(timeout=90_000)
    fill_in(page)
    page.unroute_all()
    page.get_by_role("button", name="收下并记录").click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    row.get_by_role("button", name="重试").click()
    expect(page.get_by_role("heading", name="已收下并记录“取证”")).to_be_visible(timeout=60_000)
    expect(page.locator("main")).to_contain_text(sha256(film.read_bytes()).hexdigest())
    page.goto(NEW)
    expect(page.locator("[data-list] li")).to_have_count(0)


def test_another_file_of_the_same_name_and_length_begins_anew(
    page: Page, site: Site, film: Path, broken_lines_are_meant: None
):
    log_in(page, site, "承办")
    page.goto(NEW)
    cut_after(page, 1)
    page.set_input_files("[name=files]", film)
    rows = page.locator("[data-list] li")
    expect(rows.get_by_role("button", name="重试")).to_be_visible(timeout=90_000)
    page.unroute_all()
    page.reload()
    expect(rows).to_contain_text("上次没有传完")
    data = bytearray(film.read_bytes())
    data[200] ^= 1
    film.write_bytes(data)
    page.set_input_files("[name=files]", film)
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("已收到，哈希一致", timeout=60_000)
    for _ in range(2):
        rows.first.get_by_role("button", name="不要了").click()
    expect(rows).to_have_count(0)
    page.reload()
    expect(page.locator("[data-uploads]")).to_be_visible()
    expect(rows).to_have_count(0)


def test_what_is_no_evidence_is_refused_in_words_and_can_be_dropped(
    page: Page, site: Site, broken_lines_are_meant: None
):
    log_in(page, site, "承办")
    page.goto(NEW)
    page.set_input_files(
        "[name=files]", {"name": "现场.mp4", "mimeType": "video/mp4", "buffer": b"MZ\0\0" * 90}
    )
    row = page.locator("[data-list] li")
    expect(row).to_contain_text(re.compile("没有传完.*不是可以收的文件种类", re.S))
    with page.expect_response(lambda one: one.url.endswith("/uploads/")):
        page.reload()
    expect(row).to_have_count(0)
    page.set_input_files(
        "[name=files]", {"name": "现场.mp4", "mimeType": "video/mp4", "buffer": b"MZ\0\0" * 90}
    )
    expect(row).to_contain_text("不是可以收的文件种类")
    row.get_by_role("button", name="不要了").click()
    expect(row).to_have_count(0)
    page.reload()
    expect(page.locator("[data-uploads]")).to_be_visible()
    expect(row).to_have_count(0)
