"""People at their windows on one case, and the small verbs of their work: record, propose, confirm, write, seal, serve."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.arranging import Staff
from tests.journeys.serving import Site

PATIENCE = 20_000
"""Milliseconds a page may take: sealing typesets, and other work may run on the machine."""
expect.set_options(timeout=PATIENCE)
BOTH = ["0201", "0202"]
ROLES = {
    "handler": "承办",
    "head": "负责人",
    "reviewer": "法制审核",
    "committee": "案审委员",
    "archivist": "档案",
    "clerk": "公示",
    "presiding": "听证主持",
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


class Desk:
    """The people of an organ, each at his own window, on one case."""

    def __init__(self, browser: Browser, site: Site, papers: Path | None = None) -> None:
        """`papers`: the folder sealed papers are saved in, for looking at."""
        self.site, self.papers, self.no = site, papers, ""
        self.staff = Staff(browser, site)
        self.made: dict[str, str] = {}

    def window(self, who: str) -> Page:
        page = self.staff.window(ROLES[who])
        page.set_default_timeout(PATIENCE)
        return page

    def close(self) -> None:
        self.staff.close()

    def today(self) -> str:
        page = self.window("handler")
        page.goto("/desk/cases/new/")
        return page.locator("[name=at]").input_value()[:10]

    def lead(self, **typed: Any) -> None:
        page, today = self.window("handler"), self.today()
        fill(page, {**LEAD, "began_on": today, "discovered_on": today, **typed})
        page.get_by_role("button", name="登记线索").click()
        expect(page).to_have_url(re.compile(r"/desk/cases/\d{4}-\d+/\?recorded=1"))
        self.no = re.search(r"/desk/cases/([\d-]+)/", page.url)[1]

    def done(self, slug: str, who: str = "handler", **typed: Any) -> None:
        """An act by the person himself, checked on its own page where it cannot be undone."""
        self.window(who).goto(f"/desk/cases/{self.no}/do/{slug}/")
        self.recorded(who, **typed)

    def recorded(self, who: str = "handler", **typed: Any) -> None:
        """The form of an act that is open in the window."""
        page = self.window(who)
        acting = {"by": BOTH} if page.locator("main [name=by]").count() else {}
        fill(page, {**acting, **typed})
        page.locator("main form.act-form [type=submit]").first.click()
        confirm(page)
        expect(page).to_have_url(re.compile(r"\?recorded=\d+$"))

    def approved(self, slug: str, by: str = "head", said: dict[str, Any] | None = None, **typed: Any) -> None:
        """Proposed by the handler from the case page; confirmed by who decides, from his own workbench."""
        page = self.window("handler")
        page.goto(f"/desk/cases/{self.no}/propose/{slug}/")
        acting = {"by": BOTH} if page.locator("main [name=by]").count() else {}
        fill(page, {**acting, **typed})
        page.locator("main form.act-form [type=submit]").first.click()
        expect(page, slug).to_have_url(re.compile(r"/desk/proposals/[^/]+/"))
        address = re.search(r"/desk/proposals/[^/]+/", page.url)[0]
        desk = self.window(by)
        desk.goto("/desk/")
        desk.locator(f'main a[href="{address}"]').first.click()
        fill(desk, said or {})
        desk.get_by_role("button", name=re.compile("^确认并记录")).click()
        confirm(desk)
        expect(desk, slug).to_have_url(re.compile(r"\?recorded=\d+$"))

    def reviewed(self) -> None:
        """Submitted by the handler; the reviewer passes all seven points, from his own workbench."""
        page, desk = self.window("handler"), self.window("reviewer")
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
        page = self.window("handler")
        page.goto(f"/desk/cases/{self.no}/propose/deliberated/")
        fill(page, {"question": "处罚幅度", "members": ["0001", "0104"], "chair": "0001"})
        page.locator("main form.act-form [type=submit]").first.click()
        expect(page).to_have_url(re.compile(r"/desk/deliberations/[^/]+/"))
        address = re.search(r"/desk/deliberations/[^/]+/", page.url)[0]
        for who in ("committee", "head"):
            desk = self.window(who)
            desk.goto(address)
            fill(desk, {"vote": "for", "vote_reason": "同意"})
            desk.get_by_role("button", name="提交我的表决").click()
        desk.get_by_role("button", name=re.compile("^确认结果并记录")).click()
        expect(desk).to_have_url(re.compile(r"\?recorded=\d+$"))

    def evidence(self, name: str, content: bytes, media_type: str, **typed: Any) -> None:
        """A file handed in from the case page; `typed` as the form asks."""
        page = self.window("handler")
        page.goto(f"/desk/cases/{self.no}/")
        page.get_by_role("link", name="拍照 / 上传证据").click()
        page.set_input_files("[name=files]", {"name": name, "mimeType": media_type, "buffer": content})
        fill(page, {"by": BOTH, **EVIDENCE, **typed})
        page.get_by_role("button", name="收下并记录").click()
        expect(page.get_by_role("heading", name="已收下并记录“取证”")).to_be_visible()

    def paper(self, form: str, who: str = "handler", **typed: str) -> str:
        """A paper begun, what the case does not say typed by its label, fixed, sealed; its name in addresses."""
        page = self.window(who)
        page.goto(f"/desk/cases/{self.no}/")
        page.locator(".case-nav").get_by_role("link", name="文书").click()
        page.select_option("select[name=form]", form)
        page.get_by_role("button", name="按案件记录填写").click()
        expect(page, form).to_have_url(re.compile(r"/documents/[^/]+/$"))
        return self.finished(form, who, **typed)

    def finished(self, form: str, who: str = "handler", **typed: str) -> str:
        """The draft open in the window filled in by labels, fixed and sealed."""
        page = self.window(who)
        for label, value in typed.items():
            page.get_by_label(re.compile(f"^{label} ")).fill(value)
        if page.get_by_role("button", name="送审", exact=True).count():
            self.approve_paper(page, form)
        else:
            page.get_by_role("button", name="定稿取号").click()
            expect(page.locator("main"), form).to_contain_text("已定稿并取号")
        page.get_by_role("button", name="用印", exact=True).click()
        expect(page.locator("main"), form).to_contain_text("已用印。")
        name = re.search(r"/documents/([^/]+)/", page.url)[1]
        self.made[form] = name
        return name

    def approve_paper(self, page: Page, form: str) -> None:
        """What the head signs is submitted by who drafted it and approved under the head's own log-in."""
        page.get_by_role("button", name="送审", exact=True).click()
        expect(page.locator("main"), form).to_contain_text("已送审。")
        address, head = page.url.partition("?")[0], self.window("head")
        head.goto(address)
        head.get_by_role("button", name=re.compile("^批准")).click()
        expect(head.locator("main"), form).to_contain_text("已批准并取号")
        page.goto(address)

    def execution(self) -> Page:
        page = self.window("handler")
        page.goto(f"/desk/cases/{self.no}/")
        page.locator(".case-nav").get_by_role("link", name="执行").click()
        return page

    def write_due(self, typed: Mapping[str, Mapping[str, str]]) -> None:
        """Every paper the acts so far call for, until none is; `typed` by form what the case does not say."""
        while due := self.due_papers():
            self.paper(due[0], **typed.get(due[0], {}))

    def due_papers(self) -> list[str]:
        """The forms the page says the acts still call for."""
        page = self.window("handler")
        page.goto(f"/desk/cases/{self.no}/documents/")
        found = page.locator("main button[name=form]").all()
        return [one.get_attribute("value") or "" for one in found]

    def serve(self, form: str, mode: str = "direct", **typed: Any) -> None:
        """The sealed paper handed over, from the list of what waits for service."""
        page = self.window("handler")
        page.goto(f"/desk/cases/{self.no}/deliveries/")
        page.locator(f'main a[href*="/documents/{self.made[form]}/deliver/"]').click()
        page.locator(f'main a[href="?mode={mode}"]').click()
        fill(page, {"with": "0202", **typed})
        page.get_by_role("button", name="已送达，记录").click()
        expect(page.locator("main"), form).to_contain_text("已记录送达")

    def ends_archived(self) -> None:
        page = self.window("handler")
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
