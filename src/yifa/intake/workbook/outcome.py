"""What an import did, or why it did nothing: the answer of `yifa import`, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yifa.intake.workbook.problems import Problem

PRINTED = 1000
STATUSES = ("new", "changed", "same")


@dataclass(frozen=True)
class Outcome:
    """`imported`: sheet → new, changed, same. `findings`: rule → cases. With problems, nothing was written."""

    imported: dict[str, dict[str, int]] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unlinked_recordings: int = 0
    changed: bool = False
    dry_run: bool = False

    @property
    def exit_code(self) -> int:
        return 1 if self.problems else 0

    def as_json(self) -> dict[str, Any]:
        return {
            "imported": self.imported,
            "findings": self.findings,
            "unlinked_recordings": self.unlinked_recordings,
            "problems": [problem.as_json() for problem in self.problems],
        }

    def problem_lines(self) -> Iterator[str]:
        for problem in self.problems[:PRINTED]:
            yield problem.line
        more = len(self.problems) - PRINTED
        if more > 0:
            yield f"另有 {more} 个问题未列出；用 --json 查看全部"
        yield f"台账有 {len(self.problems)} 个问题，没有导入任何内容"

    def summary_lines(self) -> Iterator[str]:
        if not self.changed:
            yield "没有变化：台账的内容都已导入过"
        elif self.dry_run:
            yield "试算：没有写入任何内容；正式导入时将会"
        for sheet, count in self.imported.items():
            yield f"{sheet}：新增 {count['new']}，变更 {count['changed']}，相同 {count['same']}"
        if self.unlinked_recordings:
            yield f"未关联到办案记录的执法记录：{self.unlinked_recordings} 条"
        for rule, cases in self.findings.items():
            yield f"规则 {rule}：{cases} 个案件有提示"
