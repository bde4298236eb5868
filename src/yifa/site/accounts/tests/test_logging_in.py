"""Logging in: backing off after five failures, the demonstration shut, an own password, the second factor."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from yifa.casework.cases.tests import factories as make
from yifa.ledger.queries import events_about
from yifa.site.accounts.demo import PASSWORD as DEMO_PASSWORD
from yifa.site.accounts.demo import create_demo_logins
from yifa.site.accounts.models import User
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
HERE, THERE = {"REMOTE_ADDR": "10.0.0.1"}, {"REMOTE_ADDR": "10.0.0.2"}
NEW = "另一个不短的密码"


def fail(times: int, name: str = "someone", **place: str):
    for _ in range(times):
        answer = factories.log_in(name, "wrong", **(place or HERE))
    return answer


def later(**span: int) -> None:
    """Time passes for what was counted so far."""
    for model in (AccessAttempt, AccessFailureLog):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(**span))


def test_the_fifth_failure_locks_this_name_from_this_address_only():
    factories.account("someone", "office")
    factories.account("other", "office")
    assert fail(4).status_code == 422
    answer = fail(1)
    text = answer.content.decode()
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 60
    assert re.search(r"请在 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 之后再试", text) and "安全管理员解除" in text
    assert factories.log_in("someone", **HERE).status_code == 429
    assert factories.log_in("someone", **THERE).status_code == 302
    assert factories.log_in("other", **HERE).status_code == 302


@pytest.mark.parametrize("typed", ["someone ", "\u3000someone", "ｓｏｍｅｏｎｅ"])
def test_a_name_typed_another_way_is_the_same_name_and_waits_as_long(typed):
    factories.account("someone", "office")
    assert factories.log_in(typed, **HERE).status_code == 302
    fail(5)
    later(seconds=61)
    fail(5)
    assert 240 < int(factories.log_in("someone", **HERE)["Retry-After"]) <= 300
    assert 240 < int(factories.log_in(typed, **HERE)["Retry-After"]) <= 300


def test_an_unknown_name_is_locked_just_the_same():
    assert fail(5, name="nobody").status_code == 429


def test_each_further_round_waits_longer_and_no_try_during_it_counts():
    factories.account("someone", "office")
    waits = []
    for _ in range(5):
        answer = fail(5)
        waits.append(round(int(answer["Retry-After"]) / 60))
        assert fail(3).status_code == 429
        later(minutes=waits[-1], seconds=2)
        assert fail(1).status_code in (422, 429)
        AccessAttempt.objects.all().delete()
    assert waits == [1, 5, 15, 60, 60]


def test_after_the_wait_the_right_password_gets_in():
    factories.account("someone", "office")
    fail(5)
    later(seconds=61)
    assert factories.log_in("someone", **HERE).status_code == 302


def test_the_security_administrator_lifts_a_lock():
    user = factories.account("someone", "office")
    fail(5)
    address = f"/desk/accounts/{user.pk}/"
    security = factories.as_administrator("sec")
    assert "因连续失败被锁定" in security.get(address).content.decode()
    assert security.post(f"{address}lift/").status_code == 303
    assert factories.log_in("someone", **HERE).status_code == 302
    assert events_about(f"account:{user.pk}")[-1].body["type"] == "account_lockout_lifted"


def test_demonstration_log_ins_are_shut_once_an_organ_is_real():
    demo = make.organ()
    make.people(demo)
    assert create_demo_logins(organ=demo) > 0
    client = Client()
    assert factories.log_in("supervisor", DEMO_PASSWORD, client).status_code == 302
    make.organ("120115-real", demo=False)
    answer = factories.log_in("supervisor", DEMO_PASSWORD)
    assert answer.status_code == 422 and "演示账号已关闭" in answer.content.decode()
    assert client.get("/desk/")["Location"].startswith("/login/")
    with pytest.raises(ValueError, match="正式机关"):
        create_demo_logins(organ=demo)


def test_accounts_of_an_earlier_version_are_entered_into_the_log():
    user = User.objects.create(username="old", organ=make.organ())
    create_demo_logins(organ=make.organ())
    create_demo_logins(organ=make.organ())
    assert [one.body["type"] for one in events_about(f"account:{user.pk}")] == ["account_entered"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, "现在的密码不对"),
        ({"current": factories.PASSWORD, "new": NEW, "again": NEW + "1"}, "两次写的新密码不一样"),
        ({"current": factories.PASSWORD, "new": "12345678", "again": "12345678"}, "密码"),
        ({"current": factories.PASSWORD, "new": "短", "again": "短"}, "8"),
        ({"current": factories.PASSWORD, "new": factories.PASSWORD, "again": factories.PASSWORD}, "相同"),
        ({}, "请填写现在的密码"),
    ],
)
def test_a_password_that_cannot_stand_is_not_taken(typed, words):
    client = factories.as_user(factories.account("someone", "office"))
    answer = client.post("/desk/account/password/", typed)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert User.objects.get(username="someone").check_password(factories.PASSWORD)


def test_validators_speak_chinese():
    client = factories.as_user(factories.account("someone", "office"))
    typed = {"current": factories.PASSWORD, "new": "12345678", "again": "12345678"}
    text = client.post("/desk/account/password/", typed).content.decode()
    assert "常见" in text and "too common" not in text


def test_a_changed_password_keeps_this_session_and_ends_the_others():
    user = factories.account("someone", "office")
    here, elsewhere = factories.as_user(user), factories.as_user(user)
    typed = {"current": factories.PASSWORD, "new": NEW, "again": NEW}
    assert here.post("/desk/account/password/", typed).status_code == 303
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302


def test_the_public_password_of_a_demonstration_is_not_changed_nor_doubled():
    create_demo_logins(organ=make.organ())
    client = factories.as_user(User.objects.get(username="supervisor"))
    typed = {"current": DEMO_PASSWORD, "new": NEW, "again": NEW}
    assert client.post("/desk/account/password/", typed).status_code == 403
    assert client.post("/desk/account/second-factor/", {"step": "start"}).status_code == 403


def code_of(device: TOTPDevice, step: int = 0) -> str:
    device.refresh_from_db()
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + step * device.step
    return f"{totp.token():06d}"


def with_factor(name: str = "someone") -> tuple[User, list[str]]:
    """An account with the second factor set up as a person does it; and its recovery codes."""
    client = factories.as_user(factories.account(name, "office"))
    page = "/desk/account/second-factor/"
    assert client.post(page, {"step": "start"}).status_code == 303
    picture = client.get(f"{page}qr.svg")
    assert picture["Content-Type"] == "image/svg+xml" and b"<svg" in picture.content
    device = TOTPDevice.objects.get()
    assert client.post(page, {"step": "confirm", "code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    done = client.post(page, {"step": "confirm", "code": code_of(device)})
    assert done.status_code == 200 and client.get("/desk/").status_code == 200
    assert client.get(f"{page}qr.svg").status_code == 404
    TOTPDevice.objects.update(last_t=-1)
    return User.objects.get(username=name), re.findall(r"<li><code>(\w+)</code>", done.content.decode())


def test_the_password_alone_does_not_get_past_the_second_factor():
    _, codes = with_factor()
    client = Client()
    assert factories.log_in("someone", client=client)["Location"] == "/login/second/"
    assert client.get("/desk/").status_code == 302
    assert client.post("/login/second/", {"code": "000000"}).status_code == 422
    assert client.post("/login/second/", {}).status_code == 422
    assert client.get("/desk/").status_code == 302
    assert len(set(codes)) == 10
    assert Client().get("/login/second/")["Location"] == "/login/"


def test_a_code_of_the_authenticator_lets_in_once_and_goes_where_one_wanted():
    with_factor()
    device = TOTPDevice.objects.get()
    code, client, other = code_of(device), Client(), Client()
    factories.log_in("someone", client=client, typed={"next": "/desk/cases/"})
    assert client.post("/login/second/", {"code": code})["Location"] == "/desk/cases/"
    assert client.get("/desk/").status_code == 200
    factories.log_in("someone", client=other)
    assert other.post("/login/second/", {"code": code}).status_code == 422


def test_a_recovery_code_lets_in_once():
    _, codes = with_factor()
    for expected in (302, 422):
        client = Client()
        factories.log_in("someone", client=client)
        assert client.post("/login/second/", {"code": codes[0]}).status_code == expected


def test_a_password_step_too_long_ago_or_of_an_account_changed_since_starts_over(monkeypatch):
    from yifa.site.accounts import views

    user, codes = with_factor()
    client = Client()
    factories.log_in("someone", client=client)
    factories.as_administrator("sys").post(f"/desk/accounts/{user.pk}/suspend/")
    assert client.post("/login/second/", {"code": codes[0]})["Location"] == "/login/"
    factories.as_administrator("sys").post(f"/desk/accounts/{user.pk}/resume/")
    factories.log_in("someone", client=client)
    later_on = views.seconds() + views.WAITS_SECONDS + 1
    monkeypatch.setattr(views, "seconds", lambda: later_on)
    assert client.post("/login/second/", {"code": codes[0]})["Location"] == "/login/"


def test_the_security_administrator_lifts_a_lost_second_factor():
    user, _ = with_factor()
    answer = factories.as_administrator("sec").post(f"/desk/accounts/{user.pk}/lift/", {"what": "factor"})
    assert answer.status_code == 303 and not TOTPDevice.objects.exists()
    assert factories.log_in("someone")["Location"] == "/desk/"
    kinds = [one.body["type"] for one in events_about(f"account:{user.pk}")]
    assert kinds[1:] == ["account_second_factor_set", "account_second_factor_lifted"]


def test_where_it_is_required_nothing_is_done_before_it_is_set_up(settings):
    settings.SECOND_FACTOR = "required"
    client = factories.as_user(factories.account("someone", "office"))
    assert client.get("/desk/cases/")["Location"] == "/desk/account/second-factor/"
    assert client.get("/desk/account/second-factor/").status_code == 200
    settings.SECOND_FACTOR = "offered"
    assert client.get("/desk/cases/").status_code == 200
