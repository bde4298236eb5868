"""People whom the demonstration has no log-in for: an account is opened and granted, and they come to the desk."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import Page

from tests.journeys.desk import Desk, fill
from tests.journeys.serving import Installation
from yifa.ledger import clock

PASSWORD = "Lanhua-2026-kai"


class WholeOrgan(Desk):
    """The people of the demonstration and those who joined, each at his own window, from day to day."""

    installation: Installation

    def window(self, who: str) -> Page:
        return self.staff.windows.get(who) or super().window(who)

    def join(self, who: str, staff_no: str) -> None:
        """Opened by the system administrator, granted by the security administrator, the password changed by himself."""
        system, security = self.staff.window("系统管理员"), self.staff.window("安全管理员")
        system.goto("/desk/accounts/new/")
        fill(system, {"username": who, "staff_no": staff_no})
        press(system, "新建")
        secret = system.locator("main code").inner_text()
        security.goto(system.locator("main a[href*='/accounts/']").get_attribute("href"))
        security.check("[name=none]")
        press(security, "授予")
        page = self.staff.opened("")
        page.goto("/login/")
        fill(page, {"username": who, "password": secret})
        page.locator("main form [type=submit]").first.click()
        page.wait_for_url("**/password/**")
        fill(page, {"current": secret, "new": PASSWORD, "again": PASSWORD})
        page.locator("main form [type=submit]").first.click()
        page.wait_for_load_state()
        self.staff.windows[who] = page

    def at(self, who: str, address: str) -> Page:
        """This person's window at an address below the case."""
        page = self.window(who)
        page.goto(f"/desk/cases/{self.no}/{address}")
        return page


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state()


def minute() -> str:
    """The time of day at the server, on whatever day."""
    return f"{datetime.now(clock.SHANGHAI) + clock.shift():%H:%M}"
