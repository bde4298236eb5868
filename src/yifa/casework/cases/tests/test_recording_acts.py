"""An act is recorded whole or not at all, with exactly one ledger entry."""

from datetime import date

import pytest

from yifa.casework.cases import derive
from yifa.casework.cases.actions import History, open_case, record_act, record_histories
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.models import Act, Case, Tally
from yifa.casework.cases.queries import acts_of, get_case, record_dict, record_of
from yifa.casework.cases.tests.factories import (
    ACTOR,
    HEAD,
    case_with,
    interview,
    lead,
    opening,
    organ,
    people,
)
from yifa.ledger.queries import event_count
from yifa.ledger.verify import Verification
from yifa.registry.people.models import Person
from yifa.registry.people.queries import register_of

pytestmark = pytest.mark.django_db


def refused(error, **kwargs):
    acts, entries = Act.objects.count(), event_count()
    with pytest.raises(error) as caught:
        record_act(actor=ACTOR, **kwargs)
    assert (Act.objects.count(), event_count()) == (acts, entries)
    return caught.value


def test_an_act_of_an_unknown_case_is_refused():
    refused(UnknownCase, case_no="2021-0999", event=lead())


def test_an_interview_before_opening_is_refused_with_its_article():
    case = case_with(lead())
    error = refused(StepRefused, case_no=case.no, event=interview())
    assert [finding.rule for finding in error.findings] == ["R-APL-54-1"]


def test_an_unknown_kind_a_naive_moment_and_an_unknown_key_are_refused():
    case = case_with(lead(), opening())
    refused(InvalidAct, case_no=case.no, event={**interview(), "kind": "party_thrown"})
    refused(InvalidAct, case_no=case.no, event=interview(at="yesterday"))
    error = refused(InvalidAct, case_no=case.no, event=interview(colour="red"))
    assert any("colour" in problem for problem in error.problems)


def test_a_stale_page_cannot_record():
    case = case_with(lead(), opening())
    error = refused(StaleEdition, case_no=case.no, event=interview(), expected=1)
    assert (error.expected, error.found) == (1, 2)


def test_recording_an_act_appends_one_entry_and_derives_the_case():
    case = case_with(lead(), opening())
    entries = event_count()
    record_act(case_no=case.no, event=interview(note="当事人配合"), actor=ACTOR, expected=2)
    case.refresh_from_db()
    assert event_count() == entries + 1
    assert (case.act_count, str(case.opened_on)) == (3, "2021-08-03")
    act = case.acts.get(seq=3)
    assert act.words == {"note": "当事人配合"}
    assert "note" not in act.data


def test_opening_a_case_gives_the_next_address_of_the_year():
    owner = organ()
    people(owner)
    first = open_case(organ=owner, head=HEAD, event=lead(), actor=ACTOR)
    second = open_case(organ=owner, head={**HEAD, "number": "另一号"}, event=lead(), actor=ACTOR)
    assert (first.no, second.no) == ("2021-0001", "2021-0002")


def test_history_is_entered_although_unlawful_and_its_findings_are_kept():
    case = case_with(lead(), interview("2021-08-02T10:00:00+08:00"), opening())
    assert case.findings.filter(rule="R-APL-54-1", act_seq=2).exists()
    assert case.blocks >= 1


def test_history_entered_twice_changes_nothing_and_a_longer_one_appends():
    case = case_with(lead(), opening())
    entries = event_count()
    counts = record_histories(organ=case.organ, histories=[History(HEAD, [lead(), opening()])], actor=ACTOR)
    assert (counts["acts"], event_count()) == (0, entries)
    record_histories(
        organ=case.organ, histories=[History(HEAD, [lead(), opening(), interview()])], actor=ACTOR
    )
    assert (Act.objects.count(), event_count()) == (3, entries + 1)


def test_a_late_entry_takes_its_place_and_recordings_keep_pointing_to_their_act():
    case = case_with(lead(), opening(), interview())
    link = {
        "at": "2021-08-05T09:00:00+08:00",
        "kind": "recording_linked",
        "by": [],
        "event": 2,
        "start": "2021-08-04T08:59:00+08:00",
        "end": "2021-08-04T09:20:00+08:00",
        "device": "JL-01",
        "officers": ["0101", "0102"],
        "continuous": True,
    }
    record_histories(
        organ=case.organ, histories=[History(HEAD, [lead(), opening(), interview(), link])], actor=ACTOR
    )
    record_act(case_no=case.no, event=lead("2021-08-01T09:00:00+08:00"), actor=ACTOR, entered_late=True)
    events = record_dict(case.no)["events"]
    assert events[-1]["event"] == 3
    assert events[events[-1]["event"]]["kind"] == "interview_recorded"
    assert len(record_of(case.no).events) == 5


def test_projections_are_added_in_the_same_transaction(monkeypatch):
    monkeypatch.setattr(derive, "PROJECTIONS", [])
    derive.register_projection(lambda act, case: {f"acts.{act.kind}": 1})
    case = case_with(lead(), opening())
    record_act(case_no=case.no, event=interview(), actor=ACTOR)
    with pytest.raises(StepRefused):
        record_act(case_no=case_with(lead(), number="二").no, event=interview(), actor=ACTOR)
    assert dict(Tally.objects.values_list("name", "value")) == {
        "acts.lead_registered": 2,
        "acts.opening_approved": 1,
        "acts.interview_recorded": 1,
    }


def test_two_organs_share_no_number_series_row():
    one, two = case_with(lead()), case_with(lead(), code="120115-cgw")
    assert one.number == two.number
    assert Case.objects.filter(organ_id="120115-cgw").count() == 1
    assert one.no != two.no


def test_a_certificate_revoked_while_the_form_was_open_counts():
    case = case_with(lead(), opening())
    seen = (get_case(case.organ_id, case.no), acts_of(case), register_of(case.organ_id))
    for person in Person.objects.filter(staff_no="0102"):
        person.certificate_revoked_on = date(2021, 8, 4)
        person.save()
    error = refused(StepRefused, case_no=case.no, event=interview(), seen=seen)
    assert "甲二" in error.findings[0].message


def test_a_case_that_moved_on_since_it_was_seen_is_read_again():
    case = case_with(lead(), opening())
    seen = (get_case(case.organ_id, case.no), acts_of(case), register_of(case.organ_id))
    record_act(case_no=case.no, event=interview(), actor=ACTOR, seen=seen)
    act = record_act(case_no=case.no, event=interview("2021-08-05T09:00:00+08:00"), actor=ACTOR, seen=seen)
    assert act.seq == 4
    assert Case.objects.get(no=case.no).act_count == 4
    assert not list(Verification().faults())


def test_findings_that_stay_the_same_are_not_written_again():
    case = case_with(lead(), interview("2021-08-02T10:00:00+08:00"), opening())
    before = list(case.findings.values_list("id", "rule"))
    record_act(case_no=case.no, event=interview("2021-08-05T09:00:00+08:00"), actor=ACTOR)
    assert before and list(case.findings.values_list("id", "rule")) == before


def test_findings_counted_again_since_the_case_was_seen_are_replaced_and_not_doubled():
    case = case_with(lead(), interview("2021-08-02T10:00:00+08:00"), opening())
    stale = get_case(case.organ_id, case.no)
    stale.blocks = stale.warns = 0
    seen = (stale, acts_of(case), register_of(case.organ_id))
    record_act(case_no=case.no, event=interview("2021-08-05T09:00:00+08:00"), actor=ACTOR, seen=seen)
    case.refresh_from_db()
    assert case.findings.count() == case.blocks + case.warns > 0
