"""Who may read who looked at what, how far, and that reading is an access itself."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import factories as make
from yifa.ledger.access import Seen, recorder, write
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    found = make.case_with(make.lead())
    someone = factories.account("someone", "handler", staff_no="0101")
    write(
        [
            Seen("viewed", f"user:{someone.pk}", f"case:{found.no}", "handler", found.organ_id, "case"),
            Seen(
                "downloaded",
                f"user:{someone.pk}",
                f"case:{found.no}",
                "handler",
                found.organ_id,
                "case-bundle",
            ),
            Seen("exported", f"user:{someone.pk}", "list:people", "handler", found.organ_id, "page"),
            Seen("viewed", "user:999", "case:2021-9999", "head", "120199-other", "case"),
            Seen("recording_opened", "system:server", "server:ab12"),
        ]
    )
    return found


@pytest.mark.parametrize("role", ["handler", "head", "reviewer", "archivist", "office", "disclosure_clerk"])
def test_others_are_refused_with_the_reason(case, role):
    browser = factories.as_user(factories.account(role, role))
    for address in ("/desk/access/", f"/desk/access/cases/{case.no}/"):
        answer = browser.get(address)
        assert answer.status_code == 403 and "审计管理员和监督人员" in answer.content.decode()


@pytest.mark.parametrize("name", ["sys", "sec"])
def test_the_other_administrators_are_refused(case, name):
    assert factories.as_administrator(name).get("/desk/access/").status_code == 403


def readers():
    return [
        factories.as_administrator("audit"),
        factories.as_user(factories.account("watch", "supervisor")),
    ]


def test_the_audit_administrator_and_the_supervisor_read_their_organ(case):
    for browser in readers():
        page = browser.get("/desk/access/").content.decode()
        assert "someone" in page and case.no in page and "证明包" in page and "导出名单" in page
        assert "开始记录" in page and "2021-9999" not in page


def test_a_case_shows_who_looked_at_it_and_nothing_else(case):
    page = factories.as_administrator("audit").get(f"/desk/access/cases/{case.no}/").content.decode()
    assert "someone" in page and "证明包" in page
    assert "导出名单" not in page and "开始记录" not in page


def test_a_case_of_another_organ_is_as_unknown_as_none(case):
    there = make.organ("120199-other")
    browser = factories.as_administrator("audit", organ=there)
    for no in (case.no, "2099-0001"):
        answer = browser.get(f"/desk/access/cases/{no}/")
        assert answer.status_code == 404 and "someone" not in answer.content.decode()
        assert browser.get(f"/desk/access/?case={no}").status_code == 422


def test_a_supervisor_of_a_unit_reads_of_its_cases_alone(case):
    near = factories.account("near", "supervisor", staff_no="0201", reach="unit")
    answer = factories.as_user(near).get(f"/desk/access/cases/{case.no}/")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("question", "there", "absent"),
    [
        ("who=someone", "证明包", "开始记录"),
        ("who=nobody", "没有找到", "证明包"),
        ("type=exported", "人员", "证明包"),
        ("before=1", "someone", "证明包"),
        ("before=0", "没有找到", "someone"),
    ],
)
def test_what_is_asked_is_answered(case, question, there, absent):
    page = factories.as_administrator("audit").get(f"/desk/access/?{question}").content.decode()
    table = page.partition("</form>")[2].partition("</main>")[0]
    rows = table.rpartition("</form>")[2]
    assert there in rows and absent not in rows


@pytest.mark.parametrize("question", ["before=x", "type=none", "case=%00", "before=-1"])
def test_a_question_that_cannot_be_understood_comes_back(case, question):
    answer = factories.as_administrator("audit").get(f"/desk/access/?{question}")
    assert answer.status_code == 422 and "<title>错误：" in answer.content.decode()


def test_reading_is_noted(case):
    browser = factories.as_administrator("audit")
    recorder.on = True
    try:
        browser.get(f"/desk/access/cases/{case.no}/")
        recorder.flush()
    finally:
        recorder.on = False
    assert "查阅记录" in browser.get("/desk/access/?type=viewed").content.decode()
    page = browser.get("/desk/access/?type=viewed").content.decode()
    assert "audit" in page.partition("<tbody>")[2]
