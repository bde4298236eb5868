"""A round of legality review (法制审核) on a proposal, and its seven points."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.casework.proposals.models import Proposal
from yifa.law.labels import label
from yifa.law.review import TITLES, VERDICTS
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned

OPEN, RETURNED, OPINED = "open", "returned", "opined"
STATES = {OPEN: "正在审核", RETURNED: "已退回补正", OPINED: "已出具意见"}


@bound(
    "review_round",
    key=lambda one: one.no,
    legal=(
        "no", "organ_id", "case_id", "proposal_id", "serial", "reviewer", "began_at", "state", "ended_at", "opinion", "act_seq",
    ),
    personal=("words",),
)  # fmt: skip
class ReviewRound(OrganOwned):
    """One round: from the first point judged to the opinion, or to the return. `words`: what was said at its end."""

    no = models.CharField(max_length=32, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    reviewer = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(max_length=20, blank=True)
    act_seq = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["began_at", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "serial"], name="review_round_serial"),
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(state=OPEN), name="review_round_open_once"
            ),
        ]
        indexes = [models.Index(fields=["organ", "reviewer", "state"], name="review_round_of")]

    def __str__(self) -> str:
        return self.no

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def opinion_words(self) -> str:
        return label("opinion", self.opinion) if self.opinion else ""


@bound(
    "review_point",
    key=lambda point: f"{point.round_id}/{point.key}",
    legal=("organ_id", "round_id", "key", "verdict", "ties", "at"),
    personal=("words",),
    technical=("id",),
)
class ReviewPoint(OrganOwned):
    """One of the seven points in a round. `ties`: places it speaks of, each {kind, id, at}: evidence by its number, a
    paper with the name of a field or a line, a recording with a second."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="points")
    key = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    ties = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="review_point_once")]

    @property
    def title(self) -> str:
        return TITLES[self.key]

    @property
    def verdict_words(self) -> str:
        return VERDICTS.get(self.verdict, "")
