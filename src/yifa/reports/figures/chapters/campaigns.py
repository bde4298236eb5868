"""Five figures for every campaign (专项行动) in the register: visits, premises, towns, cases, hand-overs."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.fieldwork.campaigns.models import Campaign
from yifa.reports.figures.acts import acted_by
from yifa.reports.figures.figure import Chapter, Figure, within

# The wording of the report for campaigns it names; any other campaign is called by its name in the register.
LABELS = {
    "waste_sorting.officer_visits": "垃圾分类执法检查人次",
    "under_bridge.officer_visits": "城区桥下空间环境卫生执法检查人次",
    "open_air_barbecue.premises": "“露天烧烤”规范检查户数",
    "open_air_barbecue.towns": "“露天烧烤”检查覆盖镇街数",
    "blue_sky.cases": "“蓝天保卫战”立案处罚",
    "food_safety.handovers": "食品安全百日行动移交市场监管部门的清单和报表（风险排查清单、工作报表）",
}


def campaign_figures(organ_code: str) -> list[Figure]:
    """The figures of all campaigns of an organ, campaigns in order of their code. One query."""
    campaigns = Campaign.objects.filter(organ_id=organ_code).order_by("code")
    return [figure for campaign in campaigns for figure in figures_of_campaign(campaign.code, campaign.name)]


def figures_of_campaign(code: str, name: str) -> Iterator[Figure]:
    def figure(
        part: str, label: str, definition: str, page: str, unit: str, column: str, **fixed: str
    ) -> Figure:
        return Figure(
            key=f"campaigns.{code}.{part}",
            label=LABELS.get(f"{code}.{part}", f"“{name}”{label}"),
            definition=f"专项行动“{name}”：{definition}",
            chapter=Chapter.FIRST_RESPONSIBLE,
            page=page,
            params=within(column, campaign=code, **fixed),
            unit=unit,
            campaign=name,
            until=acted_by("opening_approved") if part == "cases" else None,
        )

    yield figure(
        "officer_visits",
        "检查人次",
        "检查日期在本年度内的检查，每次检查按检查人员逐人各计一次。",
        "inspections",
        "人次",
        "on",
        per="visit",
    )
    yield figure(
        "premises",
        "检查户数",
        "检查日期在本年度内的检查所涉的不同对象，同一对象只计一户。",
        "inspections",
        "户",
        "on",
        per="object",
    )
    yield figure(
        "towns",
        "检查覆盖镇街数",
        "检查日期在本年度内有过检查的不同镇街，同一镇街只计一个。",
        "inspections",
        "个",
        "on",
        per="town",
    )
    yield figure(
        "cases", "立案处罚", "环节“立案”的日期在本年度内的案件，一案计一件。", "cases", "件", "opened"
    )
    yield figure("handovers", "移交", "移交日期在本年度内的移交，一次计一件。", "handovers", "件", "on")
