"""The commission's own year: training, outreach, disclosure, legal reviews, rule documents, meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from yifa.intake.sample.cases.parties import town_name
from yifa.intake.sample.days import working_day, working_days
from yifa.intake.sample.people import COUNSEL, DIRECTOR, PUBLIC_LAWYER

COMMUNITY_SESSIONS, DISCLOSURE_ADJUSTMENTS = 213, 148
_REGULATIONS = ("天津市生活垃圾管理条例", "天津市文明行为促进条例", "天津市市容和环境卫生管理条例")
_CATEGORIES = ("绿化管理", "市容环境卫生管理", "市政公用管理", "违法建设")
_ITEMS = (
    "办事指南",
    "权责事项",
    "执法依据",
    "执法流程",
    "检查计划",
    "处罚结果",
    "监督渠道",
    "收费标准",
    "应急预案",
    "技术标准",
)
Row = dict[str, object]


def training_rows() -> list[Row]:
    """186 attendances: one expert lecture, three attachment rounds, four case analyses, three on-site questions."""
    sessions = [(date(2021, 7, 9), "新修订行政处罚法专题授课", "专家授课", 46, 4)]
    sessions += [
        (date(2021, m, d), f"跟班实战集训第{n}期", "跟班实战", 14, 16)
        for n, (m, d) in enumerate(((4, 12), (8, 9), (10, 18)), 1)
    ]
    sessions += [
        (date(2021, m, d), f"第{n}季度案例分析", "案例分析", 14, 2)
        for n, (m, d) in enumerate(((3, 24), (6, 23), (9, 23), (12, 15)), 1)
    ]
    sessions += [
        (date(2021, m, d), f"执法现场问答第{n}场", "现场问答", 14, 2)
        for n, (m, d) in enumerate(((5, 14), (7, 23), (11, 12)), 1)
    ]
    return [
        {"日期": day, "名称": name, "形式": form, "参训人次": people, "学时": hours}
        for day, name, form, people, hours in sorted(sessions)
    ]


def outreach_rows() -> list[Row]:
    """213 community sessions over the towns, and lectures, court visits, party days and case explanations."""
    first = date(2021, 3, 6)
    rows = [
        _session(
            first + timedelta(days=n * 285 // COMMUNITY_SESSIONS),
            f"“一法一条例”进社区第{n + 1:03d}场",
            "社区宣讲",
            f"{town_name(n)}第{n // 24 + 1}社区",
            _REGULATIONS[n % 3],
            25 + n * 7 % 40,
        )
        for n in range(COMMUNITY_SESSIONS)
    ]
    others = (
        (date(2021, 12, 3), "宪法宣传周专题讲座", "专题讲座", "机关会议室", "中华人民共和国宪法", 62),
        (date(2021, 5, 28), "民法典专题讲座", "专题讲座", "机关会议室", "中华人民共和国民法典", 58),
        (date(2021, 7, 14), "新修订行政处罚法宣讲", "专题讲座", "机关会议室", "中华人民共和国行政处罚法", 64),
        (date(2021, 6, 9), "旁听行政诉讼庭审", "旁听庭审", "示例区人民法院", "中华人民共和国行政诉讼法", 18),
        (
            date(2021, 12, 2),
            "宪法宣传周旁听庭审",
            "旁听庭审",
            "示例区人民法院",
            "中华人民共和国行政诉讼法",
            20,
        ),
    )
    rows += [_session(*row) for row in others]
    rows += [
        _session(
            date(2021, month, 16),
            f"{month}月主题党日普法",
            "主题党日",
            "机关会议室",
            _REGULATIONS[month % 3],
            45,
        )
        for month in (4, 6, 7, 9, 11)
    ]
    rows += [
        _session(
            working_day(date(2021, month, 22)),
            f"以案释法：{month}月典型案例",
            "以案释法",
            town_name(month),
            _REGULATIONS[month % 3],
            30,
        )
        for month in range(3, 11)
    ]
    return sorted(rows, key=lambda row: (str(row["日期"]), str(row["名称"])))


def _session(day: date, name: str, form: str, place: str, regulation: str, audience: int) -> Row:
    return {"日期": day, "名称": name, "形式": form, "地点": place, "法规": regulation, "受众人数": audience}


def disclosure_rows() -> list[Row]:
    """148 adjustments in four categories: items added, later changed, some withdrawn; maker and checker differ."""
    days = working_days(date(2021, 2, 1), date(2021, 12, 20))
    names = [(category, f"{category}{item}") for item in _ITEMS for category in _CATEGORIES]
    steps: Iterator[tuple[str, str, str]] = (
        (category, name, operation)
        for operation in ("新增", "变更", "变更", "撤销")
        for category, name in names
    )
    rows = []
    for n, (category, name, operation) in zip(range(DISCLOSURE_ADJUSTMENTS), steps, strict=False):
        rows.append(
            {
                "类别": category,
                "名称": name,
                "操作": operation,
                "日期": days[n * len(days) // DISCLOSURE_ADJUSTMENTS],
                "审核人": "0105",
                "发布人": "0104",
            }
        )
    return rows


def legal_review_rows() -> list[Row]:
    """Four major decisions; four contracts, agreements and instruments; two normative documents."""
    reviews = (
        (date(2021, 2, 24), "重大决策", "年度市容环境综合整治实施方案", COUNSEL[0], "修改后同意"),
        (date(2021, 4, 15), "重大决策", "生活垃圾分类收运体系调整方案", COUNSEL[1], "同意"),
        (date(2021, 8, 11), "重大决策", "城区道路清扫保洁市场化方案", COUNSEL[0], "修改后同意"),
        (date(2021, 10, 20), "重大决策", "冬季供热应急保障预案", COUNSEL[1], "同意"),
        (date(2021, 3, 18), "合同", "环卫作业车辆采购合同", COUNSEL[0], "修改后同意"),
        (date(2021, 6, 22), "合同", "公园绿化养护服务合同", COUNSEL[1], "同意"),
        (date(2021, 7, 28), "协议", "桥下空间管护委托协议", COUNSEL[0], "同意"),
        (date(2021, 11, 9), "法律文书", "行政协助函及答复意见", PUBLIC_LAWYER, "同意"),
        (date(2021, 7, 1), "规范性文件", "行政处罚自由裁量基准修订稿", PUBLIC_LAWYER, "修改后同意"),
        (date(2021, 11, 17), "规范性文件", "规范性文件清理意见", PUBLIC_LAWYER, "同意"),
    )
    return [
        {"日期": day, "类型": kind, "名称": name, "审查人": reviewer, "意见": opinion}
        for day, kind, name, reviewer, opinion in sorted(reviews)
    ]


def rule_document_rows() -> list[Row]:
    """Three casework rules revised for the new Penalty Law; four disclosure rules made; a clean-up in November."""
    casework = (
        ("行政执法常用文书式样", "文书式样"),
        ("行政处罚程序规定", "程序规定"),
        ("行政处罚自由裁量基准", "裁量基准"),
    )
    disclosure = (
        "政务信息公开工作管理办法",
        "政务信息公开工作流程",
        "政务信息发布审核制度",
        "信息管理动态调整机制",
    )
    rows = [(name, kind, "制定", date(2019, 6, 3), date(2019, 7, 1)) for name, kind in casework]
    rows += [(name, kind, "修订", date(2021, 7, 12), date(2021, 7, 15)) for name, kind in casework]
    rows += [
        (name, "政务公开", "制定", date(2021, 3, 10 + n), date(2021, 4, 1))
        for n, name in enumerate(disclosure)
    ]
    rows += [
        ("户外广告设施管理若干规定", "规范性文件", "制定", date(2016, 5, 9), date(2016, 6, 1)),
        ("户外广告设施管理若干规定", "规范性文件", "保留", date(2021, 11, 24), date(2021, 11, 24)),
        ("临时占道摊点管理办法", "规范性文件", "制定", date(2013, 4, 8), date(2013, 5, 1)),
        ("临时占道摊点管理办法", "规范性文件", "废止", date(2021, 11, 24), date(2021, 11, 24)),
    ]
    return [
        {"名称": name, "类别": kind, "操作": operation, "日期": day, "生效日期": effective}
        for name, kind, operation, day, effective in rows
    ]


def meeting_rows() -> list[Row]:
    """What the first responsible person did in person, through the year."""
    meetings = [
        (date(2021, m, d), "领导小组会议", f"第{n}季度法治政府建设重点工作", "按分工落实，下次会议听取进展")
        for n, (m, d) in enumerate(((1, 20), (4, 21), (7, 21), (10, 20)), 1)
    ]
    meetings += [
        (date(2021, m, d), "听取汇报", f"{m}月法治政府建设情况汇报", "问题列入台账，限期整改")
        for m, d in ((3, 17), (6, 16), (9, 15), (12, 15))
    ]
    meetings += [
        (date(2021, m, d), "理论学习", f"{m}月法治专题学习", "结合执法工作研讨")
        for m, d in ((2, 24), (3, 31), (5, 26), (7, 13), (8, 25), (11, 24))
    ]
    meetings += [
        (date(2021, 1, 13), "部署", "年度依法行政工作要点", "列入目标管理考核"),
        (date(2021, 7, 12), "部署", "新修订行政处罚法施行准备", "三项制度性文件同步修订"),
        (date(2021, 5, 19), "督办", "案卷自查问题整改", "六月底前完成"),
        (date(2021, 8, 18), "督办", "执法记录仪使用规范", "每周抽查"),
        (date(2021, 11, 17), "督办", "政务公开动态调整", "按月核对"),
        (date(2021, 12, 29), "述职", "年度履行法治建设职责情况", "通过"),
    ]
    return [
        {"日期": day, "类型": kind, "主持人": DIRECTOR, "议题": topic, "决议": resolution}
        for day, kind, topic, resolution in sorted(meetings)
    ]
