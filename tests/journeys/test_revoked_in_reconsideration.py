"""A whole case whose decision falls: fined, paid, published, then revoked in reconsideration and withdrawn; its package verified."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import FIRST_DAY
from tests.journeys.desk import BOTH, CONTENTS, TOLD, fill
from tests.journeys.joining import WholeOrgan, press
from tests.journeys.packages import verified
from tests.journeys.pictures import photograph, sheet
from tests.journeys.serving import Installation

pytestmark = pytest.mark.journey
FILED_ON, RECEIVED_ON, ANSWERED_ON, DECIDED_ON = "2025-04-01", "2025-04-03", "2025-04-08", "2025-05-19"
PLACE = "示例区示例路9号"
FACT = "乱扔废弃物"
TYPED = {
    "service_address_confirm": {"送达地址": PLACE},
    "prior_notice": {"处罚理由": "当事人的行为影响市容环境。", "机关电话": "022-00000000"},
    "correction_order": {"改正内容": "立即清除废弃物", "机关电话": "022-00000000"},
    "penalty_decision": {"住址": PLACE, "履行方式和期限": "自收到本决定书之日起十五日内缴纳罚款。"},
}


@pytest.fixture
def organ(browser: Browser, living: Installation) -> Iterator[WholeOrgan]:
    people = WholeOrgan(browser, living.site)
    people.installation = living
    yield people
    people.close()


def investigated(organ: WholeOrgan) -> None:
    organ.lead(procedure="ordinary", party_name="钱示例", place=PLACE)
    organ.approved("opening-approved")
    organ.approved("handlers-assigned", handlers=BOTH)
    organ.paper("service_address_confirm", **TYPED["service_address_confirm"])
    organ.done("scene-recorded", certificate_shown="yes", signed="yes")
    browser = organ.staff.browser
    organ.evidence(
        "现场.jpg", photograph(browser, f"{FIRST_DAY} {PLACE}"), "image/jpeg", evidence_kind="documentary"
    )
    organ.evidence(
        "陈述.pdf",
        sheet(browser, "当事人陈述", "废弃物不是我扔的。"),
        "application/pdf",
        evidence_kind="party_statement",
    )
    organ.done("correction-ordered", due_on=FIRST_DAY)
    organ.paper("correction_order", **TYPED["correction_order"])
    organ.serve("correction_order")
    organ.done("correction-rechecked", corrected="yes", refused="no")
    organ.done(
        "investigation-closed", tier="ordinary", **{"proposal.kinds": ["fine"], "proposal.fine": "100"}
    )


def decided(organ: WholeOrgan) -> None:
    """Told, not defended, reviewed, decided, served in person, paid at the bank, shown to the public."""
    organ.paper("prior_notice", **TYPED["prior_notice"])
    organ.serve("prior_notice")
    organ.done("prior-notice-served", contents=TOLD, hearing_right_told="no", mode="direct")
    organ.done("statement-waived")
    organ.reviewed()
    organ.approved(
        "decision-made", contents=[*CONTENTS, "payee"], outcome="penalty", tier="ordinary", leniency="none", sealed="yes",
        evidence=["证据1", "证据2"], to_publish="yes", remedy_text="standard", first_violation_exemption="不属于初次违法",
    )  # fmt: skip
    organ.paper("penalty_decision", **TYPED["penalty_decision"])
    organ.serve("penalty_decision")
    organ.done("fine-collected", collector="bank", amount_fen="100", receipt="20250303000007")
    organ.done(
        "publicity-posted", who="clerk", by=["0105"], channel="portal", made_by="0201", redacted="yes", text="乱扔废弃物，罚款一百元",
    )  # fmt: skip


def challenged(organ: WholeOrgan) -> None:
    """The copy is received and answered within its days, from the pack of evidence, which is one click away."""
    organ.installation.on(RECEIVED_ON)
    page = organ.at("handler", "remedies/")
    page.locator("summary", has_text="收到复议申请书或者起诉状副本").click()
    fill(
        page,
        {
            "kind": "reconsideration",
            "procedure": "ordinary",
            "filed_on": FILED_ON,
            "copy_received_on": RECEIVED_ON,
        },
    )
    page.locator("[name=do][value=file]").click()
    expect(page.locator("main")).to_contain_text("答复期限从收到副本起计算")
    organ.installation.on(ANSWERED_ON)
    page = organ.at("handler", "remedies/")
    with page.expect_download() as taken:
        page.locator("main a[href*='/pack/']").click()
    names = zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes())).namelist()
    for one in ("目录.txt", "记录/record.json", "存证/bundle.json", "现场.jpg", "行政处罚决定书"):
        assert any(one in name for name in names), names
    page.get_by_role("link", name="记录答复").click()
    fill(page, {"by": BOTH})
    press(page, "记录“行政复议答复”")
    expect(page).to_have_url(re.compile(r"\?recorded=\d+$"))
    expect(organ.at("handler", "remedies/").locator("main")).to_contain_text(f"✓ {ANSWERED_ON}")


def revoked(organ: WholeOrgan) -> None:
    """The outcome turns the decision: the case says so, the money goes back, the public text comes down with its reason."""
    organ.installation.on(DECIDED_ON)
    page = organ.at("handler", "remedies/")
    page.locator("summary", has_text="记录结果").click()
    fill(page, {"result": "revoked", "received_on": DECIDED_ON})
    page.locator("[name=do][value=decide]").click()
    expect(page.locator("main")).to_contain_text("已经收取的款项退还")
    expect(page.get_by_role("alert")).to_contain_text("应当撤回")
    expect(organ.at("handler", "execution/").locator("main")).to_contain_text(
        "已经收取的 100.00 元应当退还当事人"
    )
    organ.done(
        "publicity-withdrawn", who="clerk", by=["0105"], channel="portal", reason="处罚决定在行政复议中被撤销"
    )


def ended(organ: WholeOrgan) -> None:
    organ.done("case-closed", reason="terminated")
    organ.write_due(TYPED)
    organ.done("case-archived", who="archivist", by=["0102"])
    organ.ends_archived()


def test_a_decision_revoked_in_reconsideration_ends_withdrawn_and_archived(organ, tmp_path):
    for stage in (investigated, decided, challenged, revoked, ended):
        stage(organ)
    found = verified(organ.window("handler"), organ.no, tmp_path)
    names = " ".join(one.name for one in found.papers)
    for form in ("prior_notice", "penalty_decision", "case_closing"):
        assert form in names, names
