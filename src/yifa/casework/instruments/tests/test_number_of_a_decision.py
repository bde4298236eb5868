"""The form of a decision proposes its number and penalty: nothing is drawn by looking, nothing typed twice."""

from __future__ import annotations

from typing import Any

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as cases
from yifa.casework.instruments import actions
from yifa.casework.instruments.errors import Incomplete
from yifa.casework.instruments.models import InstrumentNumber, NumberSeries
from yifa.casework.instruments.queries import told_of
from yifa.casework.instruments.tests import factories as make
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-06")


def told_on_the_spot(number: str = "津示城管罚立字〔2021〕第777号") -> Case:
    proof = {"verified": True, "lawful_source": True, "proves": ["乱扔废弃物"]}
    return cases.case_with(
        cases.lead(),
        make.event("2021-08-03T15:30:00", "evidence_added", id="证据1", evidence_kind="documentary", **proof),
        make.event(
            "2021-08-03T15:31:00", "prior_notice_served", penalty={"kinds": ["fine"], "fine_fen": 5000}, contents=make.CONTENTS,
            hearing_right_told=False, mode="direct",
        ),
        make.event("2021-08-03T15:32:00", "statement_waived"),
        number=number,
        procedure="summary",
    )  # fmt: skip


def form_of(case: Case) -> str:
    answer = desk.login("0101").get(desk.address(case, "summary-decision-made"))
    assert answer.status_code == 200
    return answer.content.decode()


def held(page: str, name: str) -> str:
    (control,) = [part for part in page.split("<input")[1:] if f'name="{name}"' in part.partition(">")[0]]
    return control.partition('value="')[2].partition('"')[0]


def test_looking_at_the_form_draws_no_number():
    case = told_on_the_spot()
    assert held(form_of(case), "number") == held(form_of(case), "number") == "津示城管当罚字〔2021〕第001号"
    assert not NumberSeries.objects.exists()


def test_a_number_a_decision_names_is_proposed_to_nobody_else():
    make.decided(number="津示城管罚立字〔2021〕第778号", numbered="津示城管当罚字〔2021〕第004号")
    assert held(form_of(told_on_the_spot()), "number") == "津示城管当罚字〔2021〕第005号"


def test_the_number_of_the_paper_made_first_is_the_number_of_the_decision():
    case: Any = told_on_the_spot()
    whole = {"处罚种类": "罚款", "处罚内容": "罚款50元。"}
    paper = actions.begin(case=case, form="summary_decision", by="0101", actor=make.ACTOR)
    paper = actions.change(
        no=paper.no, fields={**paper.fields, **whole}, dated_on=paper.dated_on, actor=make.ACTOR
    )
    paper = actions.fix(no=paper.no, actor=make.ACTOR)
    assert paper.number and held(form_of(case), "number") == paper.number


NUMBER = "津示城管罚决字〔2021〕第001号"
OTHER = "津示城管罚立字〔2021〕第778号"


def test_of_two_decisions_recorded_with_one_number_the_second_paper_is_refused_with_both():
    first = make.fixed(make.decided(numbered=NUMBER))
    draft = make.decision_paper(make.decided(number=OTHER, numbered=NUMBER))
    before = event_count()
    with pytest.raises(Incomplete) as caught:
        actions.fix(no=draft.no, actor=make.ACTOR)
    (said,) = caught.value.reasons
    assert f"{NUMBER}，已用于案件 {first.case_id} 的文书" in said
    assert "取号会是津示城管罚决字〔2021〕第002号" in said and "重新作出决定" in said
    assert event_count() == before and NumberSeries.objects.get().last == 1
    assert not InstrumentNumber.objects.filter(instrument=draft).exists()


def test_a_number_of_another_year_than_the_paper_is_refused():
    draft = make.decision_paper(make.decided(numbered="津示城管罚决字〔2020〕第009号"))
    with pytest.raises(Incomplete, match="不是成文日期当年"):
        actions.fix(no=draft.no, actor=make.ACTOR)


def test_a_number_made_void_in_the_same_case_is_replaced_by_the_next():
    paper = make.fixed(make.decided(numbered=NUMBER))
    actions.void_number(no=paper.no, reason="当事人名称写错", actor=make.ACTOR)
    assert actions.fix(no=paper.no, actor=make.ACTOR).number == "津示城管罚决字〔2021〕第002号"


def test_the_penalty_told_on_the_spot_stands_in_the_decision():
    page = form_of(told_on_the_spot())
    assert held(page, "penalty.fine") == "50"


def test_papers_of_a_summary_case_name_who_acted_on_the_spot():
    case = told_on_the_spot()
    told = told_of(case, make.DAY)
    assert told.handlers() == make.TWO
