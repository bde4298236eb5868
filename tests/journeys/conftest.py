"""The real server with the sample year, and Chromium. `make test` brings both; see tools/testenv."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.journeys.serving import ROOT, Installation, Site, demo
from yifa.ledger.clock import SHANGHAI

__all__ = ["ROOT", "Site"]
FIRST_DAY = "2025-03-03"
"""On which a case that takes months begins: every holiday until its end is published."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`yifa demo` and `yifa serve` in a home of their own, once for all journeys, on the day they begin."""
    home = tmp_path_factory.mktemp("home")
    today = f"{datetime.now(SHANGHAI):%Y-%m-%d}"
    running = Installation(home, demo(home, today))
    try:
        running.on(today)
        yield running.site
    finally:
        running.stop()


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home as it stands on FIRST_DAY and the log-ins printed; nobody serves it, tests copy it."""
    home = tmp_path_factory.mktemp("first-day")
    return home, demo(home, FIRST_DAY)


@pytest.fixture
def living(first_home: tuple[Path, str], tmp_path: Path) -> Iterator[Installation]:
    """An installation of one test alone, served on FIRST_DAY, which may be moved to later days."""
    home, printed = first_home
    running = Installation(shutil.copytree(home, tmp_path / "home"), printed)
    try:
        running.on(FIRST_DAY)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("YIFA_CHROMIUM") or shutil.which("chromium")
    assert executable, "no Chromium: run `make test`, which brings one"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield running
        running.close()


def trouble(message: ConsoleMessage) -> bool:
    """Chromium also reports a form sent back (409, 422), which is an answer like any other."""
    return message.type == "error" and not re.search("status of (409|422)", message.text)


@pytest.fixture
def broken_lines_are_meant() -> None:
    """Of a test that cuts the line: what Chromium reports of it is no trouble."""


MEANT = ("net::ERR_INTERNET_DISCONNECTED",)


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh window, 1280 wide, that fails the test on a script error or a request to another host."""
    cut = "broken_lines_are_meant" in request.fixturenames
    context = browser.new_context(
        base_url=site.address, viewport={"width": 1280, "height": 900}, locale="zh-CN"
    )
    window = context.new_page()
    troubles: list[str] = []
    window.on("pageerror", lambda error: troubles.append(str(error)))
    window.on("request", lambda request: request.url.startswith(site.address) or troubles.append(request.url))
    window.on("console", lambda message: trouble(message) and troubles.append(message.text))
    yield window
    context.close()
    assert [one for one in troubles if not (cut and any(words in one for words in MEANT))] == []


def log_in(page: Page, site: Site, role: str) -> None:
    name, password = site.login_of(role)
    page.goto("/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url("**/desk/**")
