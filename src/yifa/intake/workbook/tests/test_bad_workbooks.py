"""Every problem at once, each at its cell; and then nothing at all is written."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Case
from yifa.intake.workbook.actions import organ_to_found, take_in
from yifa.intake.workbook.problems import REMEDIES
from yifa.intake.workbook.tests.factories import BOOK, NUMBER, sheets, write
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = Actor("system:import")


def problems(tmp_path, content):
    path = write(tmp_path / "book.xlsx", content)
    outcome = take_in(path=path, organ=organ_to_found("120115"), actor=ACTOR)
    assert outcome.exit_code == (1 if outcome.problems else 0)
    if outcome.problems:
        assert not Organ.objects.exists() and not Person.objects.exists() and not Case.objects.exists()
    return [(problem.sheet, problem.cell, problem.code) for problem in outcome.problems]


def with_act(*cells):
    return sheets(办案记录=[*BOOK["办案记录"], list(cells)])


def act(
    kind,
    *,
    result=None,
    fine=None,
    kinds=None,
    paper=None,
    number=None,
    on=None,
    data=None,
    at="2021-05-02 09:00",
    by="0101",
):
    return with_act(NUMBER, 9, at, kind, by, result, fine, kinds, paper, number, on, data)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (sheets(考勤=[["日期"]]), ("考勤", "A1", "unknown_sheet")),
        (sheets(培训=[["日期", "名称", "形式", "参训人次", "讲师"]]), ("培训", "E1", "unknown_header")),
        (sheets(培训=[["日期", "名称", "名称"]]), ("培训", "C1", "duplicate_header")),
        (sheets(培训=[["日期", "名称"], ["2021-01-01", "甲"]]), ("培训", "1", "missing_header")),
        (sheets(培训=[["日期", "名称", "形式", "参训人次"], ["2021-01-01", "甲", None, 3]]), ("培训", "C2", "required")),
        (sheets(培训=[["日期", "名称", "形式", "参训人次"], ["2021-01-01", "甲", "其他", "=1+2"]]), ("培训", "D2", "formula")),
        (sheets(培训=[["日期", "名称", "形式", "参训人次"], ["昨天", "甲", "其他", 3]]), ("培训", "A2", "bad_date")),
        (sheets(案件=[*BOOK["案件"], BOOK["案件"][1]]), ("案件", "A3", "duplicate")),
        (sheets(案件=[BOOK["案件"][0], [*BOOK["案件"][1][:2], "X99", *BOOK["案件"][1][3:]]]), ("案件", "C2", "unknown_matter")),
        (sheets(案件=[BOOK["案件"][0], [*BOOK["案件"][1][:9], "2021-02-27", *BOOK["案件"][1][10:]]]), ("案件", "J2", "not_valid")),
        (sheets(案件=[BOOK["案件"][0], [*BOOK["案件"][1][:11], '{"colour":"red"}']]), ("案件", "L2", "bad_json")),
        (sheets(案件=[BOOK["案件"][0], [*BOOK["案件"][1][:11], '{"place":"别处"}']]), ("案件", "L2", "conflict")),
        (with_act("无此案号", 1, "2021-05-02", "归档"), ("办案记录", "A7", "unknown_case")),
        (act("归档", by="9999"), ("办案记录", "E7", "unknown_person")),
        (act("吃饭"), ("办案记录", "D7", "bad_choice")),
        (act("归档", result="同意"), ("办案记录", "F7", "unused_column")),
        (act("归档", fine=3), ("办案记录", "G7", "unused_column")),
        (act("法制审核", result="很好"), ("办案记录", "F7", "bad_choice")),
        (act("法制审核", result="同意", data='{"opinion":"refuse"}'), ("办案记录", "F7", "conflict")),
        (act("法制审核", data='{"opinion":"fine"}'), ("办案记录", "L7", "not_valid")),
        (act("归档", data='{"colour":"red"}'), ("办案记录", "L7", "not_valid")),
        (act("责令改正"), ("办案记录", "L7", "not_valid")),
        (act("公示", data='{"channel":"portal"}'), ("办案记录", "D7", "act_twice")),
        (act("行政复议申请", at="2021-05-10"), ("办案记录", "D7", "act_twice")),
        (sheets(复议诉讼=[BOOK["复议诉讼"][0], [NUMBER, "行政复议", "2021-05-10", "维持", None]]), ("复议诉讼", "E2", "result_without_date")),
        (sheets(检查=[BOOK["检查"][0], ["J", "2021-01-01", "blue_sky", "镇", "店", "0101", "正常"]]), ("检查", "C2", "unknown_campaign")),
    ],
)  # fmt: skip
def test_a_problem_names_its_cell_and_nothing_is_written(tmp_path, content, expected):
    assert expected in problems(tmp_path, content)


def test_all_problems_are_reported_at_once(tmp_path):
    bad = [["日期", "名称", "形式", "参训人次"], *[["昨天", f"第{i}次", "其他", -1] for i in range(700)]]
    assert len(problems(tmp_path, sheets(培训=bad))) == 1400


def test_every_problem_code_says_what_to_do():
    assert all(remedy.strip() for remedy in REMEDIES.values())


def test_a_hundred_thousand_blank_rows_are_ignored(tmp_path):
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("培训")
    page.append(["日期", "名称", "形式", "参训人次"])
    for _ in range(100_000):
        page.append([" "])
    page.append(["2021-06-01", "培训", "其他", 3])
    book.save(tmp_path / "blank.xlsx")
    outcome = take_in(path=tmp_path / "blank.xlsx", organ=organ_to_found("120115"), actor=ACTOR)
    assert outcome.imported == {"培训": {"new": 1, "changed": 0, "same": 0}}
