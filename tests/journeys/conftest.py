"""The real server with the sample year, and Chromium. `make test` brings both; see tools/testenv."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running installation: its address and the log-ins `yifa demo` printed, by role."""

    address: str
    printed: str

    def login_of(self, role: str) -> tuple[str, str]:
        """Name and password of the first log-in printed for a role (承办, 法制审核 …)."""
        for line in self.printed.splitlines():
            words = re.findall(r"[^\s|：:，,、/（）()]+", line)
            if role in words:
                latin = [word for word in words if word.isascii()]
                return latin[0], latin[1]
        raise AssertionError(f"yifa demo printed no log-in for {role}:\n{self.printed}")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "yifa", *arguments]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Return when the server answers; fail with its output when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address + "login/", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    process.kill()
    raise AssertionError(f"yifa serve does not answer at {address}: {process.communicate()[0]}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`yifa demo` and `yifa serve` in a home of their own, once for all journeys."""
    home = tmp_path_factory.mktemp("home")
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("YIFA_") and key != "DATABASE_URL"
    }
    env = {**kept, "YIFA_HOME": str(home)}
    loaded = subprocess.run(command("demo"), cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    port = free_port()
    process = subprocess.Popen(
        command("serve", "--port", str(port)),
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(address, process)
        yield Site(address, loaded.stdout)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


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
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh window, 1280 wide, that fails the test on a script error or a request to another host."""
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
    assert troubles == []


def log_in(page: Page, site: Site, role: str) -> None:
    name, password = site.login_of(role)
    page.goto("/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url("**/desk/**")
