"""One record on the sheet: what was found, what is earned, what can still be earned, and the grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.law.check import NO_LAW, Answer, check
from yifa.law.evaluation.conditions import CONDITIONS
from yifa.law.evaluation.sheet import HUNDRED, Entry, Part, sheet
from yifa.law.facts import Facts
from yifa.law.record.model import Record

EARNED, LOST, PENDING, NOT_CONCERNED, BY_HAND, UNJUDGED = (
    "earned", "lost", "pending", "not_concerned", "by_hand", "unjudged",
)  # fmt: skip
STATES = {
    EARNED: "已得", LOST: "扣分", PENDING: "待完成", NOT_CONCERNED: "不涉及", BY_HAND: "须人工核对", UNJUDGED: "没有评",
}  # fmt: skip
VETO_STATES = {**STATES, EARNED: "未发现", LOST: "否决"}
POINTS = "evaluation_points"
GRADES = (
    ("evaluation_grade_excellent", "优秀"),
    ("evaluation_grade_good", "良好"),
    ("evaluation_grade_pass", "合格"),
)
FAILED = "不合格"
ENDS = ("case_closed", "opening_declined")


@dataclass(frozen=True)
class Reason:
    """Why points are lost: the act (None: the running case), rule (empty: a condition), article and remedy."""

    event: int | None
    rule: str
    article: str
    message: str
    remedy: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One veto or item judged. `unjudged`: what its rules could not be judged for."""

    entry: Entry
    state: str
    lost: int
    reasons: tuple[Reason, ...]
    unjudged: tuple[str, ...]

    @property
    def state_words(self) -> str:
        return (STATES if self.entry.section else VETO_STATES)[self.state]

    @property
    def obtainable(self) -> int:
        return self.entry.points - self.lost


@dataclass(frozen=True)
class JudgedPart:
    part: Part
    lines: tuple[Line, ...]

    @property
    def earned(self) -> int:
        """Points of the items judged."""
        return self.in_state(EARNED, LOST)

    @property
    def pending(self) -> int:
        return self.in_state(PENDING)

    @property
    def aside(self) -> int:
        """Points of items that do not concern the case or were not judged: a closed case has them in full."""
        return self.in_state(NOT_CONCERNED, UNJUDGED)

    @property
    def lost(self) -> int:
        return sum(line.lost for line in self.lines)

    def in_state(self, *states: str) -> int:
        return sum(line.obtainable for line in self.lines if line.state in states)


@dataclass(frozen=True)
class Evaluation:
    """`final`: the case is closed (评查); otherwise a preview (预评). `assumed`: parameters it rests on, 待确认."""

    number: str
    at: datetime
    final: bool
    vetoes: tuple[Line, ...]
    parts: tuple[JudgedPart, ...]
    grade: str
    assumed: tuple[str, ...]

    @property
    def vetoed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.vetoes if line.state == LOST)

    @property
    def earned(self) -> int:
        return sum(part.earned for part in self.parts)

    @property
    def aside(self) -> int:
        return sum(part.aside for part in self.parts)

    @property
    def pending(self) -> int:
        """Points of the items still to be done (待完成)."""
        return sum(part.pending for part in self.parts)

    @property
    def lost(self) -> int:
        return sum(part.lost for part in self.parts)

    @property
    def points(self) -> int:
        """The points of the items alone, whatever the vetoes say; on an open case those earned so far."""
        return self.earned + self.aside if self.final else self.earned

    @property
    def score(self) -> int:
        return 0 if self.vetoed else self.points

    @property
    def obtainable(self) -> int:
        return 0 if self.vetoed else HUNDRED - self.lost

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.vetoes, *(line for part in self.parts for line in part.lines))

    def as_json(self) -> dict[str, Any]:
        return {
            "record": self.number, "at": self.at.isoformat(), "final": self.final, "score": self.score,
            "obtainable": self.obtainable, "earned": self.earned, "not_concerned": self.aside, "pending": self.pending,
            "lost": self.lost, "grade": self.grade,
            "unconfirmed": list(self.assumed), "lines": [_line_json(line) for line in self.lines],
        }  # fmt: skip


def evaluate(record: Record, at: datetime | None = None, *, answer: Answer | None = None) -> Evaluation:
    """The record on the sheet at a moment (default: its last event). `answer`: its check, where at hand."""
    found = answer or check(record, at)
    facts = found.facts
    final = any(facts.all(kind) for kind in ENDS)
    facts.take_assumed()
    own = {name: tuple(_by_condition(facts, name)) for name in CONDITIONS}
    whole = sheet()
    vetoes = tuple(_judged(entry, found, own, final) for entry in whole.vetoes)
    parts = tuple(
        JudgedPart(part, tuple(_judged(entry, found, own, final) for entry in part.items))
        for part in whole.parts
    )
    reached = HUNDRED - sum(part.lost + (part.pending if final else 0) for part in parts)
    grade = FAILED if any(line.state == LOST for line in vetoes) else _grade(facts, reached)
    facts.param(POINTS, facts.at.date())
    resting = {name for line in (*vetoes, *(one for part in parts for one in part.lines)) for reason in line.reasons for name in reason.assumed}  # fmt: skip
    return Evaluation(
        number=record.number or "", at=facts.at, final=final, vetoes=vetoes, parts=parts, grade=grade,
        assumed=tuple(sorted(resting | set(facts.take_assumed()))),
    )  # fmt: skip


def _by_condition(facts: Facts, name: str) -> Iterator[Reason]:
    """The reasons one condition finds; without law to judge by, one without a message says so."""
    entry = next(entry for entry in _entries() if entry.condition == name)
    try:
        for event, breach in CONDITIONS[name](facts):
            place = event.index if event else None
            yield Reason(
                place, "", entry.article, breach.message, breach.remedy, tuple(sorted(facts.assumed))
            )
    except NO_LAW as missing:
        yield Reason(None, "", entry.article, "", f"法律包没有这个值：{missing}")


def _entries() -> Iterator[Entry]:
    whole = sheet()
    yield from whole.vetoes
    yield from (entry for part in whole.parts for entry in part.items)


def _judged(entry: Entry, answer: Answer, own: dict[str, tuple[Reason, ...]], final: bool) -> Line:
    reasons = tuple(
        Reason(one.event, one.rule, one.article, one.message, one.remedy, one.assumed)
        for one in answer.findings
        if one.rule in entry.rules
    )
    conditions = own.get(entry.condition, ())
    reasons += tuple(reason for reason in conditions if reason.message)
    unjudged = tuple(
        f"{gap.rule}：{gap.detail}" for gap in answer.not_evaluated if gap.rule in entry.rules
    ) + tuple(reason.remedy for reason in conditions if not reason.message)
    lost = min(entry.points, entry.each * len(reasons))
    state = _state(entry, answer.facts, bool(reasons), final)
    if state == EARNED and len(unjudged) >= len(entry.rules) + bool(entry.condition):
        state = UNJUDGED
    return Line(entry, state, lost, reasons, unjudged)


def _state(entry: Entry, facts: Facts, found: bool, final: bool) -> str:
    if entry.by_hand:
        return BY_HAND
    if found:
        return LOST
    if any(facts.all(kind) for kind in entry.when):
        return EARNED
    if entry.optional or entry.procedure not in ("", facts.record.procedure):
        return NOT_CONCERNED
    return NOT_CONCERNED if final and "case_archived" not in entry.when else PENDING


def _grade(facts: Facts, points: int) -> str:
    day = facts.at.date()
    return next((words for name, words in GRADES if points >= facts.param(name, day).value), FAILED)


def _line_json(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "key": entry.key, "part": entry.section or "veto", "title": entry.title, "looks_at": entry.looks_at,
        "article": entry.article, "points": entry.points, "lost": line.lost, "state": line.state,
        "rules": list(entry.rules), "unjudged": list(line.unjudged),
        "reasons": [
            {"event": one.event, "rule": one.rule, "article": one.article, "message": one.message, "remedy": one.remedy}
            for one in line.reasons
        ],
    }  # fmt: skip
