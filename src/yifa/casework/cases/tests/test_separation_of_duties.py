"""Whatever is tried in whatever order: nobody both investigates and reviews, reviews and approves, approves and investigates."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from itertools import combinations

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.permissions import (
    approvers_of,
    confirmation_refusal,
    handlers_of,
    misplaced,
    proposal_words,
    recused,
    refusal,
    reviewers_of,
)

ROLES = ("handler", "head", "reviewer")
PEOPLE = [
    {"id": f"{place:02d}", "name": f"{place}", "roles": list(roles)}
    for place, roles in enumerate(
        roles for size in (1, 2, 3) for roles in combinations(ROLES, size) for _ in range(2)
    )
]


class Trial:
    """One case in memory; every step is first asked of the permissions, and done only where they let it."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self.case = Case(no="2021-0001", handlers="")
        self.acts: list[Act] = []
        self.done: Counter[str] = Counter()

    def add(self, kind: str, by: list[str], **data: object) -> None:
        at = datetime(2021, 8, 2, tzinfo=UTC)
        self.acts.append(Act(kind=kind, by=by, data=data, words={}, seq=len(self.acts) + 1, at=at))
        self.done[kind] += 1

    def assign(self) -> None:
        head, other = self.pick.choice(PEOPLE), self.pick.choice(PEOPLE)
        allowed = refusal("handlers_assigned", head, self.case, self.acts) is None
        if allowed and not misplaced("handlers_assigned", [other["id"]], self.acts):
            self.add("handlers_assigned", [head["id"]], handlers=[other["id"]])
            self.case.handlers += f"|{other['id']}|"

    def investigate(self) -> None:
        first, second = self.pick.choice(PEOPLE), self.pick.choice(PEOPLE)
        named = [first["id"], second["id"]]
        allowed = refusal("scene_recorded", first, self.case, self.acts) is None
        if allowed and not misplaced("scene_recorded", named, self.acts):
            self.add("scene_recorded", named)

    def review(self) -> None:
        person = self.pick.choice(PEOPLE)
        if refusal("legality_reviewed", person, self.case, self.acts) is None:
            self.add("legality_reviewed", [person["id"]])

    def approve(self) -> None:
        person = self.pick.choice(PEOPLE)
        if refusal("handling_extended", person, self.case, self.acts) is None:
            self.add("handling_extended", [], approved_by=person["id"])

    def order(self) -> None:
        """A head records what two officers did, approving it himself."""
        head, second = self.pick.choice(PEOPLE), self.pick.choice(PEOPLE)
        named = [head["id"], second["id"]][self.pick.randrange(2) :]
        if "head" not in head["roles"] or refusal("measure_ordered", head, self.case, self.acts) is not None:
            return
        if not misplaced("measure_ordered", named, self.acts, head["id"]):
            self.add("measure_ordered", named, approved_by=head["id"])

    def propose(self) -> None:
        asks, confirms = self.pick.choice(PEOPLE), self.pick.choice(PEOPLE)
        kind = self.pick.choice(["legality_reviewed", "decision_made", "preservation_ordered"])
        if not proposal_words(kind, asks, self.case, self.acts):
            return
        if misplaced(kind, [asks["id"]], self.acts):
            return
        if confirmation_refusal(kind, confirms, self.acts, [asks["id"]]) is None:
            review = kind == "legality_reviewed"
            said = {} if review else {"approved_by": confirms["id"]}
            self.add(kind, [confirms["id"]] if review else [asks["id"]], **said)

    def recuse(self) -> None:
        head, out = self.pick.choice(PEOPLE), self.pick.choice(PEOPLE)
        if self.pick.random() < 0.2 and refusal("recusal_decided", head, self.case, self.acts) is None:
            self.add("recusal_decided", [], person=out["id"], granted=True, decided_by=head["id"])

    def run(self, steps: int) -> None:
        trials = (
            self.assign,
            self.investigate,
            self.review,
            self.approve,
            self.order,
            self.propose,
            self.recuse,
        )
        for _ in range(steps):
            out, before = recused(self.acts), len(self.acts)
            self.pick.choice(trials)()
            for act in self.acts[before:]:
                acting = {*act.by, *act.data.get("handlers", ()), act.data.get("approved_by")}
                assert not acting & out, "a recused person acted"


@pytest.mark.parametrize("seed", range(40))
def test_nobody_stands_on_two_sides_of_one_case(seed):
    trial = Trial(seed)
    trial.run(400)
    sides = {
        "investigate": handlers_of(trial.acts),
        "review": reviewers_of(trial.acts),
        "approve": approvers_of(trial.acts),
    }
    for one, other in combinations(sides, 2):
        assert not sides[one] & sides[other], (one, other, sides)


def test_the_trials_did_every_kind_of_step():
    total: Counter[str] = Counter()
    for seed in range(40):
        trial = Trial(seed)
        trial.run(400)
        total += trial.done
    assert {
        "handlers_assigned",
        "scene_recorded",
        "legality_reviewed",
        "handling_extended",
        "decision_made",
    } <= set(total)
    assert {"measure_ordered", "preservation_ordered", "recusal_decided"} <= set(total)
