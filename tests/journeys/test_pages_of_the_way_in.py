"""Pages seen once: a new account from its one-time password to the second factor, and what is sent back by mistake."""

from __future__ import annotations

import base64
import re

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page

from tests.journeys.arranging import Staff
from tests.journeys.test_every_page import faults

pytestmark = pytest.mark.journey
NAME, PASSWORD = "newcomer", "Lanhua-2026-kai"


@pytest.fixture(scope="module")
def staff(browser, site):
    found = Staff(browser, site)
    yield found
    found.close()


def pressed(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def log_in(page: Page, password: str) -> None:
    page.goto("/login/")
    page.fill("[name=username]", NAME)
    page.fill("[name=password]", password)
    pressed(page, "main form button[type=submit]")


def test_a_new_account_sees_no_broken_page_on_its_way_in(staff):
    wrong: list[str] = []

    def looked_at(page: Page, heading: str) -> None:
        assert page.locator("h1").inner_text() == heading
        wrong.extend(f"{heading}: {one}" for one in faults(page, 1280))

    system, security, newcomer = staff.window("系统管理员"), staff.window("安全管理员"), staff.window("")
    system.goto("/desk/accounts/new/")
    system.fill("[name=username]", NAME)
    system.check("main [name=roles][value=supervisor]")
    pressed(system, "main form button")
    looked_at(system, "一次性密码")
    secret = system.locator("main code").inner_text()
    address = system.locator("main a[href*='/accounts/']").get_attribute("href")
    security.goto(address)
    pressed(security, "form[action$='roles/'] button")

    log_in(newcomer, secret)
    looked_at(newcomer, "更改密码")
    pressed(newcomer, "main form button")
    looked_at(newcomer, "更改密码")
    for name, typed in {"current": secret, "new": PASSWORD, "again": PASSWORD}.items():
        newcomer.fill(f"[name={name}]", typed)
    pressed(newcomer, "main form button")
    newcomer.goto("/desk/account/second-factor/")
    looked_at(newcomer, "二次验证")
    pressed(newcomer, "main form button")
    looked_at(newcomer, "二次验证")
    key = base64.b32decode(re.sub(r"\s", "", newcomer.locator("main code").inner_text()))
    newcomer.fill("[name=code]", f"{totp(key):06}")
    pressed(newcomer, "main form button")
    looked_at(newcomer, "恢复码")
    newcomer.context.clear_cookies()
    log_in(newcomer, PASSWORD)
    looked_at(newcomer, "二次验证")
    newcomer.fill("[name=code]", "000000")
    pressed(newcomer, "main form button")
    looked_at(newcomer, "二次验证")
    assert wrong == []


def test_what_is_sent_back_is_a_page_too(staff):
    page = staff.opened("承办")
    page.goto("/desk/cases/2026-0009/do/statement-made/")
    page.evaluate("document.querySelector('[name=note]').value = '长'.repeat(6 * 1024 * 1024)")
    pressed(page, "main form.act-form button[type=submit]")
    assert page.locator("h1").inner_text() == "提交的内容太大"
    assert faults(page, 1280) == []
    page.goto("/desk/cases/2026-0009/do/statement-made/")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'")
    pressed(page, "main form.act-form button[type=submit]")
    assert page.locator("h1").count() == 1
    assert faults(page, 1280) == []
    page.context.close()
