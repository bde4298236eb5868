"""Bank payments become acts of their cases, all of a file or none, and never twice."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from yifa.casework.cases.models import Act, Case
from yifa.casework.execution import actions
from yifa.casework.execution.bank_file import read
from yifa.casework.execution.errors import AlreadySettled, AnswerChanged, FileFaulty, NoSuchDecision
from yifa.casework.execution.lists import EXECUTIONS
from yifa.casework.execution.matching import Checked, check
from yifa.casework.execution.models import BankPayment
from yifa.casework.execution.queries import execution_of
from yifa.casework.execution.tests import factories as make
from yifa.ledger import clock
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db(transaction=True)
PAID = f"{make.NUMBER},200,2021-09-10,A001"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")


def checked(upload) -> Checked:
    return check(upload.organ_id, read(bytes(upload.body), clock.today()))


def taken(*rows: str) -> dict[str, int]:
    upload = make.kept(make.lines(*rows))
    return actions.take_in(upload=upload, expected=checked(upload).digest, actor=make.ACTOR)


def outcomes(*rows: str) -> list[str]:
    return [one.outcome for one in checked(make.kept(make.lines(*rows))).matches]


def test_one_bad_line_keeps_the_whole_file_out():
    make.served()
    upload = make.kept(make.lines(PAID, f"{make.NUMBER},x,2021-09-10,A002"))
    before = event_count()
    with pytest.raises(FileFaulty):
        actions.take_in(upload=upload, expected="", actor=make.ACTOR)
    assert event_count() == before and not BankPayment.objects.exists()


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    case = make.served()
    upload = make.kept(make.lines(PAID, f"{make.NUMBER},1,2021-09-11,A002"))
    expected, before = checked(upload).digest, event_count()
    enter, seen = actions.enter, []

    def broken(*given):
        seen.append(given)
        if len(seen) == 2:
            raise IntegrityError("disk")
        return enter(*given)

    monkeypatch.setattr(actions, "enter", broken)
    with pytest.raises(IntegrityError):
        actions.take_in(upload=upload, expected=expected, actor=make.ACTOR)
    assert event_count() == before and not BankPayment.objects.exists()
    assert Case.objects.get(pk=case.pk).act_count == case.act_count
    upload.refresh_from_db()
    assert upload.taken_in_at is None


def test_what_was_shown_no_longer_holds():
    case = make.served()
    upload = make.kept(make.lines(PAID))
    expected = checked(upload).digest
    make.entered(case, {
        "at": "2021-09-09T10:00:00+08:00", "kind": "fine_collected", "by": [], "collector": "bank", "amount_fen": 20000,
        "receipt": "票1",
    })  # fmt: skip
    with pytest.raises(AnswerChanged):
        actions.take_in(upload=upload, expected=expected, actor=make.ACTOR)


def test_the_same_file_twice_changes_nothing():
    make.served()
    assert taken(PAID) == {"paid": 1}
    before = event_count()
    assert outcomes(PAID) == ["known"]
    assert taken(PAID) == {"known": 1}
    assert event_count() == before and Act.objects.filter(kind="fine_collected").count() == 1


def test_a_serial_known_with_another_amount_is_a_fault():
    make.served()
    taken(PAID)
    found = checked(make.kept(make.lines(PAID.replace("200", "150"))))
    assert found.matches == [] and found.faults[0].column == "流水号" and "200元" in found.faults[0].message


def test_paid_in_parts_in_full_and_too_much():
    case = make.served()
    rows = [f"{make.NUMBER},{yuan},2021-09-{day},A{day}" for yuan, day in ((120, 10), (80, 11), (5, 12))]
    assert outcomes(*rows) == ["part_paid", "paid", "over_paid"]
    assert taken(*rows) == {"part_paid": 1, "paid": 1, "over_paid": 1}
    now = execution_of(Case.objects.get(pk=case.pk), clock.now()).now
    assert (now.state, now.paid_fen, now.over_fen) == ("paid", 20500, 500)


def test_rows_are_counted_by_the_day_of_payment_whatever_their_order():
    make.served()
    rows = [f"{make.NUMBER},80,2021-09-11,A2", f"{make.NUMBER},120,2021-09-10,A1"]
    assert outcomes(*rows) == ["paid", "part_paid"]


def test_a_payment_is_an_act_of_the_case_and_its_receipt_the_serial():
    case = make.served()
    taken(PAID)
    act = Act.objects.get(kind="fine_collected")
    assert act.data == {"collector": "bank", "amount_fen": 20000, "receipt": "A001"} and act.by == []
    assert act.at_is_date and act.entered_late and act.case_id == case.no
    row = BankPayment.objects.get()
    assert (row.state, row.case_id, row.act_seq) == ("recorded", case.no, act.seq)


def test_nobodys_payment_waits_and_is_entered_once():
    case = make.served()
    assert taken("查无此号,200,2021-09-10,A009") == {"held": 1}
    held = BankPayment.objects.get()
    assert held.state == "held" and not Act.objects.filter(kind="fine_collected").exists()
    organ = case.organ
    with pytest.raises(NoSuchDecision):
        actions.settle(organ=organ, pk=held.pk, number="还是没有", actor=make.ACTOR)
    settled = actions.settle(organ=organ, pk=held.pk, number=make.NUMBER, actor=make.ACTOR)
    assert settled.state == "recorded" and settled.case_id == case.no
    with pytest.raises(AlreadySettled):
        actions.settle(organ=organ, pk=held.pk, number=make.NUMBER, actor=make.ACTOR)


def test_a_payment_before_the_decision_waits():
    make.served()
    match = checked(make.kept(make.lines(f"{make.NUMBER},200,2021-08-31,A001"))).matches[0]
    assert match.outcome == "held" and "早于决定日期" in match.why


def test_a_payment_on_the_day_of_the_decision_follows_it():
    make.served(on="2021-09-01")
    assert taken(f"{make.NUMBER},200,2021-09-01,A001") == {"paid": 1}


def test_another_organs_decision_is_nobodys():
    case = make.served()
    there = make.papers.make.organ("120199-other")
    upload = actions.receive(organ=there, name="x.csv", body=make.lines(PAID), actor=make.ACTOR)
    assert checked(upload).matches[0].outcome == "held"
    owed = {code: [row["no"] for row in EXECUTIONS.rows(code, {})] for code in (there.code, case.organ_id)}
    assert owed == {there.code: [], case.organ_id: [case.no]}
