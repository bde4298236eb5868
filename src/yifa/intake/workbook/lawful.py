"""Would the record of the case be a valid one? Structure only is a problem; unlawful history is a finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yifa.casework.cases.mentions import strings_in
from yifa.casework.cases.queries import FORMAT, people_of
from yifa.intake.workbook.caseplan import CasePlan, Item
from yifa.intake.workbook.gathering import CaseRows
from yifa.intake.workbook.problems import Problems
from yifa.intake.workbook.reader import SheetReader
from yifa.law import check as law_check
from yifa.law.record import RecordError
from yifa.registry.laws.queries import read_record
from yifa.registry.organs.models import Organ

EVENT_PATH = re.compile(r"events\[(\d+)\](?:\.(\w+))?([^:]*): (.*)", re.DOTALL)
HEAD_PATH = re.compile(r"(?:(\w+)\.)?(\w+)([^:]*): (.*)", re.DOTALL)
SAID = (
    (re.compile(r"^is missing$"), "缺少"),
    (re.compile(r"^is not a known key$"), "不是这里可以用的键"),
    (re.compile(r"(.*) is not one of (.*)", re.DOTALL), r"\1 不在允许的值之内：\2"),
    (re.compile(r"(.*) is not a date.*", re.DOTALL), r"\1 不是日期（2021-03-05）"),
    (re.compile(r"(.*) is not true or false", re.DOTALL), r"\1 应为 true 或 false"),
    (re.compile(r"(.*) is not a list", re.DOTALL), r"\1 应为列表"),
    (re.compile(r"(.*) is not an integer", re.DOTALL), r"\1 应为整数"),
    (re.compile(r"(.*) appears twice", re.DOTALL), r"\1 出现了两次"),
    (re.compile(r".* after case_archived needs case_reopened first"), "归档之后须先恢复办理"),
    (re.compile(r"(.*) is not an id ordered before", re.DOTALL), r"\1 在此之前没有登记"),
    (re.compile(r"nothing is open that could be disposed of"), "没有尚未处理的登记保存或者查封扣押"),
    (re.compile(r"is before from_on"), "止期早于起期"),
    (re.compile(r"is before began_on"), "早于违法开始之日"),
)


def record_of(
    plan: CasePlan, organ: Organ, staff: Mapping[str, dict[str, Any]]
) -> tuple[dict[str, Any], list[int]]:
    """The record file of the planned case, and for each event its place in order of entry."""
    moments = [datetime.fromisoformat(event["at"]) for event in plan.events]
    order = sorted(range(len(moments)), key=lambda place: (moments[place], place))
    index_of = {place: index for index, place in enumerate(order)}
    events = [plan.events[place] for place in order]
    events = [
        {**event, "event": index_of.get(event["event"], event["event"])}
        if event["kind"] == "recording_linked" and isinstance(event.get("event"), int) else event
        for event in events
    ]  # fmt: skip
    head = dict(plan.head)
    agency = {"id": organ.code, "name": organ.name, "territory": organ.territory}
    entrustment = head.pop("entrustment", None)
    if entrustment:
        agency["entrustment"] = entrustment
    return {
        "format": FORMAT,
        "agency": agency,
        **head,
        "people": people_of(strings_in(events), staff),
        "events": events,
    }, order


def judge(record: dict[str, Any], findings: Counter[str] | None) -> list[str]:
    """Problems of structure. With `findings`, also counts the case under each rule it offends."""
    try:
        parsed = read_record(record)
    except RecordError as error:
        return error.problems
    if findings is not None and record["events"]:
        findings.update({finding.rule for finding in law_check.check(parsed).findings})
    return []


class Complaints:
    """Names the cell behind each problem of a record."""

    def __init__(self, readers: Mapping[str, SheetReader], problems: Problems) -> None:
        self.readers, self.problems = readers, problems

    def add(
        self, lines: list[str], plan: CasePlan, items: list[Item], order: list[int], rows: CaseRows
    ) -> None:
        for line in lines:
            match = EVENT_PATH.fullmatch(line)
            place = (
                order[int(match.group(1))] - plan.seen if match and int(match.group(1)) < len(order) else -1
            )
            if match and place >= 0:
                self.event_problem(match, items[place])
            else:
                self.head_problem(line, rows, plan)

    def event_problem(self, match: re.Match[str], item: Item) -> None:
        key = match.group(2) or ""
        reader = self.readers[item.sheet]
        column = item.filled.get(key) or ("data" if "data" in reader.letters else "kind")
        path = f"{key}{match.group(3)}：" if key else ""
        self.problems.add(
            item.sheet, reader.cell(item.row, column), "not_valid", path + in_chinese(match.group(4))
        )

    def head_problem(self, line: str, rows: CaseRows, plan: CasePlan) -> None:
        reader = self.readers.get("案件")
        match = HEAD_PATH.fullmatch(line)
        if reader is None or not rows.head_row or match is None:
            sheet = next(
                (name for name in ("办案记录", "公示报送", "复议诉讼", "执法记录") if name in self.readers),
                "案件",
            )
            self.problems.add(sheet, "", "not_valid", f"{plan.number}：{line}")
            return
        key = {"name": "party_name", "kind": "party_kind"}.get(match.group(2), match.group(2))
        cell = reader.cell(rows.head_row, key if key in reader.letters else "data")
        self.problems.add(
            "案件", cell, "not_valid", f"{match.group(2)}{match.group(3)}：{in_chinese(match.group(4))}"
        )


def in_chinese(text: str) -> str:
    for pattern, said in SAID:
        if pattern.fullmatch(text):
            return pattern.sub(said, text)
    return text
