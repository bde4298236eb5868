"""Behind the badge of a case: each row with its entry, and what was changed is named."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def test_a_case_that_is_not_there_has_no_proof():
    make.case_with(make.lead())
    assert desk.login("0101").get("/desk/cases/2021-0999/proof/").status_code == 404


def test_every_row_names_its_entry_and_the_bundle_is_offered():
    case = make.case_with(make.lead(), make.opening())
    browser = desk.login("0101")
    assert f'href="/desk/cases/{case.no}/proof/"' in desk.main_of(browser.get(f"/desk/cases/{case.no}/"))
    text = desk.main_of(browser.get(f"/desk/cases/{case.no}/proof/"))
    assert "3 行中 3 行与日志记录一致" in text and text.count("✓ 一致") == 3
    assert f"/desk/cases/{case.no}/bundle.json" in text and "案件本身" in text and "第 2 步" in text


def test_rows_changed_missing_and_never_recorded_are_named():
    case = make.case_with(make.lead(), make.opening())
    Act.objects.filter(case=case, seq=1).update(version=7)
    act = Act.objects.get(case=case, seq=2)
    Act.objects.filter(pk=act.pk).update(seq=5)
    text = desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/proof/"))
    for words in (
        "4 行中 1 行与日志记录一致",
        "✗ 与日志记录不一致",
        "库中没有这一行",
        "日志没有记录",
        "立即告诉系统管理员",
    ):
        assert words in text, words
