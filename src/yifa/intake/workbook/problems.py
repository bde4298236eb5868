"""What is wrong with a workbook, all at once: code, place, message, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

REMEDIES = {
    "unknown_sheet": "删去或者改名；表名以空白模板为准",
    "unknown_header": "删去该列或者改名；列名以模板为准",
    "duplicate_header": "同名的列只保留一列",
    "missing_header": "补上该列并填写；该列必填",
    "no_header": "给该列写上列名，或者清空该列",
    "required": "填写该格",
    "formula": "把公式换成它的值：复制后选择性粘贴为数值",
    "error_value": "改正该格的内容",
    "not_text": "改为文字",
    "too_long": "缩短内容",
    "control_character": "删去不可见的字符后重新输入",
    "not_a_staff_no": "一格只写一个工号，去掉空格、顿号、逗号",
    "not_a_code": "改用英文小写字母、数字、下划线或者连字符",
    "bad_date": "写成 2021-03-05，或者使用 Excel 日期",
    "bad_moment": "写成 2021-03-05 09:10，或者使用 Excel 日期时间",
    "needs_clock": "补上时刻，例如 2021-03-05 09:10",
    "bad_amount": "写成以元为单位的数字，最多两位小数，例如 500 或 500.50",
    "bad_number": "写成不带单位的整数",
    "bad_choice": "从所列的值中选一个",
    "bad_json": "写成一个 JSON 对象，例如 {\"approved_by\": \"0001\"}",
    "bad_sha256": "填写 64 位十六进制的 SHA-256，或者留空",
    "bad_retention": "填写 永久，或者天数",
    "unknown_person": "先在人员表中登记该工号，或者改正工号",
    "unknown_campaign": "先在专项行动表中登记该代码，或者改正代码",
    "unknown_matter": "改为权责清单中的事项编码",
    "unknown_case": "先在案件表中登记该案号，或者改正案号",
    "duplicate": "每个键只保留一行",
    "conflict": "两处写成一致，或者只写一处",
    "unused_column": "清空该格；本环节没有这一项",
    "missing_kinds": "在处罚种类中写明种类，例如 没收违法所得",
    "not_valid": "按记录格式改正该行",
    "act_changed": "恢复原来的内容；办案记录不能修改，更正请另起一行新的办案记录",
    "case_archived": "恢复原来的内容；案卷已经归档，需要更正的，先在案件中恢复办理",
    "act_twice": "同一件事只写一处：删去办案记录中的那一行",
    "linked_recording_changed": "恢复原来的内容；该录像已经关联到办案记录",
    "result_without_date": "结果与结果日期同时填写，或者同时留空",
    "ends_before": "改正起止日期，止期不得早于起期",
    "out_of_range": "改正数目",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `cell` is a coordinate such as `C7`, `1` for a whole row, empty for a sheet."""

    sheet: str
    cell: str
    code: str
    message: str

    @property
    def remedy(self) -> str:
        return REMEDIES[self.code]

    @property
    def line(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}；{self.remedy}"

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "remedy": self.remedy}


class Problems:
    """Collects problems in the order they are found."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, sheet: str, cell: str, code: str, message: str) -> None:
        if code not in REMEDIES:
            raise KeyError(code)
        self.found.append(Problem(sheet, cell, code, message))

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)
