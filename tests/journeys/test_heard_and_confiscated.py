"""A whole case: goods seized, a hearing held, reviewed twice, decided by the committee, goods confiscated; its package verified."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import FIRST_DAY
from tests.journeys.desk import BOTH, CONTENTS, TOLD, fill
from tests.journeys.joining import WholeOrgan, minute, press
from tests.journeys.packages import verified
from tests.journeys.serving import Installation
from yifa.casework.evidence.tests import samples

pytestmark = pytest.mark.journey
HEARD_ON, PAID_ON = "2025-03-13", "2025-03-18"
PLACE = "示例区示例路18号"
POINTS = ("subject", "procedure", "facts", "law", "powers", "papers", "crime")
FACTS = ["在禁止区域内露天烧烤食品", "使用木炭烤炉两台"]
STALL = {
    "procedure": "ordinary", "matter": "M046", "source": "complaint", "party_kind": "sole_trader", "party_name": "示例区老炭烧烤店",
    "place": f"{PLACE}门前便道", "facts": "\n".join(FACTS),
}  # fmt: skip
IN_PACKAGE = (
    "seizure_decision", "seizure_release", "goods_handling", "hearing_record", "legal_review_opinion", "deliberation_record",
    "penalty_decision",
)  # fmt: skip
SCENE = {
    "told_rights": "yes",
    "list_delivered": "yes",
    "certificate_shown": "yes",
    "party_present": "yes",
    "heard": "yes",
    "signed": "yes",
}
PENALTY = {"kinds": ["fine", "confiscation_of_property"], "fine": "5000"}


@pytest.fixture
def organ(browser: Browser, living: Installation) -> Iterator[WholeOrgan]:
    people = WholeOrgan(browser, living.site)
    people.installation = living
    yield people
    people.close()


def penalty(of: str) -> dict:
    return {f"{of}.{name}": value for name, value in PENALTY.items()}


def opened(organ: WholeOrgan) -> None:
    for who, staff_no in {"second": "0202", "deputy2": "0002", "deputy3": "0003", "deputy4": "0004"}.items():
        organ.join(who, staff_no)
    organ.lead(**STALL)
    organ.approved("opening-approved")
    organ.approved("handlers-assigned", handlers=BOTH)
    organ.paper("service_address_confirm", 送达地址=PLACE)
    organ.done("scene-recorded", certificate_shown="yes", signed="yes")
    organ.evidence(
        "现场照片.png", samples.png(120, 64), "image/png", evidence_kind="documentary", proves=FACTS
    )
    organ.evidence("询问录音.wav", samples.wav(), "audio/wav", evidence_kind="audio_visual", proves=FACTS[:1])
    page = organ.at("second", "evidence/5/")
    press(page, "核验：我看过，与来源一致")
    expect(page.get_by_role("heading", name="核验已记录：文件与入库时一致")).to_be_visible()
    organ.done("interview-recorded", certificate_shown="yes", signed="yes")


def listed(organ: WholeOrgan, *things: dict[str, str]) -> None:
    for thing in things:
        page = organ.at("handler", "measures/")
        page.locator("summary", has_text="登记一件物品").last.click()
        form = page.locator("form:has([value=list])").last
        for name, value in thing.items():
            form.locator(f"[name={name}]").fill(value)
        form.locator("[value=list]").click()
        expect(page.get_by_text("已登记到清单")).to_be_visible()


def seized(organ: WholeOrgan) -> None:
    """Two grills and their coal are seized, the counter is sealed up; each with its papers, handed over."""
    reasons = {
        "强制措施理由": "当事人拒不停止露天烧烤，防止转移证据",
        "强制措施依据": "大气污染防治法第三十条",
        "住址": PLACE,
    }
    organ.approved("measure-ordered", measure="seizure", items="木炭烤炉2台\n木炭3箱", **SCENE)
    listed(
        organ,
        {
            "name": "木炭烤炉",
            "specification": "1.2米",
            "quantity": "2台",
            "condition": "使用过",
            "place": "执法仓库1号",
        },
        {"name": "木炭", "quantity": "3箱", "condition": "完好", "place": "执法仓库1号"},
    )
    organ.paper("seizure_approval", **{key: reasons[key] for key in ("强制措施依据", "强制措施理由")})
    organ.paper("seizure_decision", 住址=PLACE)
    organ.paper("seizure_list")
    organ.paper("seizure_record")
    organ.serve("seizure_decision")
    organ.approved("measure-ordered", measure="sealing_up", items="冰柜1台", **SCENE)
    listed(organ, {"name": "冰柜", "quantity": "1台", "condition": "完好", "place": PLACE})
    for form in ("seizure_approval", "seizure_decision", "seizure_list", "seizure_record"):
        organ.paper(form)
    organ.serve("seizure_decision")


def recorded(organ: WholeOrgan) -> None:
    """The recording of each measure, without a gap. A measure without one does not let the case be closed."""
    page = organ.at("handler", "do/recording-linked/")
    measures = page.locator("select[name=event] option", has_text="查封扣押")
    for event in [one.get_attribute("value") for one in measures.all()]:
        organ.done(
            "recording-linked", event=event, start=f"{FIRST_DAY}T00:00:00", end=f"{FIRST_DAY}T{minute()}:00", device="执法记录仪07",
            officers=BOTH, continuous="yes", retention="永久",
        )  # fmt: skip


def told(organ: WholeOrgan) -> None:
    organ.done("correction-ordered", due_on="2025-03-03")
    organ.paper("correction_order", 改正内容="立即停止露天烧烤", 机关电话="022-00000000")
    organ.serve("correction_order")
    organ.done("correction-rechecked", corrected="yes", refused="no")
    organ.done("investigation-closed", tier="ordinary", **penalty("proposal"))
    organ.paper("investigation_report")
    organ.paper("prior_notice", 处罚理由="当事人在禁止区域内露天烧烤，事实清楚。", 机关电话="022-00000000")
    organ.paper("hearing_right_notice")
    organ.serve("prior_notice")
    organ.serve("hearing_right_notice")
    organ.done("prior-notice-served", contents=TOLD, hearing_right_told="yes", mode="direct")
    organ.done("hearing-requested")


def heard(organ: WholeOrgan) -> None:
    page = organ.at("handler", "hearing/")
    fill(
        page,
        {
            "hearing_on": HEARD_ON,
            "hearing_at": minute(),
            "place": "二楼听证室",
            "presided_by": "0103",
            "recorder": "0105",
            "participants": "当事人：周示例\n代理人：吴示例",
        },
    )
    expect(page.locator("#day")).to_contain_text("可以")
    press(page, "安排听证")
    press(page, "制作 听证通知书")
    organ.finished("hearing_notice")
    organ.serve("hearing_notice")
    expect(page.locator("main .banner a")).to_have_attribute("href", f"/desk/cases/{organ.no}/hearing/")


def hearing_day(organ: WholeOrgan) -> None:
    page = organ.at("handler", "hearing/")
    page.locator("main a[href*='/hearings/']").first.click()
    press(page, "记录：今天已通知当事人")
    expect(page.get_by_text("听证通知已经记入案卷")).to_be_visible()
    address = page.url.split("?")[0]
    organ.installation.on(HEARD_ON)
    page = organ.window("presiding")
    page.goto(address)
    for line in (
        {"side": "presiding", "speaker": "罗思齐", "words": "核对身份，宣布听证纪律，询问是否申请回避。"},
        {"side": "handler", "speaker": "江海涛", "words": "现场查获木炭烤炉两台。", "evidence": ["证据1"]},
        {"side": "party", "speaker": "周示例", "words": "烤炉只用了一晚，罚款过重。", "point": "yes"},
        {"side": "agent", "speaker": "吴示例", "words": "木炭不是作案工具，应当退还。", "point": "yes"},
    ):
        fill(page, line)
        press(page, "记入笔录")
    for signer, name in (("party", "周示例"), ("agent", "吴示例")):
        fill(page, {"signer": signer, "name": name, "outcome": "signed"})
        press(page, "记录签名情况")
    press(page, "结束听证并记录")
    expect(page.get_by_text("听证已经结束")).to_be_visible()
    page.fill("[name=report]", "事实清楚，证据充分，当事人关于木炭的意见不成立，建议维持拟处罚。")
    press(page, "提交听证报告")
    press(page, "制作 听证笔录")
    organ.finished("hearing_record", "presiding")
    page.goto(address)
    press(page, "制作 听证报告")
    organ.finished("hearing_report", "presiding")
    page = organ.at("handler", "statement/")
    controls = {
        "result.1": "rejected",
        "reason.1": "罚款在裁量幅度以内，情节一般。",
        "result.2": "rejected",
        "reason.2": "木炭用于违法经营。",
    }
    fill(page, controls)
    press(page, "记录复核结果")
    organ.paper("defence_record")
    organ.paper("defence_review")


def reviewed_twice(organ: WholeOrgan) -> None:
    """Returned on one point tied to the evidence, cured, submitted again, agreed to."""
    page = organ.at("handler", "propose/legality-reviewed/")
    press(page, "送审")
    desk = organ.window("reviewer")
    desk.goto("/desk/reviews/")
    desk.get_by_role("link", name=organ.no).first.click()
    for key in POINTS:
        desk.check(f"[name='verdict.{key}'][value={'fail' if key == 'facts' else 'pass'}]")
    desk.fill("[name='words.facts']", "缺少烤炉称重照片")
    desk.locator("details:has([name='tie.facts.1']) summary").click()
    desk.select_option("[name='tie.facts.1']", index=1)
    press(desk, "退回补正")
    page.goto("/desk/")
    page.locator("tr", has_text="被退回").get_by_role("link").first.click()
    organ.evidence(
        "称重照片.png", samples.png(90, 32), "image/png", evidence_kind="physical", proves=FACTS[1:]
    )
    page.goto("/desk/")
    page.locator("tr", has_text="被退回").get_by_role("link").first.click()
    page.get_by_role("link", name="修改后重新提交").click()
    press(page, "送审")
    desk.goto("/desk/reviews/")
    desk.get_by_role("link", name=organ.no).first.click()
    expect(desk.locator("main")).to_contain_text("缺少烤炉称重照片")
    for key in POINTS:
        desk.check(f"[name='verdict.{key}'][value=pass]")
    desk.check("[name=opinion][value=agree]")
    address = desk.url
    press(desk, "出具审核意见")
    expect(desk).to_have_url(re.compile(r"\?recorded=\d+$"))
    desk.goto(address)
    press(desk, "制作法制审核意见书")
    organ.finished("legal_review_opinion", "reviewer")


def met(organ: WholeOrgan) -> None:
    """A meeting of five: one recuses himself, one dissents, the chair votes last; the minutes are signed by all."""
    head = organ.window("head")
    head.goto("/desk/committee/new/")
    fill(
        head,
        {
            "starts_at": f"{HEARD_ON}T{minute()}",
            "place": "二楼会议室",
            "chaired_by": "0001",
            "members": ["0001", "0002", "0003", "0004", "0104"],
        },
    )
    press(head, "召集会议")
    fill(head, {"case_no": organ.no, "question": "罚款五千元并没收烤炉、木炭是否适当"})
    press(head, "列入议程")
    address = head.url.split("?")[0]
    recusing = organ.window("deputy4")
    recusing.goto(address)
    recusing.get_by_role("link", name=re.compile("案情材料")).click()
    recusing.goto(address)
    recusing.locator("summary", has_text="申请回避本案").click()
    recusing.fill("[name='reason.1']", "当事人是我的亲属")
    press(recusing, "申请回避")
    members = ("deputy2", "deputy3", "committee", "head")
    for who in members:
        organ.window(who).goto(address)
        press(organ.window(who), "我已到会，签到")
    press(head, "宣布讨论本案")
    discussed = head.url
    for who in members:
        page = organ.window(who)
        page.goto(discussed)
        vote = "against" if who == "deputy3" else "for"
        fill(page, {"vote": vote, "vote_reason": "罚款偏重" if who == "deputy3" else "事实清楚，裁量适当"})
        press(page, "提交我的表决")
    head.get_by_role("button", name=re.compile("^确认结果并记录")).click()
    expect(head).to_have_url(re.compile(r"\?recorded=\d+$"))
    head.goto(address)
    press(head, "提交纪要")
    for who in members:
        page = organ.window(who)
        page.goto(address)
        if who == "deputy3":
            fill(page, {"choice": "objected", "words": "保留罚款偏重的意见"})
        else:
            fill(page, {"choice": "confirmed"})
        press(page, "签字")
    expect(page.locator("main")).to_contain_text("已结束")
    organ.paper("deliberation_record")


def decided(organ: WholeOrgan) -> None:
    organ.paper("decision_approval")
    organ.approved(
        "decision-made",
        contents=[*CONTENTS, "payee"],
        outcome="penalty",
        tier="ordinary",
        leniency="none",
        evidence=["证据1", "证据2", "证据3"],
        sealed="yes",
        to_publish="yes",
        remedy_text="standard",
        number="",
        first_violation_exemption="当事人拒不停止，不适用",
        **penalty("penalty"),
    )
    page = organ.at("handler", "documents/")
    page.select_option("select[name=form]", "penalty_decision")
    press(page, "按案件记录填写")
    organ.finished("penalty_decision", 履行方式和期限="罚款按下列方式缴纳；没收的物品由本机关依法处理。")
    organ.serve(
        "penalty_decision",
        mode="postal",
        **{"earlier.direct": "两次上门，店铺停业无人签收"},
        receiver_kind="party",
    )
    page = organ.window("handler")


def disposed(organ: WholeOrgan) -> None:
    """The grills and the coal are confiscated, the counter is given back; each measure ends from its own place."""
    for measure, outcome in (("扣押 1", "confiscated"), ("查封 2", "returned")):
        page = organ.at("handler", "measures/")
        page.locator("section", has=page.get_by_role("heading", name=measure)).get_by_role(
            "link", name="解除查封扣押"
        ).click()
        assert page.input_value("[name=id]") == measure[-1]
        fill(page, {"by": BOTH, "outcome": outcome})
        press(page, "记录“解除查封扣押”")
    page = organ.at("handler", "measures/")
    expect(page.locator("tr", has_text="木炭烤炉")).to_contain_text("没收")
    row = page.locator("tr", has_text="冰柜")
    row.locator("summary").click()
    row.locator("[name=returned_to]").fill("周示例")
    row.get_by_role("button").click()
    expect(page.get_by_text("已记录退还")).to_be_visible()
    organ.paper("seizure_release", 解除理由="案件已经处理，不再需要查封")
    organ.serve("seizure_release")
    organ.paper("goods_handling", 监督人="常远航", 处理意见="烤炉、木炭依法没收，按罚没物品统一处理")


def published(organ: WholeOrgan) -> None:
    organ.done(
        "publicity-posted",
        who="clerk",
        by=["0105"],
        channel="portal",
        made_by="0201",
        redacted="yes",
        text="露天烧烤，罚款五千元，没收烤炉和木炭",
    )


def paid(organ: WholeOrgan) -> None:
    """The bank's file brings the fine, matched by the number the decision was given when it was sealed."""
    number = (
        organ.at("handler", f"documents/{organ.made['penalty_decision']}/")
        .locator("dd", has_text="罚决")
        .first.inner_text()
    )
    number = re.search(r"\S+罚决字〔\d+〕第\d+号", number)[0]
    organ.installation.on(PAID_ON)
    page = organ.window("handler")
    page.goto("/desk/execution/files/new/")
    book = f"决定书文号,金额,日期,流水号\n{number},5000.00,{PAID_ON},20250318000001\n".encode()
    page.set_input_files("[name=book]", {"name": "缴款.csv", "mimeType": "text/csv", "buffer": book})
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def closed(organ: WholeOrgan) -> None:
    organ.done("case-closed", reason="performed")
    organ.write_due({})
    organ.done("case-archived", who="archivist", by=["0102"])
    organ.ends_archived()


def test_a_case_is_heard_decided_by_the_committee_and_its_goods_confiscated(organ, tmp_path):
    for stage in (
        opened,
        seized,
        recorded,
        told,
        heard,
        hearing_day,
        reviewed_twice,
        met,
        decided,
        disposed,
        published,
        paid,
        closed,
    ):
        stage(organ)
    found = verified(organ.window("handler"), organ.no, tmp_path)
    names = " ".join(one.name for one in found.papers)
    missing = [form for form in IN_PACKAGE if form not in names]
    assert not missing, names
