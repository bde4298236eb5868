"""Workbooks for tests: a small lawful one to change, and sheets by hand."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]
NUMBER = "2021年第001号"

BOOK: Sheets = {
    "人员": [
        ["工号*", "姓名*", "角色*", "执法证号", "证件有效期起", "证件有效期止"],
        ["0001", "赵主任", "负责人、案审委员", None, None, None],
        ["0101", "钱一", "承办", "A1", "2019-01-01", "2024-12-31"],
        ["0102", "孙二", "承办", "A2", "2019-01-01", "2024-12-31"],
    ],
    "专项行动": [["代码", "名称", "开始日期"], ["waste_sorting", "垃圾分类", "2021-01-01"]],
    "案件": [
        ["案号", "程序", "事项编码", "当事人类型", "当事人", "违法地点", "镇街", "违法开始", "违法结束", "发现日期", "专项行动", "数据"],
        [NUMBER, "普通", "M001", "法人", "某公司", "某路1号", "宝平街道", "2021-03-01", "2021-03-02", "2021-03-02",
         "waste_sorting", '{"violation": {"facts": ["有垃圾"]}}'],
    ],
    "办案记录": [
        ["案号", "序号", "时间", "环节", "办理人", "结果", "罚款(元)", "处罚种类", "文书", "文书号", "日期", "数据"],
        [NUMBER, 1, "2021-03-02 09:10", "立案", "0001", None, None, None, None, None, None, '{"approved_by":"0001"}'],
        [NUMBER, 2, "2021-03-02 10:00", "现场笔录", "0101、0102", None, None, None, None, None, None,
         '{"certificate_shown":true,"signed":"yes"}'],
        [NUMBER, 4, "2021-03-03", "责令改正", "0101、0102", None, None, None, None, None, "2021-03-10", None],
        [NUMBER, 5, "2021-03-12 09:00", "调查终结", "0101、0102", None, 500.5, "罚款", None, None, None, '{"tier":"ordinary"}'],
        [NUMBER, 6, "2021-05-01 09:00", "结案", "0101", "履行完毕", None, None, None, None, None, None],
    ],
    "执法记录": [
        ["编号", "案号", "环节", "设备编号", "执法人员", "开始时间", "时长(秒)", "大小(字节)", "保存期限"],
        ["YX1", NUMBER, "现场笔录", "CAM1", "0101、0102", "2021-03-02 09:55", 600, 1000, "永久"],
        ["YX2", NUMBER, "现场笔录", "CAM1", "0101、0102", "2021-03-02 12:00", 600, 1000, 180],
    ],
    "检查": [
        ["编号", "日期", "专项行动", "镇街", "对象", "检查人员", "结果"],
        ["JC1", "2021-03-05", "waste_sorting", "宝平街道", "某超市", "0101、0102", "正常"],
    ],
    "公示报送": [["案号", "渠道", "日期", "回执号"], [NUMBER, "门户", "2021-04-20", "R1"]],
    "复议诉讼": [["案号", "类型", "提起日期", "结果", "结果日期"], [NUMBER, "行政复议", "2021-05-10", None, None]],
    "培训": [["日期", "名称", "形式", "参训人次", "学时"], ["2021-06-01", "新法培训", "专家授课", 40, 1.5]],
}  # fmt: skip


def sheets(**changed: list[list[Any]]) -> Sheets:
    """A copy of the small workbook; keyword arguments replace whole sheets."""
    return {**copy.deepcopy(BOOK), **changed}


def write(path: Path, content: Sheets) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in content.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path
