"""A lawful workbook goes in once; again it changes nothing; what changed is told apart."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.process_record.models import RecordingLink
from yifa.fieldwork.inspections.models import Visit
from yifa.intake.workbook.actions import UnknownImporter, organ_to_found, take_in
from yifa.intake.workbook.models import WorkbookImport
from yifa.intake.workbook.template import write_template
from yifa.intake.workbook.tests.factories import BOOK, NUMBER, sheets, write
from yifa.ledger.actions import Actor
from yifa.ledger.models import Event
from yifa.openness.publicity.models import Posting
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def imported(tmp_path, content, **options):
    organ = Organ.objects.first() or organ_to_found("120115")
    path = write(tmp_path / "book.xlsx", content)
    return take_in(path=path, organ=organ, actor=Actor("system:import"), **options)


def test_a_changed_act_is_refused(tmp_path):
    imported(tmp_path, sheets())
    rows = [list(row) for row in BOOK["办案记录"]]
    rows[1][2] = "2021-03-02 09:11"
    assert [p.code for p in imported(tmp_path, sheets(办案记录=rows)).problems] == ["act_changed"]


def test_the_head_of_an_archived_case_is_not_changed(tmp_path):
    rows = [*BOOK["办案记录"], [NUMBER, 7, "2021-05-02 09:00", "归档", "0101", *[None] * 7]]
    assert not imported(tmp_path, sheets(办案记录=rows)).problems
    cases = [list(row) for row in BOOK["案件"]]
    cases[1][5] = "某路2号"
    (problem,) = imported(tmp_path, sheets(案件=cases, 办案记录=rows)).problems
    assert (problem.sheet, problem.code) == ("案件", "case_archived") and "已经归档" in problem.message


def test_an_importer_nobody_knows_is_refused(tmp_path):
    with pytest.raises(UnknownImporter):
        imported(tmp_path, sheets(), staff_no="9999")
    assert not imported(tmp_path, sheets(), staff_no="0101").problems


def test_a_dry_run_writes_nothing(tmp_path):
    outcome = imported(tmp_path, sheets(), dry_run=True)
    assert (
        outcome.imported["办案记录"]["new"] == 5 and not Organ.objects.exists() and not Event.objects.exists()
    )


def test_the_same_workbook_twice_changes_nothing(tmp_path):
    imported(tmp_path, sheets())
    entries = Event.objects.count()
    again = imported(tmp_path, sheets())
    assert not again.changed and Event.objects.count() == entries and WorkbookImport.objects.count() == 1
    assert all(count["new"] == count["changed"] == 0 for count in again.imported.values())


def test_acts_postings_disputes_and_recordings_become_one_history(tmp_path):
    outcome = imported(tmp_path, sheets())
    kinds = list(Act.objects.filter(case__number=NUMBER).order_by("seq").values_list("kind", flat=True))
    assert sorted(kinds) == sorted(
        ["opening_approved", "scene_recorded", "correction_ordered", "investigation_closed", "case_closed",
         "publicity_posted", "reconsideration_filed", "recording_linked"]
    )  # fmt: skip
    link = RecordingLink.objects.get()
    target = Act.objects.get(case=link.act.case_id, seq=link.act.data["event"])
    assert link.recording.number == "YX1" and target.kind == "scene_recorded"
    assert outcome.unlinked_recordings == 1


def test_a_bare_date_is_kept_as_a_date(tmp_path):
    imported(tmp_path, sheets())
    assert set(Act.objects.filter(at_is_date=True).values_list("kind", flat=True)) == {
        "correction_ordered", "publicity_posted", "reconsideration_filed"
    }  # fmt: skip


def test_amounts_are_kept_in_fen(tmp_path):
    imported(tmp_path, sheets())
    assert Act.objects.get(kind="investigation_closed").data["proposal"] == {
        "kinds": ["fine"],
        "fine_fen": 50050,
    }


def test_a_changed_register_row_is_updated_with_an_entry(tmp_path):
    imported(tmp_path, sheets())
    entries = Event.objects.count()
    rows = [list(row) for row in BOOK["人员"]]
    rows[2][1] = "钱壹"
    outcome = imported(tmp_path, sheets(人员=rows))
    person = Person.objects.get(staff_no="0101")
    assert outcome.imported["人员"] == {"new": 0, "changed": 1, "same": 2}
    assert (person.name, person.version) == ("钱壹", 2) and Event.objects.count() == entries + 2


def test_a_later_act_is_appended(tmp_path):
    imported(tmp_path, sheets())
    rows = [*BOOK["办案记录"], [NUMBER, 7, "2021-06-01 09:00", "归档", "0101", *[None] * 7]]
    outcome = imported(tmp_path, sheets(办案记录=rows))
    assert outcome.imported["办案记录"] == {"new": 1, "changed": 0, "same": 5}
    assert Case.objects.get(number=NUMBER).act_count == Act.objects.count() == 9


def test_a_receipt_that_came_later_changes_the_posting_only(tmp_path):
    imported(tmp_path, sheets())
    acts = Act.objects.count()
    imported(tmp_path, sheets(公示报送=[BOOK["公示报送"][0], [NUMBER, "门户", "2021-04-20", "R2"]]))
    assert Posting.objects.get().receipt_no == "R2" and Act.objects.count() == acts


def test_the_result_of_a_dispute_becomes_an_act(tmp_path):
    imported(tmp_path, sheets())
    decided = [BOOK["复议诉讼"][0], [NUMBER, "行政复议", "2021-05-10", "维持", "2021-07-01"]]
    outcome = imported(tmp_path, sheets(复议诉讼=decided))
    assert outcome.imported["复议诉讼"]["changed"] == 1
    assert Act.objects.get(kind="reconsideration_decided").data == {"result": "upheld"}


def test_an_inspection_counts_one_visit_an_officer(tmp_path):
    imported(tmp_path, sheets())
    imported(tmp_path, sheets(检查=[BOOK["检查"][0], [*BOOK["检查"][1][:5], "0102", "正常"]]))
    assert [visit.person.staff_no for visit in Visit.objects.select_related("person")] == ["0102"]


def test_columns_may_stand_in_any_order(tmp_path):
    turned = {name: [row[::-1] for row in rows] for name, rows in sheets().items()}
    assert not imported(tmp_path, turned).problems


def test_the_empty_template_imports_cleanly(tmp_path):
    write_template(tmp_path / "t.xlsx")
    outcome = take_in(path=tmp_path / "t.xlsx", organ=organ_to_found("120115"), actor=Actor("system:import"))
    assert not outcome.problems and not outcome.changed and len(outcome.imported) == 16
