"""The sample year through the ordinary path: it counts to its report, and a changed record moves its figure only."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from yifa.casework.cases.models import Act, Case, Tally
from yifa.fieldwork.inspections.models import Visit
from yifa.fieldwork.recordings.models import Recording
from yifa.governance.counsel.models import LegalReview
from yifa.governance.norms.models import RuleDocument
from yifa.governance.outreach.models import Outreach
from yifa.governance.training.models import Training
from yifa.intake.sample.actions import load_sample
from yifa.openness.disclosure.models import DisclosureItem
from yifa.openness.publicity.models import Posting
from yifa.registry.people.models import Person
from yifa.reports.figures.figure import Period, end_of_day
from yifa.reports.figures.measuring import measure_all

YEAR = Period(2021, end_of_day(date(2021, 12, 31)))
NEXT_YEAR = date(2022, 1, 5)


def values(organ: str) -> dict[str, int]:
    return {key: found.value for key, found in measure_all(organ, YEAR).items()}


def one(model, **found):
    return model.objects.filter(**found).order_by("pk").first()


def update(row, **changes):
    type(row).objects.filter(pk=row.pk).update(**changes)


def drop_visit():
    Visit.objects.filter(inspection__campaign__code="waste_sorting").first().delete()


def close_next_year():
    closing = Act.objects.filter(kind="case_closed", case__procedure="ordinary").first()
    update(closing, at=closing.at.replace(year=2022))


CHANGES = {
    "a case opened the year before": (
        lambda: update(one(Case, procedure="ordinary", campaign=""), opened_on=date(2020, 12, 31)),
        {"cases.ordinary.opened": -1},
    ),
    "a case closed the year after": (close_next_year, {"cases.ordinary.closed": -1}),
    "a session that was a lecture": (
        lambda: update(one(Outreach, form="community_session"), form="lecture"),
        {"outreach.community_sessions": -1},
    ),
    "a lecture that was case analysis": (
        lambda: update(one(Training, form="expert_lecture"), form="case_analysis"),
        {"training.expert_lectures": -1},
    ),
    "a posting of the year after": (
        lambda: update(one(Posting, channel="credit_platform"), on=NEXT_YEAR),
        {"exchange.credit_platform.cases": -1},
    ),
    "an item adjusted the year after": (
        lambda: update(one(DisclosureItem), on=NEXT_YEAR),
        {"disclosure.items_adjusted": -1},
    ),
    "a rule repealed": (
        lambda: update(one(RuleDocument, category="disclosure"), operation="repealed"),
        {"disclosure.rules_in_force": -1},
    ),
    "a lawyer whose term ended": (
        lambda: update(one(Person, roles="|counsel|"), term_to=date(2021, 6, 30)),
        {"counsel.lawyers": -1},
    ),
    "a decision that was a contract": (
        lambda: update(one(LegalReview, kind="major_decision"), kind="contract"),
        {"counsel.decisions_reviewed": -1, "counsel.documents_reviewed": 1},
    ),
    "a visit that did not happen": (drop_visit, {"campaigns.waste_sorting.officer_visits": -1}),
}


class Undone(Exception):
    """Takes a change back."""


def moved(organ: str, before: dict[str, int], change) -> dict[str, int]:
    """Which figures a change moves, and by how much; the change is taken back."""
    found: dict[str, int] = {}
    try:
        with transaction.atomic():
            change()
            after = values(organ)
            found = {key: after[key] - value for key, value in before.items() if after[key] != value}
            raise Undone
    except Undone:
        return found


@pytest.mark.django_db
def test_one_changed_record_of_the_sample_year_moves_exactly_its_figure():
    organ = load_sample(today=date(2026, 11, 23)).organ.code
    before = values(organ)
    told = {name: moved(organ, before, change) for name, (change, _) in CHANGES.items()}
    assert told == {name: expected for name, (_, expected) in CHANGES.items()}
    recording = one(Recording, retention="permanent")
    assert moved(organ, before, lambda: update(recording, retention="180")) == {
        "recordings.permanent.items": -1,
        "recordings.permanent.seconds": -recording.seconds,
        "recordings.permanent.bytes": -recording.bytes,
    }
    assert values(organ) == before
    kept = Tally.objects.filter(organ=organ, period__startswith="2021-")
    for step in ("opened", "closed"):
        total = sum(kept.filter(name=f"cases.ordinary.{step}").values_list("value", flat=True))
        assert total == before[f"cases.ordinary.{step}"]
