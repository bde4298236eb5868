"""Chapter one, 主要举措和成效: outreach, norms, training, the three systems (三项制度), remedies."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yifa.reports.figures.acts import acted_by
from yifa.reports.figures.figure import Chapter, Figure, plain, within

ONE = Chapter.MEASURES


def begun_by(rows: QuerySet, as_of: datetime) -> QuerySet:
    return rows.filter(started_at__lte=as_of)


def hours_and_minutes(seconds: int) -> str:
    """74100 → 20时35分; what is left under a minute is said in seconds."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}时{minutes}分" + (f"{rest}秒" if rest else "")


def gigabytes(size: int) -> str:
    """28600000000 → 28.6G, with 1G = 10^9 bytes and one decimal; under that plain bytes."""
    return f"{size / 1_000_000_000:.1f}G" if size >= 100_000_000 else f"{plain(size)}字节"


OUTREACH = Figure(
    key="outreach.community_sessions",
    label="深入社区宣讲“一法一条例”场次",
    definition="活动日期在本年度内、形式为社区宣讲的普法活动，一场计一次。",
    chapter=ONE,
    page="outreach",
    params=within("on", form="community_session"),
    unit="场次",
)
NORMS = Figure(
    key="norms.casework_rules_revised",
    label="随新修订行政处罚法调整的制度性文件（文书式样、程序规定、裁量基准）",
    definition="操作日期在本年度内、操作为修订、类别为文书式样或程序规定或裁量基准的制度文件，同一名称只计一部。",
    chapter=ONE,
    page="rule-documents",
    params=within(
        "on",
        category="document_templates,procedure_rules,discretion_benchmarks",
        operation="revised",
        per="name",
    ),
    unit="部",
)
TRAINING = [
    Figure(
        key="training.expert_lectures",
        label="专家讲座",
        definition="培训日期在本年度内、形式为专家授课的培训，一场计一次。",
        chapter=ONE,
        page="trainings",
        params=within("on", form="expert_lecture"),
        unit="次",
    ),
    Figure(
        key="training.attachment_rounds",
        label="实战跟班集训",
        definition="培训日期在本年度内、形式为跟班实战的培训，一场计一次。",
        chapter=ONE,
        page="trainings",
        params=within("on", form="attached_practice"),
        unit="次",
    ),
    Figure(
        key="training.attendances",
        label="参训人次",
        definition="培训日期在本年度内的全部培训（不论形式）的参训人次之和。",
        chapter=ONE,
        page="trainings",
        params=within("on"),
        unit="人次",
        total="attendances",
    ),
]
RECORDINGS = [
    Figure(
        key="recordings.permanent.items",
        label="存入采集站并永久保存的行政处罚执法事项",
        definition="开始时间在本年度内、保存期限为永久的执法记录，一条计一项。",
        chapter=ONE,
        page="recordings",
        params=within("started", retention="permanent"),
        until=begun_by,
        unit="条",
    ),
    Figure(
        key="recordings.permanent.seconds",
        label="执法全过程记录时长（{shown}）",
        definition="开始时间在本年度内、保存期限为永久的执法记录的时长之和，以秒计。",
        chapter=ONE,
        page="recordings",
        params=within("started", retention="permanent"),
        until=begun_by,
        unit="秒",
        total="seconds",
        shown=hours_and_minutes,
    ),
    Figure(
        key="recordings.permanent.bytes",
        label="存储容量（{shown}，1G = 10^9 字节）",
        definition="开始时间在本年度内、保存期限为永久的执法记录的大小之和，以字节计（1G 为 10 的 9 次方字节）。",
        chapter=ONE,
        page="recordings",
        params=within("started", retention="permanent"),
        until=begun_by,
        unit="字节",
        total="bytes",
        shown=gigabytes,
    ),
]
CASES = [
    Figure(
        key="cases.ordinary.opened",
        label="一般程序行政处罚案件（立案）",
        definition="普通程序案件中，环节“立案”的日期在本年度内的案件，一案计一件。",
        chapter=ONE,
        page="cases",
        params=within("opened", procedure="ordinary"),
        until=acted_by("opening_approved"),
        unit="件",
    ),
    Figure(
        key="cases.ordinary.closed",
        label="一般程序行政处罚案件（结案）",
        definition="普通程序案件中，环节“结案”的日期在本年度内的案件，一案计一件。",
        chapter=ONE,
        page="cases",
        params=within("act", act="case_closed", procedure="ordinary"),
        until=acted_by("case_closed"),
        unit="件",
    ),
]


def posted(key: str, label: str, channel: str, channel_label: str) -> Figure:
    """Distinct cases that went through one channel; a case has at most one posting a channel."""
    return Figure(
        key=key,
        label=label,
        definition=f"报送日期在本年度内、渠道为{channel_label}的案件，同一案件只计一件。",
        chapter=ONE,
        page="postings",
        params=within("on", channel=channel),
        unit="件",
    )


POSTINGS = [
    posted(
        "exchange.supervision_platform.cases",
        "录入市行政执法监督平台的案件",
        "supervision_platform",
        "行政执法监督平台",
    ),
    posted(
        "exchange.credit_platform.cases", "录入区信用信息管理平台的案件", "credit_platform", "信用信息平台"
    ),
    posted("publicity.cases", "公示的案件", "portal", "门户"),
]


def dispute(key: str, label: str, kind: str) -> Figure:
    return Figure(
        key=key,
        label=label,
        definition=f"提起日期在本年度内的{label.removesuffix('案件')}，一次计一件。",
        chapter=ONE,
        page="disputes",
        params=within("filed", kind=kind),
        unit="件",
    )


REMEDIES = [
    dispute("remedies.reconsideration", "行政复议案件", "reconsideration"),
    dispute("remedies.litigation", "行政诉讼案件", "litigation"),
]
FIGURES = [OUTREACH, NORMS, *TRAINING, *RECORDINGS, *CASES, *POSTINGS, *REMEDIES]
