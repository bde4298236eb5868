"""What the workbook adds to one case: new acts in order, register rows beside them, and what it may not change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from yifa.casework.cases.queries import ARCHIVING
from yifa.intake.workbook.gathering import CaseRows
from yifa.intake.workbook.heads import complete
from yifa.intake.workbook.problems import Problems
from yifa.intake.workbook.reader import Row, SheetReader
from yifa.intake.workbook.stored import StoredCase, event_digest
from yifa.ledger.clock import SHANGHAI

NEAR = timedelta(minutes=30)
Counts = dict[str, Counter[str]]


@dataclass(slots=True)
class Item:
    """An act to be added. `order` sorts it; `sheet`, `row`, `filled` say where it came from."""

    order: tuple[Any, ...]
    event: dict[str, Any]
    bare: bool
    sheet: str
    row: int
    filled: dict[str, str] = field(default_factory=dict)
    ordinal: int | None = None


@dataclass
class CasePlan:
    """One case as it will be: `events` in order of entry, of which the first `seen` are stored already."""

    number: str
    exists: bool
    seen: int
    head: dict[str, Any]
    town: str
    head_status: str
    events: list[dict[str, Any]]
    bare: list[int]
    act_rows: list[list[Any]] = field(default_factory=list)
    postings: list[list[Any]] = field(default_factory=list)
    disputes: list[list[Any]] = field(default_factory=list)
    links: list[list[Any]] = field(default_factory=list)

    @property
    def adds(self) -> bool:
        return not self.exists or len(self.events) > self.seen

    @property
    def changes(self) -> bool:
        return (
            self.adds or self.head_status == "changed" or bool(self.postings or self.disputes or self.links)
        )


class CasePlanner:
    """Plans one case at a time; problems and counts go to the collections given."""

    def __init__(self, readers: Mapping[str, SheetReader], problems: Problems, counts: Counts) -> None:
        self.readers, self.problems, self.counts = readers, problems, counts
        self.unlinked = 0
        self.acts: list[list[Any]] = []

    def plan(self, number: str, rows: CaseRows, stored: StoredCase) -> tuple[CasePlan, list[Item]]:
        """The plan, and the items behind its new events (same order)."""
        self.acts = [json.loads(packed) for packed in rows.acts]
        head = complete(rows.head, stored.head) if rows.head is not None else stored.head or {}
        town = rows.town if rows.town is not None else (stored.case.town if stored.case else "")
        plan = CasePlan(number, stored.case is not None, len(stored.events), head, town, "same", [], [])
        if rows.head is not None:
            same = stored.case is not None and head == stored.head and town == stored.case.town
            plan.head_status = "new" if stored.case is None else "same" if same else "changed"
            self.counts["案件"][plan.head_status] += 1
            if plan.head_status == "changed" and archived(stored.events):
                self.complain(
                    "案件",
                    rows.head_row,
                    "number",
                    "case_archived",
                    f"{number} 已经归档，案件表中的内容不能再改",
                )
        items = self.new_acts(stored, plan)
        items += self.new_postings(rows, stored, plan)
        items += self.new_disputes(rows, stored, plan)
        items.sort(key=lambda item: item.order)
        plan.events = [*stored.events, *(item.event for item in items)]
        plan.bare = sorted(stored.bare | {plan.seen + place for place, item in enumerate(items) if item.bare})
        for place, item in enumerate(items, start=plan.seen):
            if item.ordinal is not None:
                plan.act_rows.append([item.ordinal, place + 1, event_digest(item.event, item.bare)])
        items += self.new_links(rows, stored, plan)
        return plan, items

    def new_acts(self, stored: StoredCase, plan: CasePlan) -> list[Item]:
        claimed = {seq for seq, _ in rows_of(stored)}
        loose = Counter(
            event_digest(event, place in stored.bare)
            for place, event in enumerate(stored.events)
            if place + 1 not in claimed
        )
        found = []
        for at, clocked, ordinal, row, event, filled in self.acts:
            digest = event_digest(event, not clocked)
            known = stored.rows.get(ordinal)
            if known is not None and known[1] != digest:
                self.complain(
                    "办案记录",
                    row,
                    "ordinal",
                    "act_changed",
                    f"{plan.number} 序号 {ordinal} 已经导入，内容与原来的不同",
                )
            elif known is not None or loose[digest] > 0:
                loose[digest] -= known is None
                self.counts["办案记录"]["same"] += 1
            else:
                self.counts["办案记录"]["new"] += 1
                found.append(
                    Item((at, clocked, 0, ordinal), event, not clocked, "办案记录", row, filled, ordinal)
                )
        return found

    def new_postings(self, rows: CaseRows, stored: StoredCase, plan: CasePlan) -> list[Item]:
        found = []
        for row in rows.postings:
            channel, on, receipt = row.values["channel"], row.get("on"), row.get("receipt_no", "")
            if on is None:
                continue
            self.refuse_twice(
                "公示报送", "公示", plan.number, {"kind": "publicity_posted", "channel": channel}
            )
            known = stored.postings.get(channel)
            if known is not None and known.on != on:
                self.complain(
                    "公示报送",
                    row.number,
                    "on",
                    "act_changed",
                    f"{plan.number} 已于 {known.on} 公示，不能改为 {on}",
                )
                continue
            told = any(
                posts(event, channel) and event["at"][:10] == on.isoformat() for event in stored.events
            )
            if known is None and not told:
                found.append(
                    self.day_item("公示报送", row, on, {"kind": "publicity_posted", "channel": channel})
                )
            status = (
                "new"
                if known is None
                else "changed"
                if self.says(row, "receipt_no", "公示报送", known.receipt_no)
                else "same"
            )
            self.counts["公示报送"][status] += 1
            if status != "same":
                plan.postings.append([channel, on.isoformat(), receipt])
        return found

    def says(self, row: Row, key: str, sheet: str, stored: str) -> bool:
        """Whether the row says something else than what is stored; a sheet without the column says nothing."""
        return key in self.readers[sheet].letters and row.get(key, "") != stored

    def new_disputes(self, rows: CaseRows, stored: StoredCase, plan: CasePlan) -> list[Item]:
        found = []
        for row in rows.disputes:
            kind, filed = row.values["kind"], row.values["filed_on"]
            result, decided = row.get("result"), row.get("decided_on")
            known = stored.disputes.get((kind, filed))
            self.refuse_twice(
                "复议诉讼", "申请或者起诉", plan.number, {"kind": f"{kind}_filed", "day": filed.isoformat()}
            )
            if decided is not None:
                told = {"kind": f"{kind}_decided", "day": decided.isoformat()}
                self.refuse_twice("复议诉讼", "决定或者裁判", plan.number, told)
            if (
                known is not None
                and known.result
                and result
                and (known.result, known.decided_on) != (result, decided)
            ):
                self.complain(
                    "复议诉讼",
                    row.number,
                    "result",
                    "act_changed",
                    f"{plan.number} 的结果已经登记，不能改为另一结果",
                )
                continue
            if known is None and not any(is_act(event, f"{kind}_filed", filed) for event in stored.events):
                found.append(self.day_item("复议诉讼", row, filed, {"kind": f"{kind}_filed"}))
            news = result is not None and decided is not None and (known is None or not known.result)
            if news and not any(is_act(event, f"{kind}_decided", decided) for event in stored.events):
                found.append(
                    self.day_item("复议诉讼", row, decided, {"kind": f"{kind}_decided", "result": result})
                )
            status = "new" if known is None else "changed" if news else "same"
            self.counts["复议诉讼"][status] += 1
            if status != "same":
                plan.disputes.append(
                    [kind, filed.isoformat(), result or "", decided.isoformat() if decided else None]
                )
        return found

    def new_links(self, rows: CaseRows, stored: StoredCase, plan: CasePlan) -> list[Item]:
        found = []
        for row in rows.recordings:
            number, kind, start = row.values["number"], row.get("step"), row.get("started_at")
            if (
                kind is None
                or start is None
                or start.bare
                or "seconds" not in row.values
                or number in stored.linked
            ):
                continue
            target = nearest(plan, kind, start.at)
            if target is None:
                self.unlinked += 1
                continue
            event = link_event(row, start.at, target, plan.events[target]["at"])
            told = {key: event[key] for key in ("kind", "device", "start")}
            self.refuse_twice("执法记录", "关联音像", plan.number, told)
            plan.links.append([number, len(plan.events) + 1])
            plan.events.append(event)
            found.append(Item((), event, False, "执法记录", row.number))
        return found

    def refuse_twice(self, sheet: str, what: str, number: str, told: Mapping[str, Any]) -> None:
        """The act that a row of `sheet` stands for (its keys; `day` = the day of `at`) must not be in 办案记录 too."""
        for _, _, _, row, event, _ in self.acts:
            if all(
                (event["at"][:10] if key == "day" else event.get(key)) == value for key, value in told.items()
            ):
                self.complain(
                    "办案记录", row, "kind", "act_twice", f"{number} 的{what}在{sheet}表中已经有一行"
                )

    def day_item(self, sheet: str, row: Row, day: date, event: dict[str, Any]) -> Item:
        at = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).isoformat()
        filled = {"result": "result", "channel": "channel"}
        return Item(
            (at, False, 1, row.number), {"at": at, "by": [], **event}, True, sheet, row.number, filled
        )

    def complain(self, sheet: str, row: int, key: str, code: str, message: str) -> None:
        self.problems.add(sheet, self.readers[sheet].cell(row, key), code, message)


def archived(events: list[dict[str, Any]]) -> bool:
    """Archived, and not reopened since."""
    last = [event["kind"] for event in events if event["kind"] in ARCHIVING]
    return last[-1:] == ["case_archived"]


def rows_of(stored: StoredCase) -> list[tuple[int, str]]:
    return list(stored.rows.values())


def posts(event: dict[str, Any], channel: str) -> bool:
    return event["kind"] == "publicity_posted" and event.get("channel") == channel


def is_act(event: dict[str, Any], kind: str, day: date) -> bool:
    return bool(event["kind"] == kind and event["at"][:10] == day.isoformat())


def nearest(plan: CasePlan, kind: str, start: datetime) -> int | None:
    """Index of the last act of that 环节 whose moment lies within 30 minutes of the recording's start."""
    best: tuple[datetime, int] | None = None
    bare = set(plan.bare)
    for index, event in enumerate(plan.events):
        if event["kind"] != kind or index in bare:
            continue
        at = datetime.fromisoformat(event["at"])
        if abs(at - start) <= NEAR and (best is None or (at, index) > best):
            best = (at, index)
    return best[1] if best else None


def link_event(row: Row, start: datetime, target: int, target_at: str) -> dict[str, Any]:
    """The act that ties a recording to an act; it happens when both are there."""
    end = start + timedelta(seconds=row.values["seconds"])
    retention = row.get("retention", "permanent")
    return {
        "at": max(end, datetime.fromisoformat(target_at)).isoformat(),
        "kind": "recording_linked",
        "by": [],
        "event": target,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "device": row.get("device", ""),
        "officers": row.get("officers", []),
        "continuous": True,
        "retention": retention if retention == "permanent" else int(retention),
    }
