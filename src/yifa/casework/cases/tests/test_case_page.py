"""The case page: refused first, then what it says, and how often it asks the database."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from yifa.casework.cases.clocks import NEAR, NORMAL, OVERDUE, URGENT, remaining
from yifa.casework.cases.models import Case
from yifa.casework.cases.page import case_page
from yifa.casework.cases.step_notes import note_words
from yifa.casework.cases.tests import factories as make
from yifa.law.calendar import deadline
from yifa.law.packs import pack
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.queries import head, last_event
from yifa.site.accounts.models import User

pytestmark = pytest.mark.django_db
AT = datetime(2021, 8, 20, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


@pytest.fixture
def desk():
    return client_of("120199-cgw")


def client_of(code: str) -> Client:
    client = Client()
    client.force_login(User.objects.create(username=f"u-{code}", organ=make.organ(code)))
    return client


def main_of(answer) -> str:
    """The page without its header, whose form carries a token of its own."""
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def address(case: Case, part: str = "") -> str:
    return f"/desk/cases/{case.no}/{part}"


@pytest.mark.parametrize("part", ["", "clocks/"])
def test_a_number_no_case_has_says_so_and_where_to_look(desk, part):
    answer = desk.get(f"/desk/cases/2021-9999/{part}")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "没有编号为" in text and "2021-9999" in text and 'href="/desk/cases/"' in text


@pytest.mark.parametrize("part", ["", "clocks/"])
def test_the_case_of_another_organ_is_as_unknown_as_none(part):
    case = make.case_with(make.lead(), make.opening())
    other = client_of("120199-other")
    theirs, none = other.get(address(case, part)), other.get(f"/desk/cases/2021-9999/{part}")
    assert theirs.status_code == none.status_code == 404
    said = [main_of(answer).replace(no, "X") for answer, no in ((theirs, case.no), (none, "2021-9999"))]
    assert said[0] == said[1]


def test_an_account_without_an_organ_may_not_look():
    case = make.case_with(make.lead())
    client = Client()
    client.force_login(User.objects.create(username="nobody"))
    assert client.get(address(case)).status_code == 403


@pytest.mark.parametrize("part", ["", "clocks/"])
def test_nothing_can_be_posted_to_a_page_that_only_reads(desk, part):
    case = make.case_with(make.lead())
    assert desk.post(address(case, part)).status_code == 405


def test_the_page_says_what_the_case_is_where_it_stands_and_what_happened(desk):
    case = make.case_with(make.lead(), make.opening(), make.interview(signed="refused_noted"))
    text = desk.get(address(case)).content.decode()
    for words in (
        case.number,
        "示例当事人（公民）",
        "示例路1号",
        "普通程序",
        "调查取证",
        "询问笔录",
        "甲一、甲二",
        "拒签已注明",
        "2021-08-04 09:00",
    ):
        assert words in text, words


def test_an_act_known_only_by_its_day_shows_no_clock_time(desk):
    case = make.case_with(make.lead(), make.opening())
    case.acts.filter(seq=1).update(at_is_date=True, at=datetime(2021, 8, 2, tzinfo=SHANGHAI))
    text = desk.get(address(case)).content.decode()
    assert '<time datetime="2021-08-02">2021-08-02</time>' in text
    assert "2021-08-02 00:00" not in text


def test_a_finding_says_what_is_wrong_which_article_and_what_to_do(desk):
    lonely = {**make.interview(), "by": ["0101"]}
    case = make.case_with(make.lead(), make.opening(), lonely)
    page = case_page("120199-cgw", case.no, AT)
    assert page.findings
    text = desk.get(address(case)).content.decode()
    for shown in page.findings:
        assert shown.finding.article in text
        assert shown.finding.rule in text
        assert shown.severity in text


def test_a_running_deadline_says_its_last_day_and_how_it_was_counted(desk):
    case = make.case_with(make.lead(), make.opening())
    clocks = case_page("120199-cgw", case.no, AT).clocks
    assert clocks
    first, counted = (desk.get(address(case, part)).content.decode() for part in ("", "clocks/"))
    for clock in clocks:
        assert clock.due_words in first and clock.left in first
        assert f"clocks/#{clock.rule}" in first and f'id="{clock.rule}"' in counted
        assert clock.deadline.why in counted and clock.article in counted


def test_a_tampered_act_shows_on_the_badge(desk):
    case = make.case_with(make.lead(), make.opening())
    assert "✓ 记录与日志一致" in desk.get(address(case)).content.decode()
    case.acts.filter(seq=2).update(by=["0301"])
    assert "✗ 与日志不一致" in desk.get(address(case)).content.decode()


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_a_longer_case_asks_the_database_no_more_often(desk):
    short = make.case_with(make.lead(), make.opening(), number="甲")
    many = [make.interview(f"2021-08-04T{hour:02d}:00:00+08:00") for hour in range(9, 22)]
    long = make.case_with(make.lead(), make.opening(), *many, number="乙")
    queries(desk, address(short))
    assert queries(desk, address(long)) == queries(desk, address(short)) <= 16


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (20, NORMAL, "还剩 70 天"),
        (67, NORMAL, "还剩 23 天"),
        (68, NEAR, "还剩 22 天"),
        (86, NEAR, "还剩 4 天"),
        (87, URGENT, "还剩 3 天"),
        (90, URGENT, "今天到期"),
        (91, OVERDUE, "超期 1 天"),
    ],
)
def test_ninety_days_are_normal_near_urgent_and_overdue(day, state, words):
    start = datetime(2021, 8, 3, 9, 0, tzinfo=SHANGHAI)
    counted = deadline(start=start.date(), length=90, unit="day", holidays=pack("120199").holidays)
    today = datetime.fromordinal(start.toordinal() + day).replace(hour=23, tzinfo=SHANGHAI)
    assert remaining(counted, today) == (state, words)


def test_a_printed_page_says_where_in_the_log_it_can_be_checked(desk):
    case = make.case_with(make.lead(), make.opening())
    text = desk.get(f"/desk/cases/{case.no}/").content.decode()
    printed = text.partition('<p class="printed">')[2]
    last = last_event(f"act:{case.no}/2")
    assert case.number in printed and f"最后一条在日志第 {last.idx} 号" in printed
    assert head().root_sha256 in printed and f"/desk/cases/{case.no}/proof/" in printed


def test_an_english_page_tells_the_days_of_the_steps_in_english(desk):
    case = make.case_with(make.lead(), make.opening())
    steps = desk.get(f"/en/desk/cases/{case.no}/").content.decode()
    assert "2021-08-0" in steps.partition('class="steps ')[2].partition("</ol>")[0]
    assert "年8月" not in steps.partition('class="steps ')[2].partition("</ol>")[0]
    with translation.override("en"):
        assert (
            note_words("2026年12月1日开始") == "begun 2026-12-01"
            and note_words("2026年12月1日") == "2026-12-01"
        )
