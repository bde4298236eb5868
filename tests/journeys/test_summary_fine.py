"""A fine on the spot (简易程序) in the browser: from the lead to the package of its dossier, with its papers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.desk import CONTENTS, DECISION, TOLD, Desk
from tests.journeys.packages import text_of, verified
from tests.journeys.pictures import photograph
from tests.journeys.serving import Installation

pytestmark = pytest.mark.journey
FINE = {"penalty.kinds": ["fine"], "penalty.fine": "100"}


@pytest.fixture
def people(browser: Browser, living: Installation) -> Iterator[Desk]:
    made = Desk(browser, living.site)
    yield made
    made.close()


def on_the_spot(people: Desk) -> None:
    """The act, its proof, what was told, the decision; its paper printed, sealed and handed over."""
    people.lead(procedure="summary", party_name="赵示例", party_kind="citizen")
    picture = photograph(people.staff.browser, "2025-03-03 示例路9号")
    people.evidence("现场.jpg", picture, "image/jpeg", evidence_kind="documentary")
    people.done("scene-recorded", certificate_shown="yes", signed="yes")
    people.done("correction-ordered", due_on=people.today())
    people.done("prior-notice-served", contents=TOLD, hearing_right_told="no", mode="direct", **FINE)
    people.done("statement-waived")
    people.done(
        "summary-decision-made", remedy_text="reconsideration_first", contents=[*CONTENTS, "payee"],
        numbered_form="yes", handed_over="yes", signed="yes", **{**DECISION, "to_publish": "yes"},
    )  # fmt: skip
    people.paper("onsite_record", 当事人意见="没有意见。")
    people.paper("correction_order", 改正内容="立即清除丢弃的废弃物。", 机关电话="022-00000000")
    people.paper("summary_decision", 住址="示例区示例路1号")
    for form in ("correction_order", "summary_decision"):
        people.serve(form, place="示例路9号")


def settled(people: Desk) -> None:
    """Filed, paid at the bank, told to the public."""
    people.done("summary-decision-filed")
    people.done("fine-collected", collector="bank", receipt="A901")
    people.paper("summary_filing")
    people.done(
        "publicity-posted", who="clerk", by=["0105"], channel="portal", made_by="0201", redacted="yes",
        text="赵某某乱扔废弃物，罚款100元。",
    )  # fmt: skip


def test_a_fine_on_the_spot_ends_in_a_package_that_verifies(people, living, tmp_path):
    on_the_spot(people)
    living.on("2025-03-05")
    settled(people)
    people.done("case-closed", reason="performed")
    while "service_receipt" in people.due_papers():
        people.paper("service_receipt")
    assert people.due_papers() == []
    people.done("case-archived", who="archivist", by=["0102"], note="笔录和证据的原件另存纸质卷")
    people.ends_archived()
    package = verified(people.window("archivist"), people.no, tmp_path)
    assert [file.suffix for file in package.evidence] == [".jpg"]
    decision = next(text_of(paper) for paper in package.papers if "summary_decision" in paper.name)
    assert "津示城管当罚字〔2025〕第001号" in decision and "（人民币壹佰元整）" in decision
