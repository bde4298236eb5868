"""What is offered on a case: blocked acts first, then those that may be done, in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from yifa.law import record as law_record
from yifa.law.check import check, next_act
from yifa.law.events import KINDS
from yifa.law.packs import pack
from yifa.law.procedure import OFFERS, next_acts, steps
from yifa.law.procedure.offers import STOPS, UNBLOCKED_BY
from yifa.law.rules.moments import CLOCKS, MOMENTS

OFFICERS = ["a", "b"]
PENALTY = {"kinds": ["warning"]}
LEAD = {"at": "2024-03-01T09:00:00+08:00", "kind": "lead_registered", "by": ["a"], "source": "patrol"}
OPENING = {"at": "2024-03-04T09:00:00+08:00", "kind": "opening_approved", "by": OFFICERS, "approved_by": "h"}
NOTICE = {
    "at": "2024-03-06T09:00:00+08:00", "kind": "prior_notice_served", "by": OFFICERS, "penalty": PENALTY,
    "contents": ["content", "facts", "reasons", "basis", "rights"], "hearing_right_told": False, "mode": "direct",
}  # fmt: skip
CLOSED = {"at": "2024-03-07T09:00:00+08:00", "kind": "case_closed", "by": ["a"], "reason": "terminated"}
ARCHIVED = {"at": "2024-03-08T09:00:00+08:00", "kind": "case_archived", "by": ["a"]}
CERTIFICATE = {"number": "1", "valid_from": "2020-01-01", "valid_to": "2030-01-01"}


def record(*events: dict[str, Any], procedure: str = "ordinary") -> law_record.Record:
    return law_record.parse(
        {
            "format": "yifa-record/1",
            "agency": {"id": "x", "name": "示例", "territory": "120199"},
            "number": "一", "matter": "M001", "procedure": procedure, "campaign": None,
            "party": {"kind": "citizen", "name": "示例当事人"},
            "violation": {
                "place": "示例路", "territory": "120199", "began_on": "2024-03-01", "ended_on": "2024-03-01",
                "discovered_on": "2024-03-01", "harm": "slight", "facts": ["乱扔"],
            },
            "other_proceedings": [],
            "people": [
                {"id": "a", "name": "甲", "roles": ["handler"], "certificate": CERTIFICATE},
                {"id": "b", "name": "乙", "roles": ["handler"], "certificate": CERTIFICATE},
                {"id": "h", "name": "丙", "roles": ["head"]},
            ],
            "events": list(events),
        }
    )  # fmt: skip


def offered(*events: dict[str, Any], day: str, procedure: str = "ordinary"):
    at = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    found = record(*events, procedure=procedure)
    can, cannot = next_acts(found, at, check(found, at).deadlines)
    return [act.kind for act in can], {act.kind: act for act in cannot}


def test_before_the_opening_an_interview_is_blocked_and_names_the_opening_as_the_way_out():
    can, cannot = offered(LEAD, day="2024-03-02")
    assert [reason.lifted_by for reason in cannot["interview_recorded"].reasons] == ["opening_approved"]
    assert can[0] == "opening_approved" and "decision_made" not in can


def test_a_decision_is_blocked_with_every_reason_and_each_way_out():
    said = {"at": "2024-03-06T15:00:00+08:00", "kind": "statement_made", "by": [], "points": ["1"]}
    _, cannot = offered(LEAD, OPENING, NOTICE, said, day="2024-03-07")
    lifted = {reason.finding.rule: reason.lifted_by for reason in cannot["decision_made"].reasons}
    assert lifted["R-APL-62-1"] == "statement_waived"
    assert lifted["R-APL-45-1"] == "statement_reexamined"
    assert all(
        reason.finding.message and reason.finding.article for reason in cannot["decision_made"].reasons
    )


def test_without_a_decision_nothing_of_its_execution_is_shown():
    can, cannot = offered(LEAD, OPENING, day="2024-03-05")
    assert not {"fine_collected", "demand_served", "case_archived", "publicity_posted"} & {*can, *cannot}


def test_an_archived_case_offers_only_what_may_follow_the_archive():
    can, cannot = offered(LEAD, OPENING, CLOSED, ARCHIVED, day="2024-03-09")
    assert can == ["case_reopened"] and not cannot


def test_what_is_offered_as_possible_is_what_the_guards_let_pass():
    shown = []
    for events in ((LEAD,), (LEAD, OPENING), (LEAD, OPENING, NOTICE)):
        found = record(*events)
        at = datetime.fromisoformat("2024-03-20T12:00:00+08:00")
        can, cannot = next_acts(found, at)
        assert can and all(next_act(found, act.kind, at)[0] for act in can)
        assert not any(next_act(found, act.kind, at)[0] for act in cannot)
        shown += cannot
    assert shown


def test_a_later_act_is_not_seen_from_an_earlier_moment():
    can, _ = offered(LEAD, OPENING, day="2024-03-02")
    assert "opening_approved" in can


def test_a_summary_case_offers_the_decision_on_the_spot_once_the_party_was_heard():
    waived = {"at": "2024-03-06T09:05:00+08:00", "kind": "statement_waived", "by": OFFICERS}
    _, before = offered(NOTICE, day="2024-03-06", procedure="summary")
    _, after = offered(NOTICE, waived, day="2024-03-06", procedure="summary")
    assert "R-APL-62-1" in {reason.finding.rule for reason in before["summary_decision_made"].reasons}
    left = after.get("summary_decision_made")
    assert left is None or "R-APL-62-1" not in {reason.finding.rule for reason in left.reasons}


def test_the_tables_name_only_kinds_and_rules_that_exist():
    for table in OFFERS.values():
        for kind, offer in table.items():
            assert {kind, *offer.after, *offer.until} <= set(KINDS)
            assert offer.article and offer.consequence
    for acts in (*UNBLOCKED_BY.values(), *STOPS.values()):
        assert set(acts) <= set(KINDS)
    assert {*UNBLOCKED_BY, *STOPS} <= {*MOMENTS, *CLOCKS}


INVESTIGATED = {
    "at": "2024-03-05T09:00:00+08:00",
    "kind": "investigation_closed",
    "by": OFFICERS,
    "proposal": {"kinds": ["fine"], "fine_fen": 10000},
}


def with_order(*order: str):
    shipped = pack("120115")
    return shipped.with_editions(
        {"order_before_decision": [replace(shipped.editions["order_before_decision"][-1], value=order)]}
    )


def first_offered(law) -> list[str]:
    found = replace(record(LEAD, OPENING, INVESTIGATED), law=law)
    can, _ = next_acts(found, datetime.fromisoformat("2024-03-05T12:00:00+08:00"))
    return [act.kind for act in can]


def test_by_default_review_and_deliberation_wait_for_the_notice():
    offers = first_offered(pack("120115"))
    assert "prior_notice_served" in offers
    assert not {"legality_reviewed", "deliberated"} & set(offers)


def test_where_the_organ_reviews_first_the_review_is_offered_before_the_notice():
    offers = first_offered(
        with_order("legality_review", "prior_notice", "statement", "hearing", "deliberation")
    )
    assert offers.index("legality_reviewed") < offers.index("prior_notice_served")
    assert "deliberated" not in offers


def test_steps_stand_in_the_order_of_the_organ():
    found = replace(record(LEAD, OPENING), law=with_order("legality_review", "prior_notice"))
    keys = [step.key for step in steps(found)]
    assert keys.index("legality_review") < keys.index("prior_notice") < keys.index("statement")
