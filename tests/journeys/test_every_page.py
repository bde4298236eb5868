"""Every page of the product in Chromium: no violation (axe), one heading, a title of its own, nothing scrolls sideways.

An address in the url patterns that nobody wrote down in addresses.py fails, naming it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys import addresses
from tests.journeys.addresses import AFTER_PASSWORD, NO_PAGE, ONLY_SENT_TO, PAGES, Visit, list_routes
from tests.journeys.arranging import Staff, arranged

pytestmark = pytest.mark.journey
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table-scroll"))
      .slice(-3).map(one => "wider than the window: " + one.outerHTML.slice(0, 120)) : [];
  const mute = [...document.querySelectorAll("body *")].filter(one => one.scrollWidth > one.clientWidth + 1
      && ["auto", "scroll"].includes(getComputedStyle(one).overflowX) && !["TEXTAREA", "INPUT", "SELECT"].includes(one.tagName)
      && !(one.getAttribute("aria-label") && one.tabIndex >= 0))
    .map(one => "scrolls without a label: " + one.outerHTML.slice(0, 120));
  return [...wide, ...mute];
}"""


LONG_TABLES_CUT = """document.querySelectorAll("tbody").forEach(body => [...body.rows].slice(12).forEach(row => row.remove()))"""
"""Rows of one table are one template: axe takes seconds for a hundred of them and says the same as for twelve."""


@pytest.fixture(scope="module")
def staff(browser, site) -> Iterator[Staff]:
    found = Staff(browser, site)
    yield found
    found.close()


@pytest.fixture(scope="module")
def names(staff, tmp_path_factory) -> dict[str, str]:
    return arranged(staff, tmp_path_factory.mktemp("uploads"))


def visits() -> list[Visit]:
    """All of them; each list as its page, where addresses.py does not say more."""
    lists = [Visit("监督", f"/{route}") for route in list_routes() if route not in PAGES]
    return [*(one for many in PAGES.values() for one in many), *lists]


def known() -> set[str]:
    lists = {f"{route}{rest}" for route in list_routes() for rest in addresses.LIST_OF}
    return {*PAGES, *NO_PAGE, *ONLY_SENT_TO, *AFTER_PASSWORD, *lists}


def test_every_address_is_known_to_the_walk():
    unknown = sorted(set(addresses.routes()) - known())
    assert unknown == [], "write these addresses down in tests/journeys/addresses.py"


def test_the_walk_knows_no_address_that_is_gone():
    assert sorted(known() - set(addresses.routes())) == []


class Listening:
    """What goes wrong while a page is open: script errors, messages of the console, other hosts."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host, self.heard = page, host, list[str]()
        page.on("pageerror", self.error)
        page.on("console", self.console)
        page.on("request", self.request)

    def error(self, error: object) -> None:
        self.heard.append(f"script error: {error}")

    def console(self, message: ConsoleMessage) -> None:
        """Chromium also reports the status of a page that says no, which is an answer like any other."""
        own = "Failed to load resource" in message.text and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not own:
            self.heard.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self.heard.append(f"another host: {request.url}")

    def told(self) -> list[str]:
        heard, self.heard = self.heard, []
        return heard


def opened(page: Page, visit: Visit, names: dict[str, str]) -> int:
    """Go there; press what the visit wants pressed. The status of the page that came."""
    answer = page.goto(visit.address.format(**names))
    if visit.press:
        with page.expect_navigation():
            page.locator(visit.press).first.click()
        answer = page.request.get(page.url) if visit.status == 200 else None
    return answer.status if answer else visit.status


def axe(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def faults(page: Page, width: int) -> list[str]:
    found = page.evaluate(SIDEWAYS)
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} headings of the first level")
    if width != 320:
        page.evaluate(LONG_TABLES_CUT)
        found += axe(page)
    return found


def walk(staff: Staff, names: dict[str, str], width: int) -> tuple[list[str], dict[str, set[str]]]:
    """Every visit at one width: what is wrong, and which addresses carry which title."""
    wrong: list[str] = []
    titles: dict[str, set[str]] = defaultdict(set)
    ears: dict[str, Listening] = {}
    for visit in visits():
        page = staff.window(visit.role)
        ear = ears.setdefault(visit.role, Listening(page, urlsplit(staff.site.address).netloc))
        page.set_viewport_size({"width": width, "height": 900})
        status = opened(page, visit, names)
        found = faults(page, width) + ear.told()
        if status != visit.status:
            found.append(f"status {status}")
        wrong += [f"{visit.role} {visit.address} {visit.status} at {width}: {one}" for one in found]
        if visit.status == 200 and not visit.press:
            titles[page.title()].add(urlsplit(page.url).path)
    return wrong, titles


def clashes(titles: dict[str, set[str]]) -> list[str]:
    return [f"{title}: {sorted(paths)}" for title, paths in titles.items() if len(paths) > 1 or not title]


def test_every_page_at_a_desk(staff, names):
    wrong, titles = walk(staff, names, 1280)
    found = wrong + clashes(titles)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 320])
def test_every_page_on_a_phone(staff, names, width):
    wrong, _ = walk(staff, names, width)
    assert not wrong, "\n".join(wrong)
