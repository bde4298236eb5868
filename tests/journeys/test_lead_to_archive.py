"""Two whole cases in the browser, from lead to archive, by five log-ins: each confirms what is his and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Site, log_in

pytestmark = pytest.mark.journey
BOTH = ["0201", "0202"]
FIVE = {
    "handler": "承办",
    "head": "负责人",
    "reviewer": "法制审核",
    "committee": "案审委员",
    "archivist": "档案",
}
CONTENTS = ["party", "facts", "basis", "performance", "remedies", "organ_and_date"]
TOLD = ["content", "facts", "reasons", "basis", "rights"]
LEAD = {
    "matter": "M001", "source": "patrol", "party_kind": "citizen", "place": "示例路9号", "harm": "slight", "facts": "乱扔废弃物",
}  # fmt: skip
EVIDENCE = {
    "evidence_kind": "scene_transcript",
    "verified": "yes",
    "lawful_source": "yes",
    "proves": ["乱扔废弃物"],
}
DECISION = {
    "outcome": "penalty", "tier": "ordinary", "leniency": "none", "evidence": ["证据1"], "sealed": "yes",
    "to_publish": "no", "first_violation_exemption": "不属于初次违法",
}  # fmt: skip


class Five:
    """Five people at five windows, on one case."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self.windows: dict[str, Page] = {}
        self.contexts: list[BrowserContext] = []
        self.no = ""
        for who, role in FIVE.items():
            context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
            self.contexts.append(context)
            self.windows[who] = context.new_page()
            self.windows[who].set_default_timeout(8_000)
            log_in(self.windows[who], site, role)

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def lead(self, **typed: Any) -> None:
        page = self.windows["handler"]
        page.goto("/desk/cases/new/")
        today = page.locator("[name=at]").input_value()[:10]
        fill(page, {**LEAD, "began_on": today, "discovered_on": today, **typed})
        page.get_by_role("button", name="登记线索").click()
        expect(page).to_have_url(re.compile(r"/desk/cases/\d{4}-\d+/\?recorded=1"))
        self.no = re.search(r"/desk/cases/([\d-]+)/", page.url)[1]

    def done(self, slug: str, who: str = "handler", **typed: Any) -> None:
        """An act by the person himself, checked on its own page where it cannot be undone."""
        page = self.windows[who]
        page.goto(f"/desk/cases/{self.no}/do/{slug}/")
        fill(page, {"by": BOTH, **typed})
        page.locator("main form.act-form [type=submit]").first.click()
        confirm(page)
        expect(page, slug).to_have_url(re.compile(r"\?recorded=\d+$"))

    def approved(self, slug: str, by: str = "head", said: dict[str, Any] | None = None, **typed: Any) -> None:
        """Proposed by the handler from the case page; confirmed by who decides, from his own workbench."""
        page = self.windows["handler"]
        page.goto(f"/desk/cases/{self.no}/propose/{slug}/")
        acting = {"by": BOTH} if page.locator("main [name=by]").count() else {}
        fill(page, {**acting, **typed})
        page.locator("main form.act-form [type=submit]").first.click()
        expect(page, slug).to_have_url(re.compile(r"/desk/proposals/[^/]+/"))
        address = re.search(r"/desk/proposals/[^/]+/", page.url)[0]
        desk = self.windows[by]
        desk.goto("/desk/")
        desk.locator(f'main a[href="{address}"]').first.click()
        fill(desk, said or {})
        desk.get_by_role("button", name=re.compile("^确认并记录")).click()
        confirm(desk)
        expect(desk, slug).to_have_url(re.compile(r"\?recorded=\d+$"))

    def reviewed(self) -> None:
        """Submitted by the handler; the reviewer passes all seven points, from his own workbench."""
        page, desk = self.windows["handler"], self.windows["reviewer"]
        page.goto(f"/desk/cases/{self.no}/propose/legality-reviewed/")
        page.locator("main form.act-form [type=submit]").first.click()
        expect(page).to_have_url(re.compile(r"/desk/proposals/[^/]+/"))
        number = re.search(r"/desk/proposals/([^/]+)/", page.url)[1]
        desk.goto("/desk/")
        desk.locator(f'main a[href="/desk/reviews/{number}/"]').first.click()
        for one in desk.locator("[name^='verdict.'][value=pass]").all():
            one.check()
        desk.check("[name=opinion][value=agree]")
        desk.get_by_role("button", name="出具审核意见").click()
        expect(desk).to_have_url(re.compile(r"\?recorded=\d+$"))

    def deliberated(self) -> None:
        page = self.windows["handler"]
        page.goto(f"/desk/cases/{self.no}/propose/deliberated/")
        fill(page, {"question": "处罚幅度", "members": ["0001", "0104"], "chair": "0001"})
        page.locator("main form.act-form [type=submit]").first.click()
        expect(page).to_have_url(re.compile(r"/desk/deliberations/[^/]+/"))
        address = re.search(r"/desk/deliberations/[^/]+/", page.url)[0]
        for who in ("committee", "head"):
            desk = self.windows[who]
            desk.goto(address)
            fill(desk, {"vote": "for", "vote_reason": "同意"})
            desk.get_by_role("button", name="提交我的表决").click()
        desk.get_by_role("button", name=re.compile("^确认结果并记录")).click()
        expect(desk).to_have_url(re.compile(r"\?recorded=\d+$"))

    def ends_archived(self) -> None:
        page = self.windows["handler"]
        page.goto(f"/desk/cases/{self.no}/")
        expect(page.get_by_role("main")).to_contain_text("已归档")
        assert Axe().run(page).violations_count == 0
        page.goto(f"/desk/cases/{self.no}/do/scene-recorded/")
        expect(page.get_by_role("main")).to_contain_text("已经归档")


def fill(page: Page, typed: dict[str, Any]) -> None:
    """Into the controls of these names, as a person would: tick, choose, write."""
    page.evaluate("document.querySelectorAll('main form details').forEach(one => { one.open = true; })")
    for name, value in typed.items():
        found = page.locator(f'main [name="{name}"]')
        kind = found.first.get_attribute("type") or found.first.evaluate("one => one.tagName.toLowerCase()")
        if kind == "checkbox":
            for box in found.all():
                box.set_checked(box.get_attribute("value") in value)
        elif kind == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "select":
            found.select_option(value)
        else:
            found.fill(value)


def confirm(page: Page) -> None:
    """The page that asks to check comes before what cannot be undone; nothing is recorded until then."""
    if page.get_by_role("heading", level=1).inner_text().startswith("核对"):
        expect(page.get_by_role("main")).to_contain_text("还没有记录")
        page.locator("main [name=confirmed]").click()


@pytest.fixture
def five(browser: Browser, site: Site) -> Iterator[Five]:
    people = Five(browser, site)
    yield people
    people.close()


def test_a_summary_case_from_lead_to_archive(five):
    five.lead(procedure="summary", party_name="赵示例")
    five.done("evidence-added", **EVIDENCE)
    five.done("correction-ordered", due_on=today(five))
    five.done(
        "prior-notice-served",
        contents=TOLD,
        hearing_right_told="no",
        mode="direct",
        **{"penalty.kinds": ["warning"]},
    )
    five.done("statement-waived")
    five.done(
        "summary-decision-made", number="示当罚〔2026〕第901号", remedy_text="reconsideration_first", contents=CONTENTS,
        numbered_form="yes", handed_over="yes", signed="yes", **DECISION, **{"penalty.kinds": ["warning"]},
    )  # fmt: skip
    five.done("summary-decision-filed")
    five.done("case-closed", reason="performed")
    five.done("case-archived", who="archivist", by=["0102"], note="文书另存纸质卷")
    five.ends_archived()


def test_an_ordinary_case_from_lead_to_archive(five):
    five.lead(procedure="ordinary", party_name="钱示例")
    five.approved("opening-approved")
    five.approved("handlers-assigned", handlers=BOTH)
    five.done("scene-recorded", certificate_shown="yes", signed="yes")
    five.done("evidence-added", **EVIDENCE)
    five.done("correction-ordered", due_on=today(five))
    five.done("correction-rechecked", corrected="yes", refused="no")
    five.done("investigation-closed", tier="ordinary", **{"proposal.kinds": ["fine"], "proposal.fine": "50"})
    five.done("prior-notice-served", contents=TOLD, hearing_right_told="no", mode="direct")
    five.done("statement-waived")
    five.reviewed()
    five.deliberated()
    five.approved(
        "decision-made",
        number="示罚决〔2026〕第901号",
        remedy_text="standard",
        contents=[*CONTENTS, "payee"],
        **DECISION,
    )
    five.done("instrument-served", instrument="penalty_decision", mode="direct")
    five.done("fine-collected", collector="bank", amount_fen="50", receipt="A901")
    five.done("case-closed", reason="performed")
    five.done("case-archived", who="archivist", by=["0102"], note="文书另存纸质卷")
    five.ends_archived()


def today(five: Five) -> str:
    page = five.windows["handler"]
    page.goto("/desk/cases/new/")
    return page.locator("[name=at]").input_value()[:10]


def test_two_browsers_that_confirm_at_once_record_one_act(five, browser, site):
    five.lead(procedure="ordinary", party_name="孙示例")
    page = five.windows["handler"]
    page.goto(f"/desk/cases/{five.no}/propose/opening-approved/")
    fill(page, {"by": BOTH})
    page.locator("main form.act-form [type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/desk/proposals/[^/]+/"))
    address = re.search(r"/desk/proposals/[^/]+/", page.url)[0]
    other = browser.new_context(base_url=site.address)
    five.contexts.append(other)
    second = other.new_page()
    log_in(second, site, FIVE["head"])
    forms = [form_of(window, address) for window in (five.windows["head"], second)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda form: posted(site.address.rstrip("/") + address, *form), forms))
    page.goto(f"/desk/cases/{five.no}/")
    expect(page.locator("#timeline")).to_contain_text("立案")
    assert page.locator("#timeline article h3", has_text=re.compile("^立案$")).count() == 1, answers
    assert sorted(answers)[0] == 303 and all(code in (303, 409) for code in answers), answers


def form_of(page: Page, address: str) -> tuple[str, str, bytes]:
    """(cookies, token, body) with which this browser would press 确认并记录."""
    page.goto(address)
    token = page.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    expected = page.locator("main [name=expected]").first.input_value()
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    body = urlencode(
        {"csrfmiddlewaretoken": token, "expected": expected, "do": "confirm", "confirmed": "yes"}
    )
    return cookies, token, body.encode()


class Unfollowed(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def posted(url: str, cookies: str, token: str, body: bytes) -> int:
    """Status of the post, the redirect not followed."""
    request = Request(url, data=body, headers={"Cookie": cookies, "X-CSRFToken": token})
    try:
        return build_opener(Unfollowed).open(request, timeout=30).status
    except HTTPError as error:
        return error.code
