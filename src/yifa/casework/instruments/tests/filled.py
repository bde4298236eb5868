"""All sixty papers of one invented case, filled as an officer would and sealed: what is looked at and what LibreOffice opens."""

from __future__ import annotations

from datetime import date
from typing import Any

from yifa.casework.cases.actions import History, record_histories
from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.casework.instruments import actions, approving
from yifa.casework.instruments.models import Instrument
from yifa.casework.instruments.queries import reading
from yifa.casework.instruments.tests.factories import ACTOR, CONTENTS, STATED, event
from yifa.law.forms.composing import empty
from yifa.law.forms.definitions import columns, definitions, used
from yifa.law.forms.language import parse
from yifa.ledger.actions import Actor

DAY = date(2021, 11, 30)
PENALTY = {"kinds": ["fine", "confiscation_of_gains"], "fine_fen": 3_050_000, "confiscation_fen": 128_050}
FACTS = [
    "未经批准在示例路1号门前人行道上搭建钢结构棚架一处，长6.2米，宽3.1米，占用人行道19.22平方米",
    "在棚架内经营早点，收取营业款1,280.50元",
    "2021年8月20日收到责令限期改正通知书后逾期没有拆除",
]
EVIDENCE = (
    ("scene_transcript", "2021-08-03", "棚架的位置、长宽和占用人行道的面积"),
    ("audio_visual", "2021-08-03", "现场勘验、送达责令限期改正通知书的全过程"),
    ("electronic_data", "2021-08-03", "现场照片12张，证明棚架的结构、材料和用途"),
    ("party_statement", "2021-08-04", "当事人承认搭建棚架没有经过批准，说明搭建时间、费用和经营收入"),
    ("witness_testimony", "2021-08-05", "相邻商户证明棚架于2021年8月2日搭建"),
    ("documentary", "2021-08-06", "营业执照、租赁合同、收款记录，证明经营主体和违法所得"),
    ("physical", "2021-08-06", "棚架构件样品2件"),
    ("expert_opinion", "2021-08-20", "棚架没有基础连接，遇大风存在倒塌的危险"),
)
HEAD: dict[str, Any] = {
    **make.HEAD,
    "matter": "M007",
    "party": {"kind": "sole_trader", "name": "示例区小李早点铺（经营者李示例）"},
    "violation": {
        "place": "示例区示例路1号门前人行道", "territory": "120199", "began_on": "2021-08-02", "ended_on": "2021-08-31",
        "discovered_on": "2021-08-02", "harm": "slight", "facts": FACTS,
    },
}  # fmt: skip


def whole_case() -> Case:
    """A case in which everything the forms can tell has happened; no real case has all of it."""
    owner = make.organ()
    make.people(owner)
    record_histories(organ=owner, histories=[History(HEAD, [*_before(), *_after()])], actor=ACTOR)
    return Case.objects.get(organ=owner)


def _before() -> list[dict[str, Any]]:
    shown = {"certificate_shown": True, "signed": "yes"}
    return [
        make.lead(),
        make.opening(),
        event("2021-08-03T10:00:00", "handlers_assigned", ["0301"], handlers=["0101", "0102"]),
        event("2021-08-03T11:00:00", "recusal_requested", [], person="0102", by_party=True, reason="被申请人是相邻商户的亲属"),
        event("2021-08-03T14:00:00", "recusal_decided", ["0301"], person="0102", granted=False, decided_by="0301"),
        event("2021-08-03T15:00:00", "scene_recorded", **shown),
        event("2021-08-03T16:00:00", "preservation_ordered", id="p1", approved_by="0301", items=["电烤箱", "折叠桌椅"]),
        event("2021-08-04T09:00:00", "interview_recorded", **shown),
        *(
            event(f"{on}T17:00:00", "evidence_added", id=str(n), evidence_kind=kind, verified=True, lawful_source=True, proves=[proves])
            for n, (kind, on, proves) in enumerate(EVIDENCE, start=1)
        ),
        event(
            "2021-08-06T15:00:00", "measure_ordered", id="m1", measure="seizure", approved_by="0301", items=["钢结构棚架构件", "彩钢板"],
            told_rights=True, list_delivered=True, certificate_shown=True, party_present=True, heard=True, signed="yes",
        ),
        event("2021-08-10T09:00:00", "preservation_disposed", id="p1", outcome="returned"),
        event("2021-08-20T09:00:00", "correction_ordered", due_on="2021-08-30"),
        event("2021-08-31T09:00:00", "correction_rechecked", corrected=False),
        event("2021-09-02T09:00:00", "investigation_closed", tier="ordinary", proposal=PENALTY),
    ]  # fmt: skip


def _after() -> list[dict[str, Any]]:
    return [
        event("2021-09-06T09:00:00", "prior_notice_served", penalty=PENALTY, contents=CONTENTS, hearing_right_told=True, mode="direct"),
        event("2021-09-07T09:00:00", "statement_made", [], points=["1", "2"]),
        event("2021-09-08T09:00:00", "statement_reexamined", ["0201"], results={"1": "adopted", "2": "rejected"}),
        event("2021-09-08T10:00:00", "hearing_requested", []),
        event("2021-09-09T09:00:00", "hearing_notified", ["0201"], hearing_on="2021-09-23"),
        event("2021-09-23T09:00:00", "hearing_held", ["0201"], presided_by="0201", evidence=["1", "2", "4"], transcript_signed=True),
        event("2021-09-26T09:00:00", "legality_reviewed", ["0201"], opinion="agree"),
        event(
            "2021-09-28T09:00:00", "deliberated", ["0301"], members=["0301", "0201", "0101"], chaired_by="0301",
            votes={"0301": "for", "0201": "for", "0101": "abstain"},
        ),
        event("2021-10-20T09:00:00", "handling_extended", ["0301"], days=30, approved_by="0301", deliberated=True),
        event(
            "2021-10-29T09:00:00", "decision_made", ["0101", "0102"], outcome="penalty", penalty=PENALTY, tier="ordinary", approved_by="0301",
            evidence=[str(n + 1) for n in range(len(EVIDENCE))], contents=STATED, sealed=True, remedy_text="standard",
        ),
        event("2021-11-01T09:00:00", "instrument_served", ["0101", "0102"], instrument="penalty_decision", mode="direct"),
        event("2021-11-02T09:00:00", "measure_lifted", id="m1", outcome="returned"),
        event("2021-11-03T09:00:00", "education_given"),
        event("2021-11-05T09:00:00", "deferral_approved", ["0301"], applied=True, approved_by="0301", due_on="2022-01-31"),
        event("2021-11-20T09:00:00", "additional_fine_charged", amount_fen=91_500, until_on="2021-11-20"),
        event("2021-11-22T09:00:00", "demand_served"),
        event("2021-11-26T09:00:00", "fine_collected", [], collector="bank", amount_fen=1_000_000, receipt="收据0001"),
        event("2021-11-29T09:00:00", "judicial_transfer_decided", ["0301"], approved=True),
        event("2021-11-30T09:00:00", "case_closed", ["0301"], reason="performed"),
    ]  # fmt: skip


LONG = {
    "管辖说明": "违法行为发生在本区，属于本机关职权范围，没有移交街道办理。",
    "时效审查": "违法行为于2021年8月2日被发现，没有超过追责时效。",
    "处理意见": "经核实线索属实，建议立案调查。",
    "不予立案理由": "经核查，线索反映的地点不在本机关管辖范围，已告知提供人向有管辖权的机关反映。",
    "反馈情况": "2021年8月4日电话反馈提供人，提供人没有异议。",
    "处罚理由": "当事人未经批准搭建棚架，占用人行道，妨碍行人通行，并且逾期没有改正。",
    "履行方式和期限": "自收到本决定书之日起15日内缴纳罚款和违法所得；自行拆除棚架，恢复人行道原状。",
    "测量数据": "棚架东西长6.2米，南北宽3.1米，高2.8米；人行道剩余通行宽度0.9米。",
    "当事人意见": "以上记录属实，没有意见。",
    "图示内容": "棚架北侧紧邻店铺外墙，南侧距路缘石0.9米，东侧距行道树1.5米。",
    "更正情况": "第二问中“三米”更正为“3.1米”。",
    "携带材料": "营业执照、经营者身份证、租赁合同、2021年8月以来的收款记录。",
    "保存理由": "证据可能被转移，以后难以取得",
    "委托事项": "棚架的连接方式是否符合安全要求，有无倒塌的危险。",
    "检测结果": "棚架立柱没有与基础连接，遇八级以上大风存在整体倒塌的危险。",
    "内容说明": "现场照片12张，拍摄棚架四面、立柱底部、占用人行道的情况；录像一段，时长14分20秒，记录勘验的全过程。",
    "改正内容": "拆除搭建的棚架，清运构件，恢复人行道原状。",
    "不履行后果": "将依法作出处罚或者依法强制拆除。",
    "申辩意见": "一、棚架面积包含店铺原有雨棚，应当扣除。二、受疫情影响经营困难，请求从轻处理。",
    "听证参加人": "当事人李示例，委托代理人王示例；调查人员甲一、甲二；记录人丁一。",
    "最后陈述": "当事人：同意拆除，请求从轻处罚。调查人员：建议按照告知的内容处罚。",
    "听证意见": "事实清楚，证据确实充分，适用依据正确，程序合法，建议按照拟处罚内容作出决定。",
    "不予处罚理由": "违法行为轻微，当事人当日自行拆除并恢复原状，没有造成危害后果。",
    "不予处罚依据": "《中华人民共和国行政处罚法》第三十三条第一款",
    "教育内容": "讲解道路两侧和公共场地搭建的管理规定，说明占用人行道的危险，要求今后先办理审批。",
    "承诺": "今后不再擅自搭建，自觉维护门前秩序。",
    "拒收事由": "受送达人称对处罚不服，拒绝签收。",
    "公告事由": "受送达人下落不明",
    "已试送达方式": "2021年11月1日、11月8日两次直接送达，店铺已经关闭；11月10日邮寄送达，因查无此人退回。",
    "公告内容": "行政处罚决定书。主要内容：罚款30,500元，没收违法所得1,280.50元。",
    "强制措施理由": "棚架存在倒塌危险，需要防止危险发生并固定证据",
    "强制措施依据": "《中华人民共和国行政强制法》第二十二条和有关法规的规定",
    "延长理由": "案情复杂，检测鉴定尚未完成",
    "解除理由": "已经作出处理决定，不再需要扣押",
    "申请理由": "疫情期间停业，经营困难，已提交停业证明和收入证明",
    "执行方式": "组织人员拆除棚架，清运构件，恢复人行道原状。",
    "执行理由": "当事人没有正当理由。",
    "执行依据": "《中华人民共和国行政强制法》第五十条",
    "执行经过": "9时到场，宣读决定书；9时20分开始拆除，11时拆除完毕；11时30分清运完毕，人行道恢复原状。全过程录像。",
    "申请执行事项": "一、缴纳罚款20,500元（人民币贰万零伍佰元整）。二、缴纳加处罚款915元（人民币玖佰壹拾伍元整）。",
    "移送理由": "该行为不属于我机关职权范围。",
    "物品处理情况": "扣押的构件已经返还当事人。",
    "撤案理由": "经调查，棚架在建设工程规划许可范围以内，违法事实不能成立。",
    "备考说明": "本卷文书齐全，没有缺页、破损。音像资料光盘一张存卷内袋。",
    "检查依据": "天津市市容和环境卫生管理条例",
    "检查结果": "发现门前搭建棚架一处，已经记录并告知负责人；其他事项没有发现问题。",
    "协助事项": "提供示例路1号门前地块的规划审批情况和道路红线图。",
}  # fmt: skip

SHORT = {
    "提供人": "热线转办（保密）", "证件号码": "120199200001010015", "法定代表人": "李示例", "住址": "示例区示例街道示例路1号", "联系电话": "022-00000000",
    "电子邮箱": "sample@example.com", "照片编号": "DSC0001—DSC0012", "方向和比例": "上北下南，1∶100", "绘图人": "甲二",
    "被询问人身份": "经营者", "记录人": "甲二", "到场地点": "示例区城市管理委员会302室", "机关电话": "022-11111111", "保存地点": "示例区城市管理委员会物品仓库",
    "保管人": "丁二", "受委托机构": "示例建筑检测中心", "机构资质": "检验检测机构资质认定证书000000", "异议期限": "5日", "制作设备": "执法记录仪BWC-0001",
    "制作人": "甲一", "原件存放处": "音像资料存储系统，编号R-2021-0001", "完整性校验值": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "送达地址": "示例区示例街道示例路1号", "电子送达同意": "同意", "申请人": "李示例", "听证时间": "9时30分", "听证地点": "示例区城市管理委员会听证室",
    "听证记录人": "丁一", "旁听席位": "20席", "审核人资格": "A20190000000000", "讨论地点": "示例区城市管理委员会第一会议室", "缺席和回避": "无缺席，无回避",
    "送达地点": "示例区示例路1号", "见证人": "示例社区居民委员会工作人员赵示例", "存放地点": "示例区城市管理委员会物品仓库", "执行时间": "2021年12月6日上午9时",
    "代履行标的": "拆除并清运示例路1号门前棚架", "代履行人": "示例清运公司", "监督人": "丁三", "受移送机关": "示例区市场监督管理局", "移送批准人": "丙一",
    "涉嫌罪名": "非法经营罪", "保管期限": "10年", "总页数": "86", "检查事项": "门前秩序和环境卫生责任", "本年检查次数": "第1次", "协助机关": "规划和自然资源局示例分局",
    "收缴情况": "当事人在银行缴纳",
}  # fmt: skip

TABLES = {
    "问答": [
        ["您的姓名、身份、与店铺的关系？", "我叫李示例，是小李早点铺的经营者。"],
        ["门前的棚架是谁搭建的，什么时间搭建的？", "是我请人搭建的，2021年8月2日上午搭好，长约6米，宽3.1米。"],
        ["搭建是否经过批准？", "没有申请，我以为门前可以搭。"],
        ["搭建后作什么用途，收入多少？", "放桌椅卖早点，到今天收了1,280.50元，有收款记录。"],
        ["您还有什么要补充？", "没有。"],
    ],
    "抽样物品": [["S01", "立柱底部连接件", "Φ60", "8件", "2件", "F0001"], ["S02", "彩钢板", "0.5mm", "12张", "1张", "F0002"]],
    "听证过程": [
        ["主持人", "现在开始听证。请调查人员提出事实、证据和处罚建议。"],
        ["调查人员甲一", "当事人未经批准搭建棚架，占用人行道19.22平方米，逾期没有改正。出示现场笔录、照片、询问笔录等八项证据。"],
        ["当事人", "对事实没有异议，请求扣除原有雨棚的面积，从轻处罚。"],
        ["调查人员甲二", "复核时已经扣除原有雨棚，面积以现场复测为准。"],
    ],
    "审核事项": [[name, "符合", ""] for name in ("主体资格和权限", "事实和证据", "适用依据", "裁量基准", "执法程序", "文书", "是否涉嫌犯罪")],
    "缴款计划": [["10,000元（人民币壹万元整）", "2021年11月30日"], ["20,500元（人民币贰万零伍佰元整）", "2022年1月31日"]],
    "附件材料": [["行政处罚决定书", "1"], ["送达回证", "2"], ["催告书", "1"], ["当事人的意见", "1"]],
    "罚没物品": [["彩钢板", "0.5mm", "12张", "拍卖", "拍卖所得上缴财政"]],
    "移送材料": [["案件调查报告", "1", "6"], ["现场笔录和照片", "1", "14"], ["询问笔录", "1", "3"]],
    "卷内目录": [[one.name, f"津示城管{one.series}字〔2021〕第001号" if one.series else "", "2021年9月1日", str(3 * n + 1)] for n, one in enumerate(list(definitions().values())[:30])],
}  # fmt: skip
MOMENTS = {
    "开始时间": "2021-08-03T15:00",
    "结束时间": "2021-08-03T15:48",
    "到场时间": "2021-08-04T09:00",
    "制作时间": "2021-08-03T15:10",
}
DATES = {
    "完成期限": "2021-08-20",
    "延长至": "2021-10-05",
    "拆除期限": "2021-12-05",
    "归档日期": "2021-12-20",
    "检查日期": "2021-08-02",
    "答复期限": "2021-08-20",
}
MONEY = {"代履行费用": 360_000}
TYPED: dict[str, Any] = {**LONG, **SHORT, **TABLES, **MOMENTS, **DATES, **MONEY}

LEFT_OPEN = {
    "保存物品": ["", "台式", "1件", "完好", "DSC0005"],
    "涉案财物": ["", "Φ60", "12件", "拆除后的旧料"],
    "保存处理": ["", "", "已经固定证据"],
    "复核意见": ["棚架面积应当扣除原有雨棚", "经现场复测", "", "复测面积为准"],
    "讨论意见": ["", "", "事实清楚，同意拟处罚内容"],
    "送达文书": ["", "津示城管罚决字〔2021〕第001号", "", ""],
}
"""Columns the record leaves open and an officer writes."""


def values_of(draft: Instrument) -> dict[str, Any]:
    """What the case filled, what an officer adds, and the columns the record leaves open."""
    fields = used(parse(draft.text, columns()), draft.definition.must)
    typed = {one.label: TYPED[one.label] for one in fields if one.label in TYPED}
    filled = {label: value for label, value in draft.fields.items() if not empty(value)}
    return {label: _completed(label, value) for label, value in {**typed, **filled}.items()}


def _completed(label: str, value: Any) -> Any:
    if label not in LEFT_OPEN:
        return value
    return [[cell or more for cell, more in zip(row, LEFT_OPEN[label], strict=True)] for row in value]


def sealed(case: Case) -> list[Instrument]:
    """All sixty, in the order of the catalogue."""
    return [sealed_as(case, form) for form in definitions()]


def sealed_as(case: Case, form: str) -> Instrument:
    draft = actions.begin(case=case, form=form, by="0101", actor=ACTOR, dated_on=DAY)
    actions.change(no=draft.no, fields=values_of(draft), dated_on=DAY, actor=ACTOR)
    need = reading(Instrument.objects.select_related("case__organ").get(no=draft.no)).need
    if need:
        approving.submit(no=draft.no, by="0101", actor=ACTOR)
        who = {"head": "0301", "reviewer": "0201"}[need.by]
        approving.approve(
            no=draft.no,
            person={"id": who, "roles": [need.by]},
            actor=Actor(f"user:{who}", need.by, ACTOR.organ),
        )
    else:
        actions.fix(no=draft.no, actor=ACTOR)
    return actions.issue(no=draft.no, actor=ACTOR)
