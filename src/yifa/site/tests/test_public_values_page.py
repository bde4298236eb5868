"""`/desk/anchors/` and what `/proof/` shows of it: refused with what was typed kept, entered once, out of date after two days."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from yifa.ledger import clock
from yifa.ledger.anchors import latest
from yifa.ledger.queries import event_count, last_event
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
GOOD = {
    "source": "ssq",
    "address": "",
    "issue": "2026025",
    "value": "1 7 12 18 22 30 9",
    "published_on": "2026-03-03",
}


@pytest.fixture(autouse=True)
def _on_a_wednesday(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2026-03-04")


@pytest.fixture
def archivist() -> Client:
    return logged_in("archivist")


def logged_in(role: str) -> Client:
    return factories.as_user(factories.account(role, role))


def words(answer) -> str:
    return unescape(answer.content.decode())


def test_other_roles_are_told_whose_task_it_is():
    for role in ("handler", "supervisor", "security_admin"):
        for answer in (
            (browser := logged_in(role)).get("/desk/anchors/"),
            browser.post("/desk/anchors/", GOOD),
        ):
            assert answer.status_code == 403 and "由档案人员或者审计管理员录入" in words(answer)
    assert latest() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"source": ""}, "请选择来源"),
        ({"source": "3d"}, "请从列表中选择来源"),
        ({"issue": ""}, "请填写期号或轮次"),
        ({"issue": "𠮷"}, "期号是 7 位数字"),
        ({"issue": "2" * 61}, "期号太长"),
        ({"value": ""}, "请填写公布的数值"),
        ({"value": "1 7 12 18 22 30"}, "6 个不同的红球号码"),
        ({"value": "1\x007 12 18 22 30 9"}, "✗"),
        ({"value": "🎱" * 7}, "6 个不同的红球号码"),
        ({"value": "1 " * 300}, "数值太长"),
        ({"published_on": ""}, "请填写公布日期"),
        ({"published_on": "昨天"}, "例如 2026-03-02"),
        ({"published_on": "2026-03-05"}, "公布日期还没有到"),
        ({"published_on": "2026-02-24"}, "已超过 7 天"),
        ({"source": "other"}, "请填写公布数值的网址"),
        ({"address": "cwl.gov.cn"}, "只有选“其他公开来源”时才填写网址"),
    ],
)
def test_what_cannot_be_entered_is_the_form_again_with_the_reason_and_what_was_typed(
    archivist, changed, expected
):
    answer = archivist.post("/desk/anchors/", {**GOOD, **changed})
    assert answer.status_code == 422 and expected in words(answer) and "没有写入日志" in words(answer)
    kept = {**GOOD, **changed}["issue"]
    assert f'value="{kept}"' in words(answer) or not kept
    assert latest() == []


def test_a_value_is_entered_once_however_often_it_is_sent(archivist):
    for _ in range(2):
        answer = archivist.post("/desk/anchors/", GOOD)
        assert (answer.status_code, answer["Location"]) == (303, "/desk/anchors/?entered=1")
    page = words(archivist.get(answer["Location"]))
    assert (
        "已写入日志" in page and "第 1 条，2026-03-03 公布的数值" in page and "01,07,12,18,22,30+09" in page
    )
    again = archivist.post("/desk/anchors/", {**GOOD, "value": "1 7 12 18 22 31 9"})
    assert again.status_code == 422 and "已写入第 1 条" in words(again)
    assert (len(latest(9)), event_count(), event_count("access")) == (1, 2, 1)
    entry = last_event("anchor:2026-03-03/ssq")
    assert entry is not None and entry.body["actor_role"] == "archivist"
    assert "已写入日志" not in words(archivist.get("/desk/anchors/?entered=7"))


def test_the_audit_administrator_enters_too_and_in_english():
    browser = logged_in("audit_admin")
    assert "Public value of the day" in words(browser.get("/en/desk/anchors/"))
    assert "Choose a source." in words(browser.post("/en/desk/anchors/", {}))
    assert browser.post("/en/desk/anchors/", GOOD).status_code == 303
    assert "当日公开数值" in words(browser.get("/desk/account/"))


def test_everyone_sees_the_latest_value_and_that_it_is_out_of_date(archivist, monkeypatch):
    def page(address: str = "/proof/") -> str:
        return words(Client().get(address))

    assert "还没有公开数值" in page() and "已过期" not in page()
    archivist.post("/desk/anchors/", GOOD)
    found = page()
    assert "双色球" in found and "01,07,12,18,22,30+09" in found and "2026-03-03" in found
    assert "已过期" not in found and "还没有公开数值" not in found and "它不说明录入的内容是真的" in found
    assert "were therefore written after that" in page("/en/proof/") and "Double Colour" in page("/en/proof/")
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 5))
    monkeypatch.setattr("yifa.site.anchoring.today", lambda: date(2026, 3, 5))
    assert "已过期" not in page()
    monkeypatch.setattr("yifa.site.anchoring.today", lambda: date(2026, 3, 6))
    assert "已过期" in page() and "Out of date" in page("/en/proof/")


@pytest.mark.parametrize(("role", "named"), [("archivist", True), ("handler", False)])
def test_the_menu_names_the_page_to_whose_task_it_is(role, named):
    page = logged_in(role).get("/desk/laws/").content.decode()
    assert ('href="/desk/anchors/"' in page) == named
