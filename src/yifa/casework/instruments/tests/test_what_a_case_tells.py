"""What papers say of a case: names of laws in their marks, dates in words, what is left to pay, what was checked."""

from __future__ import annotations

from datetime import date

from yifa.casework.instruments import told as say
from yifa.casework.instruments.told import Told

DAY = date(2021, 9, 1)


def told(*events: dict, on: date = DAY) -> Told:
    raw = {"agency": {"territory": "120199"}, "matter": "M007", "people": [], "events": list(events)}
    return Told(raw, on)


def event(kind: str, at: str = "2021-08-03T09:00:00+08:00", **keys) -> dict:
    return {"kind": kind, "at": at, "by": [], **keys}


def test_a_law_is_named_in_its_marks():
    assert say.basis(told()) == "《天津市市容和环境卫生管理条例》第十六条"


def test_seizing_what_is_no_necessity_is_said_to_be_so():
    found = dict(say.measure_checks(told(event("measure_ordered", certificate_shown=True))))
    assert (found["不涉及生活必需品"], found["出示执法证件"], found["听取陈述和申辩"]) == ("是", "是", "否")
    assert (
        dict(say.measure_checks(told(event("measure_ordered", necessities=True))))["不涉及生活必需品"] == "否"
    )


def test_a_measure_of_which_nothing_is_said_was_not_urgent():
    assert say.urgent(told(event("measure_ordered"))) == "否"
    assert say.urgent(told()) == ""


def test_a_demand_asks_for_what_is_left_of_the_fine():
    decided = event("decision_made", penalty={"kinds": ["fine"], "fine_fen": 50_000})
    paid = event("fine_collected", amount_fen=20_000)
    assert say.owed(told(decided)) == 50_000
    assert say.owed(told(decided, paid)) == 30_000
    assert say.owed(told(decided, paid, event("fine_collected", amount_fen=30_000))) is None


def test_the_course_ends_with_the_day_of_the_paper_and_names_a_day_once():
    acts = [
        event("evidence_added"),
        event("evidence_added"),
        event("case_closed", "2021-10-01T09:00:00+08:00"),
    ]
    assert say.course(told(*acts)) == "2021年8月3日取证。"


def test_who_may_contest_a_notice_is_told_of_the_notice():
    assert "如不服本通知，可以自收到本通知书之日起" in say.notice_remedies(told())
    assert "如不服本决定，可以自收到本决定书之日起" in say.remedies(told())
