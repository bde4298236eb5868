"""A proposal as its page shows it: what will be recorded, what the law says now, what happened since it was submitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from yifa.casework.cases.act_words import KEY_LABELS, act_words
from yifa.casework.cases.clocks import DueDay, due_day
from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StepRefused
from yifa.casework.cases.events import split_event
from yifa.casework.cases.models import Act
from yifa.casework.cases.offered import Way, ways
from yifa.casework.cases.permissions import APPROVER_KEYS, WHOSE
from yifa.casework.proposals.actions.confirming import event_of
from yifa.casework.proposals.actions.submitting import may_handle
from yifa.casework.proposals.models import OPEN, RETURNED, WITHDRAWN, Proposal
from yifa.law.events import KINDS
from yifa.law.procedure import OFFERS
from yifa.ledger.actions import Actor
from yifa.ledger.clock import SHANGHAI

STEP_WORDS = {
    "submitted": "提交", "returned": "退回", "withdrawn": "撤回", "confirmed": "确认并记录", "reminded": "催办",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """Everything the page of a proposal shows to one log-in. `refused`: why he may not confirm; empty where he may."""

    proposal: Proposal
    doing: Doing
    refused: str
    ways: list[Way]
    faults: list[str]
    since: list[dict[str, Any]]
    steps: list[dict[str, Any]]

    @property
    def open(self) -> bool:
        return self.proposal.state == OPEN

    @property
    def mine(self) -> bool:
        person = self.doing.person
        return bool(person) and self.proposal.submitted_by == person["id"]

    @property
    def editable(self) -> bool:
        return self.mine and self.proposal.state in (RETURNED, WITHDRAWN)

    @property
    def involved(self) -> bool:
        person = self.doing.person
        return bool(person) and person["id"] in self.proposal.proposers

    @property
    def due(self) -> DueDay:
        case = self.doing.case
        return due_day(case.due_on, case.due_from, case.due_unit, self.doing.at.date())

    @property
    def to_name(self) -> str:
        return self.name(self.proposal.to_person) if self.proposal.to_person else ""

    @property
    def whose(self) -> str:
        return WHOSE[self.proposal.to_role]

    @property
    def label(self) -> str:
        return KINDS[self.proposal.kind].label

    @property
    def slug(self) -> str:
        return self.proposal.kind.replace("_", "-")

    @property
    def offer(self) -> Any:
        return OFFERS[self.doing.case.procedure].get(self.proposal.kind)

    @property
    def submitted_by(self) -> str:
        return self.name(self.proposal.submitted_by)

    @property
    def acting(self) -> str:
        """Who acts by the event; empty where that is whoever confirms (a review)."""
        return "、".join(self.name(who) for who in self.proposal.event.get("by", ()))

    @property
    def message(self) -> str:
        """The words that went with it when it was submitted last."""
        return next(
            (one["words"] for one in reversed(self.steps) if one["step"] == STEP_WORDS["submitted"]), ""
        )

    def name(self, who: str) -> str:
        return self.doing.names.get(who, who)

    @property
    def words(self) -> list[tuple[str, str]]:
        """(label, words) of what will be recorded, but for what only the confirmation says."""
        data, words = split_event({**self.proposal.whole, "kind": self.proposal.kind})
        return act_words(Act(kind=self.proposal.kind, data=data, words=words), self.doing.names)

    @property
    def asked(self) -> list[str]:
        return [KEY_LABELS[name] for name in self.doing.asked if name in KEY_LABELS]


def read(proposal: Proposal, organ: str, staff_no: str | None, extra_roles: str, at: Any) -> Reading:
    """The proposal as this log-in sees it now; three queries more than the page of an act."""
    what = doing(organ, proposal.case_id, proposal.kind, staff_no, extra_roles, at, mode="confirm")
    refused = may_handle(proposal, what.person, what.acts) or ""
    found, faults = law_says(proposal, what) if proposal.state == OPEN else ([], [])
    return Reading(
        proposal=proposal, doing=what, refused=refused, ways=found, faults=faults,
        since=[shown(act, what) for act in sorted(what.acts, key=lambda act: act.seq) if act.seq > proposal.seen],
        steps=[
            {"step": STEP_WORDS[one.step], "who": what.names.get(one.by, one.by), "at": one.at.astimezone(SHANGHAI), "words": one.words}
            for one in proposal.steps.all()
        ],
    )  # fmt: skip


def law_says(proposal: Proposal, what: Doing) -> tuple[list[Way], list[str]]:
    """(reasons, faults) why confirming now would be refused: the same words as the page of the act itself."""
    if proposal.kind in APPROVER_KEYS:
        return ways(replace(what, mode="record").blocked()), []
    who = proposal.to_person or (what.person or {}).get("id", "")
    approver = who if who in what.staff else next(iter(what.staff))
    event = event_of(proposal, approver, {}, what.at)
    try:
        what.foreseen(event, Actor(id="", role="head", organ=what.case.organ_id))
    except StepRefused as error:
        return ways(what.explained(error.findings)), []
    except InvalidAct as error:
        return [], error.problems
    return [], []


def shown(act: Act, what: Doing) -> dict[str, Any]:
    return {
        "seq": act.seq, "label": KINDS[act.kind].label, "at": act.at.astimezone(SHANGHAI),
        "by": "、".join(what.names.get(who, who) for who in act.by),
    }  # fmt: skip
