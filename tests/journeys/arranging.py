"""What the sample year does not hold and pages show: a proposal, a deliberation, a follow-up, uploads, a job, a saved query.

Made as people make them, with the forms of the product; where each came to stand is read from the address.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Site
from yifa.intake.workbook.tests.factories import write

TRAININGS = ["日期", "名称", "形式", "参训人次"]
GOOD = {"培训": [TRAININGS, ["2026-06-01", "新法培训", "专家授课", 40]]}
BAD = {"培训": [TRAININGS, ["昨天", "甲", "其他", 3], ["2026-06-01", "乙", None, "=1+2"]], "考勤": [["日期"]]}


class Staff:
    """A window for each role, 1280 wide, logged in once."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.windows: dict[str, Page] = {}

    def window(self, role: str) -> Page:
        """The role's window; an empty role is nobody logged in."""
        if role not in self.windows:
            self.windows[role] = self.opened(role)
        return self.windows[role]

    def opened(self, role: str) -> Page:
        context = self.browser.new_context(
            base_url=self.site.address, viewport={"width": 1280, "height": 900}, locale="zh-CN"
        )
        page = context.new_page()
        if role:
            name, password = self.site.login_of(role)
            page.goto("/login/")
            page.fill("[name=username]", name)
            page.fill("[name=password]", password)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/desk/**")
        return page

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()


def sent(page: Page, address: str, selector: str = "main form [type=submit], main form button") -> str:
    """Press the first button of the form; the number at the end of where that leads."""
    page.locator(selector).first.click()
    page.wait_for_url(re.compile(rf"/{address}/[^/]+/"))
    return page.url.split(f"/{address}/")[1].split("/")[0]


def proposal(staff: Staff) -> str:
    page = staff.window("承办")
    page.goto("/desk/cases/2026-0015/propose/opening-approved/")
    for one in ("0201", "0213"):
        page.check(f"[name=by][value='{one}']")
    page.fill("[name=message]", "现场两次核实，请批准立案。")
    return sent(page, "proposals")


def deliberation(staff: Staff) -> str:
    page = staff.window("负责人")
    page.goto("/desk/cases/2026-0006/propose/deliberated/")
    page.fill("[name=question]", "拟处罚款数额较大，是否从轻。承办意见：依法从轻处罚。")
    page.select_option("[name=chair]", "0001")
    return sent(page, "deliberations")


def follow_up(staff: Staff) -> str:
    page = staff.window("负责人")
    page.goto("/desk/cases/2026-0002/supervise/")
    page.fill("[name=words]", "办案期限已过，请说明原因和下一步安排。")
    page.fill("[name=due_on]", "2030-01-31")
    return sent(page, "supervised")


def upload(staff: Staff, content: dict[str, list[list]], folder: Path) -> str:
    page = staff.window("领导小组办公室")
    page.goto("/desk/imports/new/")
    page.set_input_files("[name=book]", write(folder / "台账.xlsx", content))
    return sent(page, "imports")


def job(staff: Staff) -> str:
    page = staff.window("负责人")
    page.goto("/desk/jobs/")
    return sent(page, "jobs", "form[action$='recheck/'] button")


def paper(staff: Staff) -> str:
    """A draft of the prior notice of a case that has come so far."""
    page = staff.window("承办")
    page.goto("/desk/cases/2026-0009/documents/")
    page.select_option("select[name=form]", "prior_notice")
    return sent(page, "documents", "main form.act-form [type=submit]")


def saved_query(staff: Staff) -> str:
    """One's own query of the list of cases; the page offers the way to change it."""
    page = staff.window("承办")
    page.goto("/desk/cases/?open=yes")
    page.locator(
        "details:has([name=name][type=text]) summary, details:has(form[action$='views/']) summary"
    ).first.click()
    page.fill("form[action$='views/'] [name=name]", "在办")
    page.locator("form[action$='views/'] button").first.click()
    page.wait_for_url("**/desk/cases/**")
    return page.locator("a[href*='/cases/views/']").first.get_attribute("href").split("/")[-2]


def account(staff: Staff) -> str:
    page = staff.window("系统管理员")
    page.goto("/desk/accounts/")
    return page.get_by_role("link", name="reviewer").first.get_attribute("href").rstrip("/").split("/")[-1]


def arranged(staff: Staff, folder: Path) -> dict[str, str]:
    """Names of what was made, as addresses hold them."""
    return {
        "paper": paper(staff), "proposal": proposal(staff), "deliberation": deliberation(staff), "followup": follow_up(staff),
        "bad": upload(staff, BAD, folder), "good": upload(staff, GOOD, folder), "job": job(staff),
        "query": saved_query(staff), "account": account(staff), "parameter": "defence_days",
        "figure": "outreach.community_sessions",
    }  # fmt: skip
