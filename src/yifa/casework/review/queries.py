"""Reviews as the list, the case and the meeting pack need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from yifa.casework.cases.clocks import DueDay, due_day
from yifa.casework.cases.queries import of_cases_within_reach
from yifa.casework.proposals.models import OPEN, Proposal
from yifa.casework.review.models import OPINED, RETURNED, ReviewRound
from yifa.law.packs import Pack
from yifa.law.review import review_due
from yifa.ledger.clock import SHANGHAI
from yifa.registry.people.reach import Reach

KIND = "legality_reviewed"


@dataclass(frozen=True)
class Waiting:
    """One case submitted for review: its round, who began it, until when it is to be done."""

    proposal: Proposal
    round: int
    reviewer: str
    due: DueDay


def waiting(organ: str, law: Pack, today: date, reach: Reach | None) -> list[Waiting]:
    """What waits for review, the nearest day first. Two queries."""
    rows = Proposal.objects.filter(organ_id=organ, kind=KIND, state=OPEN).select_related("case")
    if reach is not None:
        rows = of_cases_within_reach(rows, reach)
    found = list(rows.order_by("submitted_at"))
    ended: dict[str, int] = {}
    begun: dict[str, str] = {}
    for one in ReviewRound.objects.filter(proposal__in=[p.no for p in found]):
        ended[one.proposal_id] = ended.get(one.proposal_id, 0) + (one.state != "open")
        if one.state == "open":
            begun[one.proposal_id] = one.reviewer
    made = [
        Waiting(one, ended.get(one.no, 0) + 1, begun.get(one.no, one.to_person), day_of(one, law, today))
        for one in found
    ]
    return sorted(made, key=lambda one: (one.due.on or date.max, one.proposal.no))


def day_of(proposal: Proposal, law: Pack, today: date) -> DueDay:
    """Until when a review is to be done."""
    start = proposal.submitted_at.astimezone(SHANGHAI).date()
    until = review_due(law, start)
    return due_day(until.due_on if until else None, start, until.unit if until else "day", today)


def loads(organ: str, year: int) -> dict[str, dict[str, Any]]:
    """By reviewer: rounds going on, opinions given and returns this year. One query."""
    rows = ReviewRound.objects.filter(organ_id=organ).values("reviewer")
    ended = Q(ended_at__year=year)
    counted = rows.annotate(
        open=Count("no", filter=Q(state="open", proposal__state=OPEN)), opined=Count("no", filter=ended & Q(state=OPINED)),
        returned=Count("no", filter=ended & Q(state=RETURNED)),
    )  # fmt: skip
    return {row["reviewer"]: row for row in counted.order_by("reviewer")}


def rounds_of(case_no: str) -> list[ReviewRound]:
    """All rounds of a case with their points, in order. Two queries."""
    return list(ReviewRound.objects.filter(case_id=case_no).prefetch_related("points"))
