"""Chapter three, 第一责任人履职情况: meetings, disclosure, counsel, deliberation; campaigns have their own file."""

from __future__ import annotations

from yifa.reports.figures.acts import acted_by
from yifa.reports.figures.figure import Chapter, Figure, standing, within

THREE = Chapter.FIRST_RESPONSIBLE

MEETINGS = Figure(
    key="leadership.meetings",
    label="会议和履职记录",
    definition="日期在本年度内的会议履职记录（领导小组会议、听取汇报、理论学习、部署、督办、述职），一次计一条。",
    chapter=THREE,
    page="meetings",
    params=within("on"),
    unit="次",
)
DISCLOSURE = [
    Figure(
        key="disclosure.items_adjusted",
        label="动态调整的政务公开信息项（绿化、市容环境卫生、市政公用、违法建设四类）",
        definition="日期在本年度内、操作为新增或变更或撤销的公开事项记录，一条计一项。",
        chapter=THREE,
        page="disclosure-items",
        params=within("on"),
        unit="项",
    ),
    Figure(
        key="disclosure.rules_in_force",
        label="政务公开制度（管理办法、工作流程、发布审核、动态调整）",
        definition="类别为政务公开、在截止日（年末即12月31日）有效的制度文件：截止日及以前最后一次生效的操作不是废止，同一名称只计一项。",
        chapter=THREE,
        page="rule-documents",
        params=standing("in_force", category="disclosure", per="name"),
        unit="项",
    ),
]
COUNSEL = [
    Figure(
        key="counsel.lawyers",
        label="聘请职业律师",
        definition="角色含法律顾问、聘期（止期未填即长期）覆盖截止日（年末即12月31日）的人员，一人计一名。",
        chapter=THREE,
        page="people",
        params=standing("in_term", role="counsel"),
        unit="名",
    ),
    Figure(
        key="counsel.public_lawyers",
        label="公职律师",
        definition="角色含公职律师、聘期（止期未填即长期）覆盖截止日（年末即12月31日）的人员，一人计一名。",
        chapter=THREE,
        page="people",
        params=standing("in_term", role="public_lawyer"),
        unit="名",
    ),
    Figure(
        key="counsel.decisions_reviewed",
        label="律师审查重大决策事项",
        definition="日期在本年度内、类型为重大决策的法律审查，一件计一次。",
        chapter=THREE,
        page="legal-reviews",
        params=within("on", kind="major_decision"),
        unit="件",
    ),
    Figure(
        key="counsel.documents_reviewed",
        label="审核重要法律文书、合同、协议",
        definition="日期在本年度内、类型为合同或协议或法律文书的法律审查，一件计一次。",
        chapter=THREE,
        page="legal-reviews",
        params=within("on", kind="contract,agreement,legal_document"),
        unit="件",
    ),
]
DELIBERATED = Figure(
    key="review.deliberated",
    label="重大行政执法决定集体讨论",
    definition="环节“集体讨论”的日期在本年度内的案件，同一案件只计一件。",
    chapter=THREE,
    page="cases",
    params=within("act", act="deliberated"),
    until=acted_by("deliberated"),
    unit="件",
)
FIGURES = [MEETINGS, *DISCLOSURE, *COUNSEL, DELIBERATED]
