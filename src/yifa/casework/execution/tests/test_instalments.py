"""Instalments at the desk: what is refused and kept, the plan with its entries, payments matched to it, the default."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.execution import instalments
from yifa.casework.execution.errors import PlanRefused
from yifa.casework.execution.models import InstalmentDue
from yifa.casework.execution.tests import factories as make
from yifa.law.execution.instalments import Instalment
from yifa.ledger.queries import event_count, events_about

pytestmark = pytest.mark.django_db(transaction=True)
PLAN = "2021-10-15 50\n2021-11-15　１００\n2021-11-30 50.00"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")


def deferred() -> Case:
    event = make.papers.event(
        "2021-09-10T09:00:00", "deferral_approved", [], applied=True, approved_by="0301", due_on="2021-11-30"
    )
    return make.entered(make.served(), event)


def post(case: Case, plan: str, who: str = "0101"):
    return desk.login(who).post(f"/desk/cases/{case.no}/execution/", {"do": "plan", "plan": plan})


def rows() -> list[tuple]:
    return list(InstalmentDue.objects.values_list("serial", "due_on", "amount_fen"))


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("", "至少两期"), ("下个月 50\n2021-11-30 150", "第1行"), ("2021-10-15 50\n2021-11-30 五十", "第2行"),
        ("2021-10-15 50\n2021-11-30 100", "应当相等"), ("2021-10-15 50\n2021-11-29 150", "最后一期"),
        ("2021-10-15 0\n2021-11-30 200", "大于零"),
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused_by_its_fault_and_kept_as_typed(plan, words):
    case = deferred()
    before = event_count()
    answer = post(case, plan)
    page = desk.main_of(answer)
    assert answer.status_code == 422 and words in page and plan.partition("\n")[0] in page
    assert rows() == [] and event_count() == before


@pytest.mark.parametrize("who", ["0201", "0501"])
def test_who_does_not_handle_the_case_enters_no_plan(who):
    case = deferred()
    assert post(case, PLAN, who).status_code == 403 and rows() == []


def test_without_an_approval_there_is_no_plan():
    case = make.served()
    assert 'name="plan"' not in desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/execution/"))
    with pytest.raises(PlanRefused, match="还没有批准"):
        instalments.enter_plan(case=case, plan=[], by="0101", actor=make.ACTOR)


def test_each_instalment_has_its_entry_and_a_second_click_enters_nothing():
    case = deferred()
    assert post(case, PLAN).status_code == 303
    assert [(serial, str(day), fen) for serial, day, fen in rows()] == [
        (1, "2021-10-15", 5000), (2, "2021-11-15", 10000), (3, "2021-11-30", 5000),
    ]  # fmt: skip
    seq = InstalmentDue.objects.first().act_seq
    for serial in (1, 2, 3):
        (entry,) = events_about(f"instalment:{case.no}/{seq}/{serial}")
        assert entry.body["type"] == "instalment_entered"
    before = event_count()
    again = post(case, PLAN)
    assert again.status_code == 422 and "已经填写" in desk.main_of(again) and event_count() == before


def test_a_payment_of_the_bank_pays_what_falls_due_first_and_the_rest_is_in_default(monkeypatch):
    case = deferred()
    post(case, PLAN)
    paid = make.papers.event(
        "2021-10-10T09:00:00", "fine_collected", [], collector="bank", amount_fen=8000, receipt="A1"
    )
    monkeypatch.setenv("YIFA_TODAY", "2021-11-16")
    case = make.entered(case, paid)
    page = desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/execution/"))
    assert "1 期逾期没有缴清，共 70 元" in page or "1 期逾期没有缴清，共 70.00 元" in page
    found = instalments.plan_of(case, list(case.acts.all()), 12000, make.papers.date(2021, 11, 16))
    assert [(one.state, one.paid_fen) for one in found.rows] == [
        ("paid", 5000),
        ("default", 3000),
        ("due", 0),
    ]


def test_what_was_paid_before_the_plan_was_entered_pays_none_of_it():
    paid = make.papers.event(
        "2021-09-15T09:00:00", "fine_collected", [], collector="bank", amount_fen=5000, receipt="A1"
    )
    case = make.entered(deferred(), paid)
    assert post(case, "2021-10-15 50\n2021-11-30 100").status_code == 303
    found = instalments.plan_of(case, list(case.acts.all()), 15000, make.papers.date(2021, 9, 20))
    assert [one.paid_fen for one in found.rows] == [0, 0]


def test_a_plan_of_thousands_of_lines_is_refused_in_one_sentence():
    answer = post(deferred(), "x\n" * 5000)
    assert answer.status_code == 422 and "最多36期" in desk.main_of(answer)
    assert desk.main_of(answer).count("读不出来") == 0


def test_a_new_approval_has_a_plan_of_its_own():
    case = deferred()
    post(case, PLAN)
    again = make.papers.event(
        "2021-09-15T09:00:00", "deferral_approved", [], applied=True, approved_by="0301", due_on="2021-12-31"
    )
    case = make.entered(case, again)
    plan = [Instalment(make.papers.date(2021, month, 30 if month == 11 else 31), 10000) for month in (11, 12)]
    instalments.enter_plan(case=case, plan=plan, by="0101", actor=make.ACTOR)
    assert InstalmentDue.objects.count() == 5


def test_the_day_of_a_deferral_stands_on_the_article_of_deferral():
    case = deferred()
    page = desk.main_of(desk.login("0201").get(f"/desk/cases/{case.no}/execution/"))
    due = page.partition("缴款期限</dt>")[2].partition("</dd>")[0]
    assert (
        "2021-11-30" in due
        and "行政处罚法第六十六条第二款" in due
        and "第六十七条" not in due.partition("<details>")[0]
    )
