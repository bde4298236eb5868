"""What a run says: a table by rule for people, CSV with a row a finding, one JSON object."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from yifa.law.findings import BLOCKS, NotEvaluated
from yifa.law.labels import label
from yifa.law.organ.registers import TITLES, OrganFinding
from yifa.law.rules import RULES
from yifa.listing.exports import BOM, neutral
from yifa.site.rechecking.running import Counts
from yifa.site.rechecking.slices import Judged

HEADS = ("案件", "案号", "承办人", "规则", "程度", "条文", "环节序号", "环节", "问题", "处理办法", "理由")
SHOWN = 3


def title(rule: str) -> str:
    """What a rule asks, in Chinese."""
    return RULES[rule].title if rule in RULES else TITLES[rule]


class Csv:
    """Writes a row for every finding as the cases go by; a text is never a formula."""

    def __init__(self, file: TextIO) -> None:
        file.write(BOM)
        self.writer = csv.writer(file, lineterminator="\r\n")
        self.writer.writerow(HEADS)

    def case(self, case: Judged) -> None:
        who = case.handlers.strip("|").replace("|", "、")
        for one, seq, kind in case.findings:
            row = (case.no, case.number, who, one.rule, label("severity", one.severity), one.article,
                   "" if seq is None else str(seq), label("event_kind", kind) if kind else "",
                   one.message, one.remedy, one.reason or "")  # fmt: skip
            self.writer.writerow([neutral(text) for text in row])
        for problem in case.problems:
            row = (case.no, case.number, who, "", "未判断", "", "", "", problem, "更正案件记录后再查", "")
            self.writer.writerow([neutral(text) for text in row])

    def organ(self, one: OrganFinding) -> None:
        row = (one.subject, "", "", one.rule, label("severity", one.severity), one.article, "", "",
               one.message, one.remedy, "")  # fmt: skip
        self.writer.writerow([neutral(text) for text in row])


def json_of_case(case: Judged) -> Iterator[str]:
    """The findings of one case as JSON objects: those of docs/spec/record.md with `case`, `number`, `act`."""
    for one, seq, kind in case.findings:
        found = one.as_json()
        del found["event"]
        yield dumps({"case": case.no, "number": case.number, "act": seq, "act_kind": kind or None, **found})


def rows_by_rule(counts: Counts) -> list[dict[str, Any]]:
    """Counts by rule and severity, blocking ones first, then the most frequent."""
    order = sorted(counts.findings, key=lambda key: (key[1] != BLOCKS, -counts.findings[key], key[0]))
    return [
        {
            "rule": rule,
            "title": title(rule),
            "severity": severity,
            "findings": counts.findings[rule, severity],
            "cases": counts.found_in[rule, severity],
        }
        for rule, severity in order
    ]


def gap_rows(counts: Counts, organ_gaps: Iterable[NotEvaluated]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"rule": rule, "reason": reason, "cases": number}
        for (rule, reason), number in sorted(counts.gaps.items())
    ]
    return rows + [{**gap.as_json(), "cases": None} for gap in organ_gaps]


def text_lines(counts: Counts, organ: list[OrganFinding], organ_gaps: list[NotEvaluated]) -> Iterator[str]:
    """The summary for people."""
    yield (
        f"共检查{counts.cases}件：{counts.blocked}件有阻止项，{counts.warned}件只有提醒，"
        f"{counts.cases - counts.blocked - counts.warned - counts.unreadable}件没有问题"
        + (f"，{counts.unreadable}件读不出来" if counts.unreadable else "")
    )
    for row in rows_by_rule(counts):
        yield (
            f"{label('severity', row['severity'])} {row['rule']} {row['title']}："
            f"{row['findings']}处，{row['cases']}件"
        )
    for rule, number in sorted(Counter(one.rule for one in organ).items()):
        own = [one for one in organ if one.rule == rule][:SHOWN]
        yield f"{label('severity', own[0].severity)} {rule} {title(rule)}：{number}处"
        yield from (f"  {one.message}。{one.remedy}" for one in own)
        if number > SHOWN:
            yield f"  另有{number - SHOWN}处，用 --csv 或 --json 看全部"
    for gap in organ_gaps:
        yield f"未判断 {gap.rule} {title(gap.rule)}：{gap.detail}"
    for (rule, reason), number in sorted(counts.gaps.items()):
        yield f"未判断 {rule} {title(rule)}：{label('not_evaluated_reason', reason)}，{number}件"


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
