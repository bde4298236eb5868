"""A proposal is an act not yet done: what somebody asks another to approve, review or decide, and the steps it took."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned

OPEN, RETURNED, WITHDRAWN, CONFIRMED = "open", "returned", "withdrawn", "confirmed"
STATES = {OPEN: "待确认", RETURNED: "已退回", WITHDRAWN: "已撤回", CONFIRMED: "已确认"}
LIVING = (OPEN, RETURNED)


@bound(
    "proposal",
    key=lambda proposal: proposal.no,
    legal=(
        "no", "organ_id", "case_id", "serial", "kind", "event", "proposers", "submitted_by", "submitted_at", "to_role",
        "to_person", "seen", "state", "handled_by", "handled_at", "act_seq", "reminded_on", "reminders",
    ),
    personal=("words", "typed"),
)  # fmt: skip
class Proposal(OrganOwned):
    """A proposal (送审、提请审批). `event`: the keys to be recorded; `words`: its free text, erasable like an act's.

    `typed`: the form as it was filled in, so that it can be corrected and submitted again. `seen`: the acts the case
    had then. Addressed to one person (`to_person`) or to whoever holds `to_role`.
    """

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    event = models.JSONField()
    words = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    proposers = models.JSONField()
    submitted_by = models.CharField(max_length=40)
    submitted_at = models.DateTimeField()
    to_role = models.CharField(max_length=20)
    to_person = models.CharField(max_length=40, blank=True)
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default=OPEN)
    handled_by = models.CharField(max_length=40, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    act_seq = models.PositiveIntegerField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="proposal_serial"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(state=OPEN), name="proposal_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "state", "to_role"], name="proposal_waiting"),
            models.Index(fields=["organ", "submitted_by", "state"], name="proposal_submitted"),
            models.Index(fields=["organ", "handled_by", "handled_at"], name="proposal_handled"),
        ]

    def __str__(self) -> str:
        return self.no

    @property
    def whole(self) -> dict[str, Any]:
        """The event to be recorded, its free text included."""
        return {**self.event, **self.words}

    @property
    def state_words(self) -> str:
        return STATES[self.state]


@bound(
    "proposal_step",
    key=lambda step: f"{step.proposal_id}/{step.serial}",
    legal=("organ_id", "proposal_id", "serial", "step", "by", "at"),
    personal=("words",),
    technical=("id",),
)
class ProposalStep(OrganOwned):
    """What somebody did with a proposal, with his words: submitted, returned, reminded, withdrawn, confirmed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    serial = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["proposal", "serial"], name="proposal_step_serial")]


DELIBERATING, CLOSED = "open", "closed"


@bound(
    "deliberation",
    key=lambda meeting: meeting.no,
    legal=(
        "no", "organ_id", "case_id", "serial", "members", "chaired_by", "submitted_by", "submitted_at", "seen", "state",
        "closed_at", "act_seq",
    ),
    personal=("question",),
)  # fmt: skip
class Deliberation(OrganOwned):
    """A collective deliberation (集体讨论) before it is an act: who is asked, about what; votes are rows of their own."""

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    question = models.TextField(blank=True)
    members = models.JSONField()
    chaired_by = models.CharField(max_length=40)
    submitted_by = models.CharField(max_length=40)
    submitted_at = models.DateTimeField()
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default=DELIBERATING)
    closed_at = models.DateTimeField(null=True, blank=True)
    act_seq = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="deliberation_serial"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=DELIBERATING), name="deliberation_open_once"
            ),
        ]
        indexes = [models.Index(fields=["organ", "state"], name="deliberation_waiting")]

    def __str__(self) -> str:
        return self.no


RECUSED_VOTE = "recused"
VOTES = {"for": "同意", "against": "反对", "abstain": "弃权", RECUSED_VOTE: "回避"}


@bound(
    "vote",
    key=lambda vote: f"{vote.deliberation_id}/{vote.person}",
    legal=("organ_id", "deliberation_id", "person", "vote", "at"),
    personal=("reason",),
    technical=("id",),
)
class Vote(OrganOwned):
    """One member's own vote (表决) with his reason, or his declaration that he recuses himself."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.PROTECT, related_name="votes")
    person = models.CharField(max_length=40)
    vote = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["deliberation", "person"], name="vote_once")]
