"""The application to the court is filled with what is owed and with the papers that go with it."""

from __future__ import annotations

import pytest

from yifa.casework.execution.papers import annexes
from yifa.casework.execution.queries import asked
from yifa.casework.execution.tests import factories as make
from yifa.casework.instruments import actions
from yifa.casework.instruments.models import Instrument
from yifa.casework.instruments.tests import factories as papers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2022-04-01")


def test_a_case_without_a_decision_asks_for_nothing_and_has_no_papers():
    case = papers.make.case_with(papers.make.lead())
    assert asked(case) == "" and annexes(case) == []


def test_what_is_owed_is_asked_for_and_the_additional_fine_named():
    charged = papers.event(
        "2021-09-20T10:00:00", "additional_fine_charged", amount_fen=1800, until_on="2021-09-20"
    )
    case = make.served()
    assert asked(case) == f"强制执行{make.NUMBER}行政处罚决定，尚未缴纳200元（人民币贰佰元整）。"
    assert "尚未缴纳218元" in asked(make.entered(case, charged)) and "其中加处罚款18元" in asked(case)


def test_only_sealed_papers_the_article_names_go_with_it():
    case = make.served()
    for form in ("penalty_decision", "demand_notice", "clue_register"):
        actions.begin(case=case, form=form, by="0101", actor=papers.ACTOR)
    assert annexes(case) == []
    Instrument.objects.filter(case=case).exclude(form="demand_notice").update(state="issued")
    Instrument.objects.filter(case=case, form="penalty_decision").update(number=make.NUMBER)
    assert annexes(case) == [[f"行政处罚决定书{make.NUMBER}", "1"]]
    (application,) = [actions.begin(case=case, form="court_application", by="0101", actor=papers.ACTOR)]
    assert application.fields["附件材料"] == annexes(case)
