"""Kept figures and counted figures agree, act by act."""

import pytest
from django.db.models import Sum

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Case, Tally
from yifa.casework.cases.tests.factories import ACTOR, case_with, interview, lead, opening

pytestmark = pytest.mark.django_db


def kept(name):
    return Tally.objects.filter(name=name).aggregate(value=Sum("value"))["value"] or 0


def test_an_opening_is_kept_in_its_month_and_equals_the_count():
    case_with(lead(), opening())
    case_with(lead(), number="二")
    assert kept("cases.ordinary.opened") == Case.objects.filter(opened_on__year=2021).count() == 1
    assert Tally.objects.get(name="cases.ordinary.opened").period == "2021-08"


def test_an_act_that_is_not_counted_moves_nothing():
    case = case_with(lead(), opening())
    before = list(Tally.objects.values_list("name", "value"))
    record_act(case_no=case.no, event=interview(), actor=ACTOR)
    assert list(Tally.objects.values_list("name", "value")) == before
