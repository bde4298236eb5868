"""No penalty for a first violation (首违不罚) in the browser: put right at once, taught, decided, told, archived."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.desk import BOTH, CONTENTS, Desk
from tests.journeys.packages import text_of, verified
from tests.journeys.pictures import photograph
from tests.journeys.serving import Installation

pytestmark = pytest.mark.journey
ADDRESS = "示例区示例路2号"
LESSON = "讲解生活垃圾投放的规定，当事人表示今后遵守。"
TYPED = {
    "clue_register": {"处理意见": "建议立案调查。"},
    "case_filing_approval": {
        "管辖说明": "违法行为发生在本区，属于本机关管辖。",
        "时效审查": "在追责时效以内。",
    },
    "identity_confirm": {"住址": ADDRESS, "联系电话": "13800000000"},
    "service_address_confirm": {"送达地址": ADDRESS},
    "onsite_record": {"当事人意见": "没有意见，马上清除。"},
    "correction_order": {"改正内容": "立即清除丢弃的废弃物。", "机关电话": "022-00000000"},
    "education_record": {"教育内容": LESSON, "承诺": "今后不再乱扔废弃物。"},
    "no_penalty_decision": {
        "不予处罚理由": "当事人初次违法，危害后果轻微，并且已经及时改正。",
        "不予处罚依据": "《中华人民共和国行政处罚法》第三十三条第一款",
        "教育内容": LESSON,
    },
}


@pytest.fixture
def people(browser: Browser, living: Installation) -> Iterator[Desk]:
    made = Desk(browser, living.site)
    yield made
    made.close()


def put_right(people: Desk) -> None:
    people.lead(procedure="ordinary", party_name="吴示例", party_kind="citizen")
    people.approved("opening-approved")
    people.approved("handlers-assigned", handlers=BOTH)
    people.done("scene-recorded", certificate_shown="yes", signed="yes")
    picture = photograph(people.staff.browser, "2025-03-03 示例路9号")
    people.evidence("现场.jpg", picture, "image/jpeg", evidence_kind="documentary")
    people.done("correction-ordered", due_on=people.today())
    people.done("correction-rechecked", corrected="yes", refused="no")
    people.write_due(TYPED)
    people.serve("correction_order", place=ADDRESS)
    people.done("investigation-closed", tier="minor", **{"proposal.kinds": []})


def decided(people: Desk) -> None:
    """Without prior notice, which only a penalty needs; the lesson and the decision sealed and handed over."""
    people.approved(
        "decision-made", outcome="no_penalty", remedy_text="standard", contents=CONTENTS,
        evidence=["证据1"], sealed="yes", to_publish="no", first_violation_exemption="初次违法，危害后果轻微，已经及时改正",
    )  # fmt: skip
    people.done("education-given")
    people.write_due(TYPED)
    people.serve("no_penalty_decision", place=ADDRESS)
    people.done("case-closed", reason="no_penalty")
    people.write_due(TYPED)
    people.done("case-archived", who="archivist", by=["0102"], note="笔录和证据的原件另存纸质卷")
    people.ends_archived()


def test_a_first_violation_goes_without_penalty_and_ends_in_a_package_that_verifies(people, living, tmp_path):
    put_right(people)
    living.on("2025-03-05")
    decided(people)
    package = verified(people.window("archivist"), people.no, tmp_path)
    assert [file.suffix for file in package.evidence] == [".jpg"]
    words = {paper.stem.partition("-")[2]: text_of(paper) for paper in package.papers}
    assert "决定对当事人不予行政处罚" in words["no_penalty_decision"]
    assert (
        "津示城管不罚字〔2025〕第001号" in words["no_penalty_decision"]
        and LESSON in words["education_record"]
    )
    assert "prior_notice" not in words
