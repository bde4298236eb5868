"""A row of 办案记录 as an event of the record format: which column fills which key of which 环节."""

from __future__ import annotations

from typing import Any

from yifa.intake.workbook.cells import Moment, shown
from yifa.intake.workbook.reader import Row, SheetReader
from yifa.law.events import KINDS, Key
from yifa.law.labels import labels

RESULT_KEYS = ("outcome", "opinion", "result", "corrected", "granted", "reason")
DATE_KEYS = {
    "correction_ordered": "due_on", "hearing_notified": "hearing_on", "deferral_approved": "due_on",
    "additional_fine_charged": "until_on", "time_excluded": "from_on", "reconsideration_filed": "copy_received_on",
    "litigation_filed": "copy_received_on", "instrument_served": "effective_on", "decision_made": "law_as_of",
    "summary_decision_made": "law_as_of",
}  # fmt: skip
DESCRIPTIONS = {"instrument": "文书", "instrument_number": "文书号"}


class ActReader:
    """Turns rows into events, naming every cell that does not fit its 环节."""

    def __init__(self, sheet: SheetReader) -> None:
        self.sheet = sheet
        self.row = Row(0, {})
        self.event: dict[str, Any] = {}
        self.filled: dict[str, str] = {}

    def read(self, row: Row) -> tuple[dict[str, Any], dict[str, str]] | None:
        """The event and {event key: column key it came from}; None (and problems) where a cell does not fit."""
        kind, at = row.get("kind"), row.get("at")
        if kind is None or not isinstance(at, Moment):
            return None
        before = len(self.sheet.problems)
        self.row = row
        self.event = {"at": at.at.isoformat(), "kind": kind, "by": row.get("by", [])}
        self.filled = {"at": "at", "kind": "kind", "by": "by"}
        self.take_data(row.get("data", {}))
        keys = KINDS[kind].keys
        self.take_result(keys)
        self.take_amounts(keys)
        self.take_date(keys)
        self.take_mode(keys)
        self.take_instrument(keys)
        return None if len(self.sheet.problems) > before else (self.event, self.filled)

    def complain(self, column: str, code: str, message: str) -> None:
        self.sheet.complain(self.row.number, column, code, message)

    def put(self, key: str, value: Any, column: str) -> None:
        """A key given in a column and in 数据 must agree."""
        if key in self.event and self.event[key] != value and self.filled.get(key) == "data":
            header = self.sheet.sheet.by_key[column].header
            self.complain(
                column,
                "conflict",
                f"{header} 与数据里的 {key} 不一致：{shown(value)} 和 {shown(self.event[key])}",
            )
        self.event[key] = value
        self.filled[key] = column

    def unused(self, column: str) -> None:
        header = self.sheet.sheet.by_key[column].header
        self.complain(column, "unused_column", f"环节 {KINDS[self.event['kind']].label} 没有 {header}")

    def take_data(self, data: dict[str, Any]) -> None:
        for key, value in data.items():
            if key in ("at", "kind", "by") and ("by" in self.row.values or key != "by"):
                if self.event[key] != value:
                    self.complain("data", "conflict", f"数据里的 {key} 与本行的列不一致")
                continue
            self.event[key] = value
            self.filled[key] = "data"

    def take_result(self, keys: dict[str, Key]) -> None:
        found = self.row.get("result")
        if found is None:
            return
        name = next(
            (key for key in RESULT_KEYS if key in keys and keys[key].type in ("enum", "bool", "text")), None
        )
        if name is None:
            self.unused("result")
            return
        table = keys[name].enum or (name if keys[name].type == "bool" else "")
        if not table:
            self.put(name, found, "result")
            return
        by_label = {text: key for key, text in labels(table).items()}
        if found not in by_label:
            self.complain("result", "bad_choice", f"结果 {shown(found)} 不能识别；允许 {'、'.join(by_label)}")
            return
        key = by_label[found]
        self.put(name, key == "true" if keys[name].type == "bool" else key, "result")

    def take_amounts(self, keys: dict[str, Key]) -> None:
        given = [column for column in ("fine", "confiscation", "penalty_kinds") if column in self.row.values]
        target = next((name for name, key in keys.items() if key.type == "penalty"), None)
        if target is None:
            if "amount_fen" in keys and "fine" in given:
                self.put("amount_fen", self.row.get("fine"), "fine")
                given.remove("fine")
            for column in given:
                self.unused(column)
        elif given:
            self.take_penalty(target, given)

    def take_penalty(self, target: str, given: list[str]) -> None:
        stated = self.event.get(target, {})
        if not isinstance(stated, dict):
            self.complain("data", "conflict", f"数据里的 {target} 应为 JSON 对象")
            return
        penalty = dict(stated)
        parts = {"fine": "fine_fen", "confiscation": "confiscation_fen", "penalty_kinds": "kinds"}
        for column in given:
            value = self.row.get(column)
            if parts[column] in stated and not same(stated[parts[column]], value):
                header = self.sheet.sheet.by_key[column].header
                self.complain(column, "conflict", f"{header} 与数据里的 {target}.{parts[column]} 不一致")
            penalty[parts[column]] = value
        if "kinds" not in penalty:
            if penalty.get("confiscation_fen"):
                self.complain("penalty_kinds", "missing_kinds", "有没收金额，但没有写处罚种类")
            penalty["kinds"] = ["fine"] if penalty.get("fine_fen") else []
        self.event[target] = penalty
        self.filled[target] = given[0]

    def take_date(self, keys: dict[str, Key]) -> None:
        found = self.row.get("on")
        if found is None:
            return
        name = DATE_KEYS.get(self.event["kind"])
        if name == "effective_on" and self.row.get("mode", self.event.get("mode")) == "public_notice":
            name = "announced_on"
        if name is None:
            self.unused("on")
        else:
            self.put(name, found.isoformat(), "on")

    def take_mode(self, keys: dict[str, Key]) -> None:
        found = self.row.get("mode")
        if found is not None:
            self.put("mode", found, "mode") if "mode" in keys else self.unused("mode")

    def take_instrument(self, keys: dict[str, Key]) -> None:
        """文书 and 文书号 of a 环节 without such keys describe the paper of the act: they are kept in its note."""
        notes = []
        targets = {"instrument": "instrument", "instrument_number": "number"}
        for column, name in targets.items():
            found = self.row.get(column)
            if found is None:
                continue
            if name in keys:
                self.put(name, found, column)
            else:
                said = labels("instrument")[found] if column == "instrument" else found
                notes.append(f"{DESCRIPTIONS[column]}：{said}")
        if notes and isinstance(self.event.get("note", ""), str):
            self.event["note"] = "；".join(
                [*([self.event["note"]] if self.event.get("note") else []), *notes]
            )
            self.filled["note"] = "instrument"


def same(left: Any, right: Any) -> bool:
    """Kinds are a set; amounts are numbers."""
    if isinstance(left, list) and isinstance(right, list):
        return sorted(map(str, left)) == sorted(map(str, right))
    return bool(left == right)
