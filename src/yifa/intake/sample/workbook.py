"""The sample workbook: sheets and cells, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from openpyxl import Workbook

from yifa.intake.sample import governance, inspections
from yifa.intake.sample.cases.history import SampleCase
from yifa.intake.sample.cases.on_the_spot import summary_cases
from yifa.intake.sample.cases.parties import Parties
from yifa.intake.sample.cases.year import ordinary_cases
from yifa.intake.sample.days import Diary
from yifa.intake.sample.people import PEOPLE
from yifa.intake.sample.recordings import Recording, recordings
from yifa.intake.sample.rows import act_rows, case_row, posting_rows

HEADERS: dict[str, tuple[str, ...]] = {
    "人员": (
        "工号",
        "姓名",
        "部门",
        "职务",
        "角色",
        "执法证号",
        "证件有效期起",
        "证件有效期止",
        "法律职业资格",
        "出生日期",
        "聘期起",
        "聘期止",
    ),
    "专项行动": ("代码", "名称", "开始日期", "结束日期", "领域", "接收部门"),
    "案件": (
        "案号",
        "程序",
        "事项编码",
        "当事人类型",
        "当事人",
        "证件号码",
        "出生日期",
        "违法地点",
        "镇街",
        "违法开始",
        "违法结束",
        "发现日期",
        "危害后果",
        "改正日期",
        "初次违法",
        "情节复杂",
        "专项行动",
        "数据",
    ),
    "办案记录": (
        "案号",
        "序号",
        "时间",
        "环节",
        "办理人",
        "结果",
        "罚款(元)",
        "没收(元)",
        "处罚种类",
        "送达方式",
        "文书",
        "文书号",
        "日期",
        "数据",
    ),
    "检查": ("编号", "日期", "专项行动", "双随机任务", "镇街", "对象", "检查人员", "结果", "公示日期"),
    "双随机": (
        "任务编号",
        "事项",
        "抽取日期",
        "对象总数",
        "抽取对象数",
        "人员总数",
        "抽取人员数",
        "公示日期",
    ),
    "执法记录": (
        "编号",
        "案号",
        "检查编号",
        "环节",
        "设备编号",
        "执法人员",
        "开始时间",
        "时长(秒)",
        "大小(字节)",
        "SHA256",
        "保存期限",
    ),
    "移交": ("编号", "日期", "专项行动", "材料", "接收部门", "回执号"),
    "公示报送": ("案号", "渠道", "日期", "回执号"),
    "培训": ("日期", "名称", "形式", "参训人次", "学时"),
    "普法": ("日期", "名称", "形式", "地点", "法规", "受众人数"),
    "公开事项": ("类别", "名称", "操作", "日期", "审核人", "发布人"),
    "法律审查": ("日期", "类型", "名称", "审查人", "意见"),
    "制度文件": ("名称", "类别", "操作", "日期", "生效日期"),
    "会议履职": ("日期", "类型", "主持人", "议题", "决议"),
}
Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class Year:
    """The sample year before it is written."""

    ordinary: list[SampleCase]
    summary: list[SampleCase]
    inspections: list[inspections.Inspection]
    recordings: list[Recording]

    @property
    def cases(self) -> list[SampleCase]:
        return [*self.ordinary, *self.summary]


def sample_year() -> Year:
    """Everything of 2021 that hangs together; seeded, so it is the same every time."""
    diary, parties, rng = Diary(), Parties(), Random(2021)
    ordinary = ordinary_cases(diary=diary, parties=parties, rng=rng)
    summary = summary_cases(diary=diary, parties=parties, rng=rng)
    visits = inspections.all_inspections()
    kept = recordings(ordinary=ordinary, summary=summary, inspections=visits)
    return Year(ordinary, summary, visits, kept)


def year_sheets(year: Year) -> dict[str, Rows]:
    return {
        "人员": [person.row() for person in PEOPLE],
        "专项行动": inspections.campaign_rows(),
        "案件": [case_row(case) for case in year.cases],
        "办案记录": [row for case in year.cases for row in act_rows(case)],
        "检查": [one.row() for one in year.inspections],
        "双随机": inspections.draw_rows(),
        "执法记录": [one.row() for one in year.recordings],
        "移交": inspections.handover_rows(),
        "公示报送": list(posting_rows(year.ordinary)),
        "培训": governance.training_rows(),
        "普法": governance.outreach_rows(),
        "公开事项": governance.disclosure_rows(),
        "法律审查": governance.legal_review_rows(),
        "制度文件": governance.rule_document_rows(),
        "会议履职": governance.meeting_rows(),
    }


def write_year(path: Path) -> Year:
    """Write the workbook of 2021 to `path` and return what is in it."""
    year = sample_year()
    write(path, year_sheets(year))
    return year


def write(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write sheets of rows under their headers. Dates and moments become text, so that no clock is guessed."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(HEADERS[name])
        for row in rows:
            unknown = row.keys() - set(HEADERS[name])
            if unknown:
                raise KeyError(f"{name}: {unknown}")
            sheet.append([_cell(row.get(header)) for header in HEADERS[name]])
    book.save(path)


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value
