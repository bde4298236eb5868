"""Thirty idle minutes: the session ends, what was typed comes back to its owner, and nothing is recorded meanwhile."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.site.accounts import idle
from yifa.site.accounts.kept import MOST_CHARACTERS
from yifa.site.accounts.models import KeptTyping
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
TYPED = {
    "at": "2021-08-20T00:00:00",
    "by": ["0101", "0102"],
    "note": "人行道上",
    "expected": "2",
    "signed": "no",
}


class Clock:
    """The machine's time, moved by the test."""

    def __init__(self) -> None:
        self.now = idle.seconds()

    def pass_by(self, seconds: int) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(idle, "seconds", lambda: made.now)
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")
    return made


def logged_in(name: str = "u1", staff_no: str = "0101", **browser) -> Client:
    factories.account(name, staff_no=staff_no)
    client = Client(**browser)
    assert factories.log_in(name, client=client).status_code == 302
    return client


def test_after_thirty_idle_minutes_one_is_out_and_not_before(clock):
    client = logged_in()
    clock.pass_by(idle.IDLE_SECONDS - 1)
    assert client.get("/desk/").status_code == 200
    clock.pass_by(idle.IDLE_SECONDS)
    assert client.get("/desk/")["Location"] == "/login/?next=/desk/"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/desk/account/stay/", {"X-Yifa-Poll": "1"}),
        ("/desk/", {"X-Yifa-Poll": "1"}),
        ("/desk/jobs/1/", {"HX-Request": "true"}),
    ],
)
def test_what_a_page_asks_by_itself_does_not_keep_the_session(clock, address, headers):
    client = logged_in()
    for _ in range(3):
        clock.pass_by(10 * 60)
        client.get(address, headers=headers)
    assert client.get("/desk/").status_code == 302


def test_the_button_keeps_the_session_and_a_poll_says_what_is_left(clock):
    client = logged_in()
    clock.pass_by(25 * 60)
    poll = {"X-Yifa-Poll": "1"}
    assert client.get("/desk/account/stay/", headers=poll).json() == {"left": 300}
    assert client.post("/desk/account/stay/").json() == {"left": idle.IDLE_SECONDS}
    clock.pass_by(25 * 60)
    assert client.get("/desk/").status_code == 200


def test_the_session_is_written_once_a_minute_at_most(clock):
    client = logged_in()
    clock.pass_by(61)

    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/account/")
        return sum(
            "django_session" in one["sql"] and one["sql"].startswith(("UPDATE", "INSERT")) for one in queries
        )

    assert [writes() > 0, writes() > 0] == [True, False]
    clock.pass_by(59)
    assert writes() == 0


def test_pages_of_the_desk_carry_the_warning_and_its_own_script(clock):
    text = logged_in().get("/desk/").content.decode()
    assert 'data-left="1800"' in text and 'data-warn="300"' in text and 'aria-live="polite"' in text
    assert re.search(r'<script src="/static/yifa/idle\.js\?v=[0-9a-f]{12}" defer>', text)


def case_with_form(client: Client) -> tuple[Case, str]:
    case = make.case_with(make.lead(), make.opening())
    address = desk.address(case, "scene-recorded")
    assert client.get(address).status_code == 200
    return case, address


@pytest.mark.parametrize("ending", ["idle", "gone"])
def test_a_form_posted_too_late_comes_back_filled_and_nothing_is_recorded(clock, ending):
    client = logged_in()
    case, address = case_with_form(client)
    clock.pass_by(idle.IDLE_SECONDS if ending == "idle" else 0)
    if ending == "gone":
        Session.objects.all().delete()
    late = client.post(address, {**TYPED, "csrfmiddlewaretoken": "x", "password": "secret"})
    assert late.status_code == 303 and late["Location"].startswith("/login/?next=")
    assert "您填写的内容还在" in client.get(late["Location"]).content.decode()
    assert Act.objects.filter(case=case).count() == 2
    (kept,) = KeptTyping.objects.all()
    assert "secret" not in kept.fields and "csrf" not in kept.fields
    back = factories.log_in("u1", client=client, typed={"next": address})
    shown = client.get(back["Location"])
    text = desk.main_of(shown)
    assert shown.status_code == 200 and "人行道上" in text and 'value="2021-08-20T00:00:00"' in text
    assert Act.objects.filter(case=case).count() == 2
    assert "人行道上" in desk.main_of(client.get(address))
    done = client.post(address, {**TYPED, "signed": "yes", "certificate_shown": "yes"})
    assert done.status_code == 303 and not KeptTyping.objects.exists()


def test_what_one_typed_is_not_shown_to_another_or_elsewhere_or_after_a_day(clock):
    client = logged_in()
    case, address = case_with_form(client)
    clock.pass_by(idle.IDLE_SECONDS)
    client.post(address, TYPED)
    factories.account("u2", staff_no="0102")
    factories.log_in("u2", client=client)
    assert "人行道上" not in desk.main_of(client.get(address))
    client.post("/logout/")
    factories.log_in("u1", client=client)
    assert "人行道上" not in desk.main_of(client.get(desk.address(case, "evidence-added")))
    assert "人行道上" in desk.main_of(client.get(address))


def test_a_form_kept_for_more_than_a_day_is_gone(clock):
    client = logged_in()
    _, address = case_with_form(client)
    clock.pass_by(idle.IDLE_SECONDS)
    client.post(address, TYPED)
    kept = KeptTyping.objects.get()
    KeptTyping.objects.update(kept_at=kept.kept_at.replace(year=kept.kept_at.year - 1))
    factories.log_in("u1", client=client)
    assert "人行道上" not in desk.main_of(client.get(address))


@pytest.mark.parametrize("typed", [{}, {"note": "长" * (MOST_CHARACTERS + 1)}])
def test_nothing_or_too_much_is_not_kept(clock, typed):
    client = logged_in()
    _, address = case_with_form(client)
    clock.pass_by(idle.IDLE_SECONDS)
    assert client.post(address, typed)["Location"].startswith("/login/")
    assert not KeptTyping.objects.exists()


def test_a_stranger_can_fill_no_table(clock):
    make.case_with(make.lead())
    for cookies in ({}, {"yifa_last": "1"}, {"yifa_last": "1:forged:seal"}):
        client = Client()
        client.cookies.load(cookies)
        answer = client.post("/desk/cases/2021-0001/do/scene-recorded/", TYPED)
        assert answer["Location"].startswith("/login/") and not KeptTyping.objects.exists()


def test_a_form_without_the_mark_of_its_page_is_not_kept(clock):
    client = logged_in(enforce_csrf_checks=False)
    _, address = case_with_form(client)
    clock.pass_by(idle.IDLE_SECONDS)
    client.handler.enforce_csrf_checks = True
    assert client.post(address, TYPED).status_code == 403 and not KeptTyping.objects.exists()


def test_who_left_on_purpose_leaves_nothing_behind(clock):
    client = logged_in()
    _, address = case_with_form(client)
    client.post("/logout/")
    client.post(address, TYPED)
    assert not KeptTyping.objects.exists()
