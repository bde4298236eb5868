"""Random cases walked by the gate: whatever is tried, what was let through keeps the promises of the law."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from yifa.law.check import check, gate, next_act, with_event
from yifa.law.facts import DECISIONS, Facts
from yifa.law.findings import BLOCKS
from yifa.law.limits import limits, matter_of
from yifa.law.packs import pack
from yifa.law.record import Record, RecordError
from yifa.law.record.model import Event
from yifa.law.rules import RULES
from yifa.law.rules.legality_review import trigger
from yifa.law.tests.walking import next_event, start

STEPS = 30
CURES = {"REC-02": {"recording_linked"}}
"""Guards that look ahead: a recording linked later proves a service of before."""
MAY_DIFFER = frozenset({*DECISIONS, "interview_recorded", "preservation_ordered", "measure_ordered"})
"""Asked without contents a decision is taken for a penalty, a measure for one that is not urgent: the act may pass."""


def penalties(record: Record) -> list[Event]:
    return [one for one in record.events if one.kind in DECISIONS and one.data["outcome"] == "penalty"]


def standing(record: Record) -> set[tuple[str, int]]:
    """Findings of guards: (rule, act). A clock may stop, a guard has spoken for good."""
    return {
        (one.rule, one.event)
        for one in check(record).findings
        if one.event is not None and RULES[one.rule].clock is None
    }


class Walk:
    """One case, act by act: what the gate blocks is not done."""

    def __init__(self, seed: int) -> None:
        self.record = start(random.Random(seed))
        self.found: set[tuple[str, int]] = set()
        self.done: Counter[str] = Counter()

    def step(self, seed: int) -> None:
        event = next_event(self.record, random.Random(seed))
        try:
            findings = gate(self.record, event)
        except RecordError as refused:
            assert refused.problems
            self.done["not a record"] += 1
            return
        blocked = any(one.severity == BLOCKS for one in findings)
        longer = with_event(self.record, event)
        if event["kind"] not in MAY_DIFFER:
            allowed, _ = next_act(self.record, event["kind"], longer.events[-1].at)
            assert allowed or blocked, f"{event['kind']}: not offered, but the gate lets it pass"
        if blocked:
            self.done["blocked"] += 1
            return
        self.record = longer
        self.done[event["kind"]] += 1
        now = standing(longer)
        lost = {name for name in self.found - now if event["kind"] not in CURES.get(name[0], ())}
        assert not lost, f"{event['kind']} removed {lost}"
        self.found = now

    def promises(self) -> None:
        facts = Facts(self.record, self.record.events[-1].at) if self.record.events else None
        for decision in penalties(self.record):
            assert facts is not None
            notice = facts.last_before(decision, "prior_notice_served")
            assert notice is not None, "a penalty without prior notice"
            assert decision.data["penalty"].fine_fen <= notice.data["penalty"].fine_fen, "heavier than told"
            self.fine_in_range(facts, decision)
            if trigger(facts, decision) and decision.kind == "decision_made":
                review = facts.last_before(decision, "legality_reviewed")
                assert review is not None and not facts.handlers(decision).intersection(review.by)
        for hearing in facts.all("hearing_held") if facts else ():
            notice = facts.last_before(hearing, "prior_notice_served")
            assert hearing.data["presided_by"] not in facts.handlers(hearing, until=notice)

    def fine_in_range(self, facts: Facts, decision: Event) -> None:
        fine = decision.data["penalty"].fine_fen
        found = limits(facts, matter_of(facts), decision.day)
        assert fine <= max(found.max, *(high for _, high in found.others), 0), "a fine above the range"
        if decision.kind == "summary_decision_made":
            name = f"summary_fine_{facts.acts_as}"
            assert fine <= pack(self.record.agency.territory).param(name, decision.day).value


class Cases(RuleBasedStateMachine):
    """The walk for Hypothesis, which makes a failing case as short as it can."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.walk = Walk(seed)

    @rule(seed=st.integers(0, 2**32))
    def act(self, seed: int) -> None:
        self.walk.step(seed)

    @invariant()
    def what_the_law_promises_holds(self) -> None:
        if hasattr(self, "walk"):
            self.walk.promises()


def walked(examples: int) -> None:
    run_state_machine_as_test(
        Cases,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_two_hundred_random_cases_keep_the_promises_of_the_law() -> None:
    walked(200)


@pytest.mark.slow
def test_two_thousand_random_cases_keep_the_promises_of_the_law() -> None:
    walked(2000)


def test_the_walk_goes_far_enough_to_mean_something() -> None:
    """Decisions are reached, refused ones too; else the promises would be kept by idleness."""
    done: Counter[str] = Counter()
    for seed in range(60):
        walk = Walk(seed)
        for step in range(40):
            walk.step(seed * 1000 + step)
            walk.promises()
        done += walk.done
        done["fined"] += bool(penalties(walk.record))
    assert done["fined"] >= 5, done
    assert done["hearing_held"] >= 5 and done["blocked"] >= 100 and done["not a record"] >= 20, done
