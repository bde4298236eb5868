"""An act judged before the lock is stored only while the case, the people and the law are those it was judged on."""

from datetime import date

import pytest

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.actions.acts import foreseen, unchanged
from yifa.casework.cases.queries import acts_of, get_case
from yifa.casework.cases.tests.factories import case_with, interview, lead, opening
from yifa.ledger.actions import Actor, writing
from yifa.ledger.verify import Verification
from yifa.registry.laws.actions import decide_parameter
from yifa.registry.laws.queries import law_of
from yifa.registry.people.models import Person
from yifa.registry.people.queries import register_of

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = Actor(id="system:test", organ="120199-cgw")
LATER = "2021-08-05T09:00:00+08:00"


@pytest.fixture
def case():
    return case_with(lead(), opening())


def ready(case, **changes):
    return foreseen(read(case), interview(**changes), ACTOR, late=False)


def read(case):
    return get_case(case.organ_id, case.no), acts_of(case), register_of(case.organ_id)


def test_a_refusal_is_left_to_the_case_as_it_stands(case):
    assert ready(case, by=["0101"]) is None


def test_it_falls_where_somebody_in_the_register_changed(case):
    found = ready(case)
    assert found.stands()
    Person.objects.filter(staff_no="0102").update(certificate_revoked_on=date(2021, 8, 4))
    assert not found.stands()


def test_it_falls_where_the_law_of_the_organ_changed(case):
    found = ready(case)
    confirmed = next(
        one.name
        for one in (
            editions[-1] for editions in law_of(case.organ_id, case.organ.territory).editions.values()
        )
        if not one.confirmed
    )
    current = law_of(case.organ_id, case.organ.territory).editions[confirmed][-1]
    decide_parameter(
        organ=case.organ, name=confirmed, value=current.value, valid_from=None, source="会议纪要", note="",
        staff_no="0101", actor=ACTOR,
    )  # fmt: skip
    assert not found.stands()


def test_it_falls_where_another_act_came_first(case):
    found = ready(case)
    with writing():
        assert unchanged(found)
    record_act(case_no=case.no, event=interview(LATER), actor=ACTOR)
    with writing():
        assert not unchanged(found)


def test_what_is_stored_is_what_the_ledger_digested_before_the_lock(case):
    seen = read(case)
    act = record_act(case_no=case.no, event=interview(), actor=ACTOR, seen=seen)
    assert act.seq == 3
    assert not list(Verification().faults())
    assert seen[0].act_count == 2, "what the caller read stays as it was read"
