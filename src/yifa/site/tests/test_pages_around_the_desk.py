"""What surrounds every page: the log-in, the workbench, what browsers may load, pages for errors."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.listing.tests import registers
from yifa.site.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create_user(username="0101", password="一个不短的密码", organ=registers.organ("one"))


def log_in(client: Client, password: str = "一个不短的密码", **more: str):
    return client.post("/login/", {"username": "0101", "password": password, **more})


def test_a_wrong_password_is_said_in_words_and_the_name_kept(client, officer):
    answer = log_in(client, "别的")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "登录名或密码不对" in text and "<title>错误：" in text and 'value="0101"' in text
    assert client.get("/desk/")["Location"] == "/login/?next=/desk/"


def test_a_missing_password_is_said_beside_its_field(client, officer):
    assert "请填写密码。" in log_in(client, "").content.decode()


def test_an_unknown_name_and_a_wrong_password_sound_alike(client, officer):
    known = client.post("/login/", {"username": "0101", "password": "别的"}).content.decode()
    unknown = client.post("/login/", {"username": "0109", "password": "别的"}).content.decode()
    words = "登录名或密码不对"
    assert (words in known) and (words in unknown)


def test_a_closed_account_does_not_get_in(client, officer):
    User.objects.update(is_active=False)
    assert log_in(client).status_code == 422


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.invalid/", "//elsewhere.invalid/", "javascript:alert(1)"]
)
def test_after_the_log_in_nobody_is_sent_elsewhere(client, officer, wanted):
    assert log_in(client, next=wanted)["Location"] == "/desk/"


def test_after_the_log_in_one_is_where_one_wanted_to_go(client, officer):
    assert log_in(client, next="/desk/cases/?open=yes")["Location"] == "/desk/cases/?open=yes"


def test_logging_out_takes_a_deliberate_press(client, officer):
    log_in(client)
    assert client.get("/logout/").status_code == 405
    assert client.get("/desk/").status_code == 200
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/desk/").status_code == 302


def test_a_form_from_elsewhere_is_refused_in_words(officer):
    answer = log_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()


def test_an_account_without_an_organ_gets_words_and_a_way_out(client):
    client.force_login(registers.user(None))
    answer = client.get("/desk/")
    assert answer.status_code == 403
    assert "归属机关" in answer.content.decode() and 'action="/logout/"' in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/login/", "/desk/", "/desk/cases/", "/nowhere/", "/desk/cases/?x=1"]
)
def test_pages_load_nothing_but_our_files_and_hold_no_script_or_style(client, officer, address):
    client.force_login(officer)
    answer = client.get(address, follow=True)
    policy, text = answer["Content-Security-Policy"], answer.content.decode()
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert "style=" not in text and "<style" not in text and "onclick" not in text
    assert text.count("<script") == text.count('<script src="/static/')
    assert "//" not in text.replace("<!doctype html>", "").split("<body>")[0]


def test_pages_of_the_desk_stay_out_of_shared_caches(client, officer):
    client.force_login(officer)
    assert client.get("/desk/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("demo", "banded"), [(True, True), (False, False)])
def test_demonstration_data_says_so_on_every_page(client, demo, banded):
    client.force_login(registers.user(registers.organ("shown", demo=demo)))
    for address in ("/desk/", "/desk/cases/", "/desk/people/?x=1", "/desk/reports/annual/2021/"):
        assert ("演示数据" in client.get(address).content.decode()) is banded


def test_an_unknown_address_says_where_to_go(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert 'href="/desk/"' in answer.content.decode()


def test_a_fault_says_that_nothing_was_saved(client, officer, monkeypatch):
    def fails(*_: object) -> int:
        raise RuntimeError

    client.raise_request_exception = False
    client.force_login(officer)
    monkeypatch.setattr("yifa.listing.page.ListPage.count", fails)
    answer = client.get("/desk/")
    assert answer.status_code == 500
    assert "没有保存这次操作" in answer.content.decode()


def test_the_workbench_leads_to_every_register_with_its_number_of_rows(client):
    owner = registers.fill("one")
    registers.fill("two", rows=5, first=50)
    client.force_login(registers.user(owner))
    text = client.get("/desk/").content.decode()
    assert text.count('<span class="number">2 ') == 22
    assert "2021-0050" not in text
    assert "全部在办案件 2 件" in text
    assert 'href="/desk/reports/annual/2021/"' in text
