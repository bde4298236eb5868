"""Who owes what, of any number of cases: what is kept with a case is what the law reckons; nobody falls off the list."""

from __future__ import annotations

import pytest

from yifa.casework.cases.actions import recheck_case
from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk, many
from yifa.casework.execution.queries import execution_of
from yifa.casework.execution.tests import factories as make
from yifa.ledger import clock

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/desk/execution/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")


def paid(yuan: int) -> dict:
    return make.papers.event(
        "2021-09-18T10:00:00", "fine_collected", by=[], amount_fen=yuan * 100, collector="bank", receipt="A1"
    )


TURNED = make.papers.event("2021-09-18T10:00:00", "decision_changed", by=["0301"], result="revoked")


@pytest.mark.parametrize("acts", [[], [paid(200)], [paid(50)], [paid(50), paid(150)], [paid(300)], [TURNED]])
def test_what_is_kept_with_a_case_is_what_the_law_reckons(acts):
    case = make.entered(make.served(), *acts)
    now = execution_of(case, clock.now()).now
    assert now is not None
    assert case.owed_fen == (0 if now.state == "annulled" else now.owed_fen)
    assert case.pay_by == now.due_on


def test_a_decision_not_served_is_owed_without_a_last_day():
    case = make.papers.decided(make.papers.make.HEAD["number"], numbered=make.NUMBER)
    case.refresh_from_db()
    assert (case.owed_fen, case.pay_by) == (20000, None)
    client = desk.login("0101")
    assert [row["state"] for row in many.rows(client, f"{LIST}list.json?state=unserved")] == ["unserved"]


def test_a_case_not_yet_reckoned_is_listed_as_owing_and_reckoned_by_the_next_recheck():
    case = make.served()
    Case.objects.filter(pk=case.pk).update(owed_fen=None, pay_by=None)
    client = desk.login("0101")
    assert [row["no"] for row in many.rows(client, f"{LIST}list.json?state=owed")] == [case.no]
    assert recheck_case(organ_code=case.organ_id, case_no=case.no)
    again = Case.objects.get(pk=case.pk)
    assert (again.owed_fen, again.pay_by) == (case.owed_fen, case.pay_by)


def test_many_cases_are_all_listed_summed_and_a_page_costs_the_same():
    many.copies(make.served(), 250)
    client = desk.login("0101")
    first, third = many.text(client, f"{LIST}?state=late"), many.text(client, f"{LIST}?state=late&page=3")
    assert "251 件" in first and "50,200.00" in first
    assert (first.count('<th scope="row"'), third.count('<th scope="row"')) == (100, 51)
    assert third.count("逾期，加处罚款") == 51
    assert many.queries(client, LIST) == many.queries(client, f"{LIST}?page=2") - 1
    rows = many.rows(client, f"{LIST}list.json")
    assert len(rows) == 251 and {row["state"] for row in rows} == {"overdue"}
    # two queries (cases, acts) for each hundred rows of a file
    assert many.queries(client, f"{LIST}list.csv") <= 20
