"""One rule book, three moments: the gate before an act, the clocks during a case, the check of a whole file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.law.calendar import BadPeriod
from yifa.law.events import AFTER_ARCHIVE, KINDS
from yifa.law.facts import DECISIONS, Facts
from yifa.law.findings import BLOCKS, Breach, Finding, Gap, NotEvaluated, Running
from yifa.law.packs.errors import NotInForce, UnknownParameter
from yifa.law.record import Record, RecordError
from yifa.law.record.model import Event
from yifa.law.record.parser import check_sequence, read_event
from yifa.law.record.values import Problems, read_moment_end
from yifa.law.rules import CLOCKED, GUARDS, Rule
from yifa.law.rules.moments import NEED_DATABASE

NOTHING: Mapping[str, Any] = MappingProxyType({})
NO_LAW = (UnknownParameter, BadPeriod)
GUARDED = {
    kind: [(rule, rule.guard if rule.since is None else None) for rule in rules]
    for kind, rules in GUARDS.items()
}
"""The guards of each kind of act; None where the rule has a first day, which `judge` looks at."""
UNSEEN = {
    (name, "needs_database"): NotEvaluated(name, "needs_database", "须结合数据库中本机关的全部数据判断")
    for name in NEED_DATABASE
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A running clock of an answer: the rule, the act it started with, its deadline, parameters 待确认."""

    rule: str
    running: Running
    assumed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, **self.running.deadline.as_json()}


@dataclass(frozen=True)
class Answer:
    """What the law says about one record at one moment. `may_do` is worked out when asked for."""

    facts: Facts
    findings: list[Finding]
    not_evaluated: list[NotEvaluated]
    deadlines: list[Clock]

    @property
    def blocked(self) -> bool:
        return any(finding.severity == BLOCKS for finding in self.findings)

    @property
    def may_do(self) -> list[str]:
        """Kinds of act whose guards pass now, in the order of record.md §2."""
        return [kind for kind in KINDS if _next(self.facts, kind)[0]]

    def as_json(self) -> dict[str, Any]:
        """The object of record.md §3."""
        return {
            "record": self.facts.record.number,
            "at": self.facts.at.isoformat(),
            "findings": [finding.as_json() for finding in self.findings],
            "not_evaluated": [gap.as_json() for gap in self.not_evaluated],
            "deadlines": [clock.as_json() for clock in self.deadlines],
            "may_do": self.may_do,
        }


def check(record: Record, at: datetime | None = None) -> Answer:
    """Evaluate a record as of `at` (default: its last event; an empty record: the day of discovery)."""
    facts = Facts(record, at if at is not None else last_moment(record))
    findings: list[Finding] = []
    gaps: dict[tuple[str, str], NotEvaluated] = dict(UNSEEN)
    for event in facts.events:
        for rule, guard in GUARDED.get(event.kind, ()):
            if facts.assumed:
                facts.assumed.clear()
            try:
                # most answers are None: the quick way out, without a call of `judge`
                found = judge(rule, facts, event) if guard is None else guard(facts, event)
            except NO_LAW as missing:
                found = gap(missing)
            if found is None:
                continue
            if isinstance(found, Breach):
                findings.append(_finding(rule, found, event, event, facts.take_assumed()))
            else:
                gaps.setdefault((rule.id, found.reason), NotEvaluated(rule.id, found.reason, found.detail))
    deadlines: list[Clock] = []
    for rule in CLOCKED:
        facts.assumed.clear()
        for tick in run(rule, facts):
            if isinstance(tick, Gap):
                gaps.setdefault((rule.id, tick.reason), NotEvaluated(rule.id, tick.reason, tick.detail))
                continue
            assumed = facts.take_assumed()
            if tick.stop is None:
                deadlines.append(Clock(rule.id, tick, assumed))
            if tick.late:
                findings.append(_finding(rule, tick.breach, tick.start, tick.stop, assumed))
    return Answer(
        facts, _ordered(findings), sorted(gaps.values(), key=lambda gap: (gap.rule, gap.reason)), deadlines
    )


def last_moment(record: Record) -> datetime:
    """The moment of the last event; without events the end of the day of discovery."""
    return record.events[-1].at if record.events else read_moment_end(record.violation.discovered_on)


def gate(record: Record, event: dict[str, Any]) -> list[Finding]:
    """Guards of one proposed event after the record. Raises RecordError where the event is not a valid one."""
    return gate_of_last(with_event(record, event))


def gate_of_last(record: Record) -> list[Finding]:
    """Guards of the last event of a record, which was read with it."""
    step = record.events[-1]
    facts = Facts(record, step.at)
    return [
        _finding(rule, found, step, step, facts.take_assumed())
        for rule in GUARDS.get(step.kind, ())
        if isinstance(found := judge(rule, facts, step), Breach)
    ]


def weighed(record: Record) -> tuple[list[Finding], tuple[str, ...]]:
    """The last event of a record: its findings, and every unconfirmed parameter its guards asked for, kept or not."""
    step = record.events[-1]
    facts = Facts(record, step.at)
    found: list[Finding] = []
    assumed: set[str] = set()
    for rule in GUARDS.get(step.kind, ()):
        breach = judge(rule, facts, step)
        used = facts.take_assumed()
        assumed.update(used)
        if isinstance(breach, Breach):
            found.append(_finding(rule, breach, step, step, used))
    return found, tuple(sorted(assumed))


def with_event(record: Record, event: dict[str, Any]) -> Record:
    """The record with one more event at its end. Raises RecordError."""
    problems = Problems()
    problems.people = set(record.people)
    problems.event_count = len(record.events) + 1
    for known in record.events:
        _remember(known.kind, known.data, problems)
    if isinstance(event, dict):
        if event.get("kind") == "evidence_added" and event.get("id") in problems.evidence:
            problems.add(f"events[{len(record.events)}].id", f"{event.get('id')!r} appears twice")
        _remember(event.get("kind"), event, problems)
    step = read_event(event, len(record.events), problems)
    if step is not None:
        check_sequence([*record.events, step], problems)
    if problems.lines or step is None:
        raise RecordError(problems.lines)
    return replace(record, events=[*record.events, step])


def _remember(kind: Any, data: dict[str, Any], problems: Problems) -> None:
    if kind == "evidence_added" and isinstance(data.get("id"), str):
        problems.evidence.add(data["id"])
    elif kind == "statement_made" and isinstance(data.get("points"), list | tuple):
        problems.points.update(point for point in data["points"] if isinstance(point, str))


def next_act(record: Record, kind: str, at: datetime | None = None) -> tuple[bool, list[Finding]]:
    """May an act of this kind be done now, its own content aside? Raises KeyError for an unknown kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    return _next(Facts(record, at if at is not None else last_moment(record)), kind)


def without_penalty(record: Record, kind: str, at: datetime) -> bool:
    """May a decision that gives no penalty be made now? What binds a penalty (notice, review …) does not bind it."""
    return kind in DECISIONS and _next(Facts(record, at), kind, {"outcome": "no_penalty"})[0]


def _next(facts: Facts, kind: str, told: Mapping[str, Any] = NOTHING) -> tuple[bool, list[Finding]]:
    """`told`: keys of the act that are known already."""
    index = len(facts.events)
    step = Event(index, facts.at, kind, (), dict(told), facts.at.date(), bare=True)
    if kind not in AFTER_ARCHIVE and _archived(facts):
        return False, []
    found = [
        _finding(rule, breach, step, None, facts.take_assumed())
        for rule in GUARDS.get(kind, ())
        if isinstance(breach := judge(rule, facts, step), Breach)
    ]
    return not any(finding.severity == BLOCKS for finding in found), found


def _archived(facts: Facts) -> bool:
    archived = facts.all("case_archived")
    reopened = facts.all("case_reopened")
    return bool(archived) and (not reopened or reopened[-1].index < archived[-1].index)


def judge(rule: Rule, facts: Facts, step: Event) -> Breach | Gap | None:
    """One rule at one act: a breach, a gap (not evaluated), or None (kept, or not concerned)."""
    assert rule.guard is not None
    if facts.assumed:
        facts.assumed.clear()
    if rule.since is not None and step.day < rule.since:
        return Gap("not_in_force", f"{rule.article}自{rule.since.isoformat()}起施行")
    try:
        return rule.guard(facts, step)
    except NO_LAW as missing:
        return gap(missing)


def gap(missing: Exception) -> Gap:
    """Why there is no law to judge by: not yet in force, or the pack has no value."""
    return Gap("not_in_force" if isinstance(missing, NotInForce) else "pack_has_no_value", str(missing))


def run(rule: Rule, facts: Facts) -> Iterator[Running | Gap]:
    """All clocks of one rule in a record, or a gap where the rule cannot be judged."""
    assert rule.clock is not None
    try:
        for tick in rule.clock(facts):
            if isinstance(tick, Running) and rule.since is not None and tick.start.day < rule.since:
                yield Gap("not_in_force", f"{rule.article}自{rule.since.isoformat()}起施行")
            else:
                yield tick
    except NO_LAW as missing:
        yield gap(missing)


def _finding(
    rule: Rule, breach: Breach, dated: Event, on: Event | None, assumed: tuple[str, ...] = ()
) -> Finding:
    """`dated`: the act whose day decides edition and severity; `on`: the act the finding stands on."""
    reason = breach.reason
    if reason is None and on is not None and rule.clock is not None:
        reason = on.late_reason
    return Finding(
        rule=rule.id,
        article=rule.article_on(dated.day),
        severity=breach.severity or rule.severity_on(dated.day),
        event=None if on is None else on.index,
        message=breach.message,
        remedy=breach.remedy,
        reason=reason,
        assumed=assumed,
    )


def _ordered(findings: list[Finding]) -> list[Finding]:
    """By event then rule id, running clocks last; at most one per rule and event."""
    findings.sort(key=lambda one: (one.event is None, one.event or 0, one.rule))
    first: dict[tuple[int | None, str], Finding] = {}
    for one in findings:
        first.setdefault((one.event, one.rule), one)
    return list(first.values())
