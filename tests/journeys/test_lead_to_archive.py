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
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import log_in
from tests.journeys.desk import BOTH, CONTENTS, DECISION, EVIDENCE, ROLES, TOLD, Desk, fill
from tests.journeys.serving import Site

pytestmark = pytest.mark.journey


@pytest.fixture
def five(browser: Browser, site: Site) -> Iterator[Desk]:
    people = Desk(browser, site)
    yield people
    people.close()


def test_a_summary_case_from_lead_to_archive(five):
    five.lead(procedure="summary", party_name="赵示例")
    five.done("evidence-added", **EVIDENCE)
    five.done("correction-ordered", due_on=five.today())
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
    five.done("correction-ordered", due_on=five.today())
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


def test_two_browsers_that_confirm_at_once_record_one_act(five, browser, site):
    five.lead(procedure="ordinary", party_name="孙示例")
    page = five.window("handler")
    page.goto(f"/desk/cases/{five.no}/propose/opening-approved/")
    fill(page, {"by": BOTH})
    page.locator("main form.act-form [type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/desk/proposals/[^/]+/"))
    address = re.search(r"/desk/proposals/[^/]+/", page.url)[0]
    second = browser.new_context(base_url=site.address).new_page()
    log_in(second, site, ROLES["head"])
    forms = [form_of(window, address) for window in (five.window("head"), second)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda form: posted(site.address.rstrip("/") + address, *form), forms))
    second.context.close()
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
