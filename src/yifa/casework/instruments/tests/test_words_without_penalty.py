"""Papers of a case without a penalty say so, where they would say the penalty; nothing is left to be filled by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from yifa.casework.instruments.filling import SOURCES
from yifa.casework.instruments.told import Told

FINE = {"kinds": ["fine"], "fine_fen": 20000}
NOTICE = {"kind": "prior_notice_served", "at": "2021-08-11T09:00:00+08:00", "penalty": FINE}


def said(source: str, *events: dict[str, Any]) -> Any:
    return SOURCES[source](Told({"events": list(events)}, date(2021, 9, 1)))


def test_nothing_is_said_of_what_did_not_happen():
    for source in ("decision.penalty", "proposal.penalty", "notice.summary"):
        assert said(source) == ""


def test_a_decision_without_penalty_says_what_it_is():
    decided = {"kind": "decision_made", "at": "2021-09-01T09:00:00+08:00", "outcome": "no_penalty"}
    assert said("decision.penalty", decided) == "不予处罚。"
    assert said("decision.penalty", {**decided, "outcome": "penalty", "penalty": FINE}).startswith(
        "罚款200元"
    )


def test_a_proposal_of_no_kind_of_penalty_proposes_none():
    closed = {"kind": "investigation_closed", "at": "2021-08-10T09:00:00+08:00"}
    assert said("proposal.penalty", {**closed, "proposal": {"kinds": []}}) == "不予处罚。"
    assert said("proposal.penalty", {**closed, "proposal": FINE}).startswith("罚款200元")
    assert said("proposal.penalty", closed) == ""


def test_what_the_party_was_told_is_one_sentence():
    assert said("notice.summary", NOTICE).startswith("2021年8月11日告知：罚款200元")
