"""A fine that is not paid (普通程序 → 法院强制执行) in the browser: from the lead to the court, closed and archived."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.desk import BOTH, CONTENTS, DECISION, TOLD, Desk
from tests.journeys.packages import text_of, verified
from tests.journeys.pictures import photograph, sheet
from tests.journeys.serving import Installation

pytestmark = pytest.mark.journey
PARTY = "示例区乱扔商贸有限公司"
ADDRESS = "示例区示例路1号"
PROPOSED = {"proposal.kinds": ["fine"], "proposal.fine": "100"}
TYPED = {
    "clue_register": {"处理意见": "建议立案调查。"},
    "case_filing_approval": {
        "管辖说明": "违法行为发生在本区，属于本机关管辖。",
        "时效审查": "在追责时效以内。",
    },
    "identity_confirm": {"住址": ADDRESS, "法定代表人": "周示例", "联系电话": "022-00000001"},
    "service_address_confirm": {"送达地址": ADDRESS},
    "onsite_record": {"当事人意见": "没有意见。"},
    "questioning_record": {
        "被询问人身份": "法定代表人",
        "记录人": "柳文博",
        "问答": "是否你单位丢弃？ | 是。",
    },
    "correction_order": {"改正内容": "清除丢弃的废弃物。", "机关电话": "022-00000000"},
    "prior_notice": {"处罚理由": "当事人的行为影响市容环境。"},
    "demand_notice": {"履行期限": "10日", "履行方式和期限": "缴纳罚款和加处罚款。", "应缴金额": "100"},
    "case_closing": {"履行情况": "当事人没有履行，人民法院已受理强制执行申请。"},
    "penalty_decision": {"履行方式和期限": "自收到本决定书之日起15日内缴纳罚款。"},
}


@pytest.fixture
def people(browser: Browser, living: Installation) -> Iterator[Desk]:
    made = Desk(browser, living.site)
    yield made
    made.close()


def investigated(people: Desk) -> None:
    """Opened by the head, looked into by two officers, evidence taken in and checked by another."""
    browser = people.staff.browser
    people.lead(procedure="ordinary", party_name=PARTY, party_kind="legal_person")
    people.approved("opening-approved")
    people.approved("handlers-assigned", handlers=BOTH)
    people.done("scene-recorded", certificate_shown="yes", signed="yes")
    people.evidence(
        "现场.png",
        photograph(browser, "2025-03-03 示例路9号", "png"),
        "image/png",
        evidence_kind="documentary",
    )
    people.done("interview-recorded", certificate_shown="yes", signed="yes")
    answers = sheet(browser, "询问笔录", "问：是否你单位丢弃？", "答：是。")
    people.evidence("询问.pdf", answers, "application/pdf", evidence_kind="party_statement")
    people.done("correction-ordered", due_on=people.today())
    people.write_due(TYPED)
    people.serve("correction_order", place=ADDRESS)


def told(people: Desk) -> None:
    """Put right, the investigation closed, the notice sealed, handed over and recorded with what it told."""
    people.done("correction-rechecked", corrected="yes", refused="no")
    people.done("investigation-closed", tier="ordinary", **PROPOSED)
    people.paper("prior_notice", **TYPED["prior_notice"])
    people.serve("prior_notice", place=ADDRESS)
    page = people.window("handler")
    page.get_by_role("link", name="事先告知").click()
    people.recorded(contents=TOLD, hearing_right_told="no", mode="direct")
    people.write_due(TYPED)


def decided(people: Desk) -> None:
    people.done("statement-waived")
    people.reviewed()
    people.deliberated()
    people.approved(
        "decision-made",
        remedy_text="standard",
        contents=[*CONTENTS, "payee"],
        **{**DECISION, "evidence": ["证据1", "证据2"]},
    )
    people.write_due(TYPED)
    people.serve("penalty_decision", place=ADDRESS)


def demanded(people: Desk) -> None:
    """Half a year later: the additional fine as counted, a demand sealed and served."""
    page = people.execution()
    page.get_by_role("button", name="记录加处罚款 100.00 元").click()
    expect(page.locator("main")).to_contain_text("已记录加处罚款")
    step(page, "催告").get_by_role("button", name="制作文书").click()
    people.finished("demand_notice", **TYPED["demand_notice"])
    people.serve("demand_notice", place=ADDRESS)
    people.write_due(TYPED)


def step(page: Page, name: str) -> Locator:
    """A step on the page of execution, with its buttons."""
    return page.locator("li", has=page.get_by_role("heading", name=name))


def asked(people: Desk, folder: Path) -> None:
    """Within the window: the application sealed, its materials taken home, the asking recorded."""
    step(people.execution(), "申请强制执行").get_by_role("button", name="制作文书").click()
    people.finished("court_application")
    page, file = people.execution(), folder / "court.zip"
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载申请法院强制执行的材料").click()
    taken.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        names = " ".join(archive.namelist())
    for paper in ("强制执行申请书", "行政处罚决定书", "催告书"):
        assert paper in names, names
    assert names.count("送达回证") == 4, names
    step(people.execution(), "申请强制执行").get_by_role("link", name="办理").click()
    people.recorded()


def closed(people: Desk) -> None:
    people.done("case-closed", reason="court_accepted")
    people.write_due(TYPED)
    people.done("case-archived", who="archivist", by=["0102"], note="笔录和证据的原件另存纸质卷")
    people.ends_archived()


def test_an_unpaid_fine_goes_to_the_court_and_ends_in_a_package_that_verifies(people, living, tmp_path):
    investigated(people)
    told(people)
    living.on("2025-03-10")
    decided(people)
    living.on("2025-09-15")
    demanded(people)
    living.on("2025-10-09")
    asked(people, tmp_path)
    closed(people)
    package = verified(people.window("archivist"), people.no, tmp_path)
    assert sorted(file.suffix for file in package.evidence) == [".pdf", ".png"]
    words = {paper.stem.partition("-")[2]: text_of(paper) for paper in package.papers}
    assert "加处罚款：100元（人民币壹佰元整）" in words["demand_notice"]
    assert "尚未缴纳200元（人民币贰佰元整），其中加处罚款100元" in words["court_application"]
    assert "经我机关于2025年9月15日催告，仍不履行" in words["court_application"]
