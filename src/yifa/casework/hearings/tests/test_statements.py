"""Every point of a statement is answered, with a reason where it is not adopted, before a decision can be made."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.hearings.points import points_of
from yifa.casework.hearings.tests import hearing as make

pytestmark = pytest.mark.django_db
MADE = {"do": "make", "at": "2021-08-12T09:00:00"}


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-12")


@pytest.fixture
def case() -> Case:
    return make.told()


def post(case: Case, who: str = "0101", **typed):
    expected = str(make.now_of(case))
    return desk.login(who).post(f"/desk/cases/{case.no}/statement/", {"expected": expected, **typed})


def made(case: Case, *words: str):
    now = {"do": "make", "at": "2021-08-12T00:00:01", "point": list(words)}
    assert post(case, **now).status_code == 303


def test_an_empty_statement_and_one_of_another_s_case_are_refused(case):
    assert post(case, **MADE, point=["", " "]).status_code == 422
    assert post(case, "0401", **MADE, point=["不是我"]).status_code == 403
    assert not Act.objects.filter(case=case, kind="statement_made").exists()


def test_more_rows_keep_what_was_typed(case):
    shown = desk.main_of(post(case, do="more", point=["路面不是我弄脏的", "", ""], at=""))
    assert "路面不是我弄脏的" in shown and 'id="f-point.6"' in shown


def test_points_are_numbered_on_and_stand_in_the_note(case):
    made(case, "路面不是我弄脏的", "罚得太重")
    made(case, "已经清扫")
    first, second = Act.objects.filter(case=case, kind="statement_made").order_by("seq")
    assert (first.data["points"], second.data["points"]) == (["1", "2"], ["3"])
    assert first.words["note"] == "第1点：路面不是我弄脏的\n第2点：罚得太重"


def test_every_open_point_needs_an_answer_and_a_refusal_its_reason(case):
    made(case, "路面不是我弄脏的", "罚得太重")
    answer = post(case, **{"do": "answer", "result.1": "rejected", "result.2": ""})
    shown = desk.main_of(answer)
    assert (
        answer.status_code == 422
        and "第 1 点不采纳的，请写明理由" in shown
        and "请选择第 2 点是否采纳" in shown
    )
    assert not Act.objects.filter(case=case, kind="statement_reexamined").exists()


def test_the_gate_of_the_decision_names_the_point_without_an_answer(case):
    made(case, "路面不是我弄脏的", "罚得太重")
    blocked = desk.main_of(desk.login("0301").get(f"/desk/cases/{case.no}/do/decision-made/"))
    assert "2021年8月12日第1点、2021年8月12日第2点没有复核结果" in blocked
    done = post(case, **{
        "do": "answer", "result.1": "rejected", "reason.1": "有录像为证", "result.2": "adopted", "reason.2": "",
    })  # fmt: skip
    assert done.status_code == 303
    (act,) = Act.objects.filter(case=case, kind="statement_reexamined")
    assert act.data["results"] == {"1": "rejected", "2": "adopted"}
    assert act.words["note"] == "第1点：不采纳。理由：有录像为证\n第2点：采纳"
    one, two = points_of(list(case.acts.all()))
    assert (one.words, one.reason, two.result) == ("路面不是我弄脏的", "有录像为证", "adopted")
    after = desk.main_of(desk.login("0301").get(f"/desk/cases/{case.no}/do/decision-made/"))
    assert "没有复核结果" not in after


def test_a_statement_sent_again_under_the_next_numbers_is_refused_once_then_it_is_another(case):
    typed = {"do": "make", "at": "2021-08-12T00:00:01", "point": ["路面不是我弄脏的", "罚得太重"]}
    assert post(case, **typed).status_code == 303
    answer = post(case, **{**typed, "at": "2021-08-12T00:00:02"})
    shown, seq = desk.main_of(answer), make.now_of(case)
    assert answer.status_code == 409 and "没有再次记录" in shown and "罚得太重" in shown
    assert Act.objects.filter(case=case, kind="statement_made").count() == 1
    assert f'name="again" value="{seq}"' in shown
    assert post(case, **typed, again=str(seq)).status_code == 303
    assert post(case, **{**typed, "point": ["已经清扫"]}).status_code == 303
    assert Act.objects.filter(case=case, kind="statement_made").count() == 3


def test_signs_nobody_can_write_are_refused_in_points_and_reasons(case):
    assert post(case, **MADE, point=["甲\x00乙"]).status_code == 422
    assert post(case, **MADE, point=["甲乙"], late="补\x00录").status_code == 422
    made(case, "已经清扫")
    answer = post(case, do="answer", **{"result.1": "rejected", "reason.1": "甲\x00乙"})
    assert answer.status_code == 422 and "控制字符" in desk.main_of(answer)
