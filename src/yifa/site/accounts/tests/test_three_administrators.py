"""Accounts in the browser: three administrators kept apart, nobody on his own account, every change in the log."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from yifa.casework.cases.tests import factories as make
from yifa.ledger.queries import events_about
from yifa.ledger.verify import Verification, every_table
from yifa.site.accounts.actions import change
from yifa.site.accounts.models import User
from yifa.site.accounts.roles import conflict
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
DEEDS = {
    "suspend": {},
    "resume": {},
    "reset": {},
    "lift": {},
    "roles": {"roles": ["head"]},
    "reach": {"reach": "unit"},
}
MAY = {"sys": {"suspend", "resume", "reset"}, "sec": {"lift", "roles", "reach"}, "audit": set()}


def types(user: User) -> list[str]:
    return [one.body["type"] for one in events_about(f"account:{user.pk}")]


def url(user: User, deed: str = "") -> str:
    return f"/desk/accounts/{user.pk}/{deed + '/' if deed else ''}"


@pytest.mark.parametrize("roles", [(), ("head",), ("handler",), ("supervisor",), ("disclosure_clerk",)])
def test_who_is_no_administrator_sees_no_account(roles):
    user = factories.account("someone", *roles)
    client = factories.as_user(user)
    for address in ("/desk/accounts/", "/desk/accounts/new/", url(user)):
        assert client.get(address).status_code == 403
    for deed, typed in DEEDS.items():
        assert client.post(url(user, deed), typed).status_code == 403
    assert types(user) == ["account_created"]


@pytest.mark.parametrize("who", list(MAY))
@pytest.mark.parametrize("deed", list(DEEDS))
def test_each_administrator_does_his_own_deeds_only(who, deed):
    user = factories.account("someone", "supervisor", is_active=deed != "resume")
    answer = factories.as_administrator(who).post(url(user, deed), DEEDS[deed])
    allowed = deed in MAY[who]
    assert answer.status_code == ((200 if deed == "reset" else 303) if allowed else 403)
    assert (len(types(user)) == 2) is allowed


def test_only_the_system_administrator_opens_accounts():
    for who in ("sec", "audit"):
        answer = factories.as_administrator(who).post("/desk/accounts/new/", {"username": "new"})
        assert answer.status_code == 403 and "由系统管理员办理" in answer.content.decode()
    assert not User.objects.filter(username="new").exists()


def test_nobody_changes_his_own_account():
    for who in factories.ADMINISTRATORS:
        user = factories.administrator(who)
        client = factories.as_user(user)
        for deed, typed in DEEDS.items():
            assert client.post(url(user, deed), typed).status_code == 403, (who, deed)
        assert types(user) == ["account_created"]


def test_the_account_of_another_organ_is_not_found():
    other = factories.account("elsewhere", organ=make.organ("120199-other"))
    for who in factories.ADMINISTRATORS:
        client = factories.as_administrator(who)
        assert client.get(url(other)).status_code == 404
        assert "elsewhere" not in client.get("/desk/accounts/").content.decode()
        for deed, typed in DEEDS.items():
            assert client.post(url(other, deed), typed).status_code == 404


def test_administrators_do_no_casework_and_read_none():
    case = make.case_with(make.lead(), make.opening())
    for who in factories.ADMINISTRATORS:
        client = factories.as_administrator(who)
        for address in (f"/desk/cases/{case.no}/", "/desk/cases/", "/desk/cases/list.csv", "/desk/reports/"):
            answer = client.get(address)
            assert answer.status_code == 403 and "管理员账号不办理" in answer.content.decode()
        assert client.get("/desk/")["Location"] == "/desk/accounts/"


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["system_admin", "security_admin"], "不同的人"),
        (["system_admin", "handler"], "不兼办案角色"),
        (["king"], "没有“king”这个角色"),
    ],
)
def test_roles_that_exclude_each_other_are_not_granted(roles, words):
    user = factories.account("someone")
    answer = factories.as_administrator("sec").post(url(user, "roles"), {"roles": roles})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert types(user) == ["account_created"]


def test_a_caseworker_of_the_register_does_not_become_an_administrator():
    user = factories.account("someone", staff_no="0101")
    answer = factories.as_administrator("sec").post(url(user, "roles"), {"roles": ["audit_admin"]})
    assert answer.status_code == 422 and "管理员不办案" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "请填写登录名"),
        ({"username": "有 空格"}, "登录名只能用"),
        ({"username": "AUDIT"}, "已经有人用了"),
        ({"username": "new", "staff_no": "9999"}, "没有工号 9999"),
        ({"username": "new", "roles": ["king"]}, "没有“king”这个角色"),
        ({"username": "n" * 151}, "最多 150"),
    ],
)
def test_an_account_that_cannot_stand_is_not_opened(typed, words):
    factories.administrator("audit")
    client = factories.as_administrator("sys")
    before = User.objects.count()
    answer = client.post("/desk/accounts/new/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "<title>错误：" in text
    assert User.objects.count() == before


def test_no_ledger_entry_no_change(monkeypatch):
    from yifa.ledger import actions as ledger

    user = factories.account("someone")

    def fails(entries: object) -> None:
        raise RuntimeError("no log")

    monkeypatch.setattr(ledger, "append", fails)
    with pytest.raises(RuntimeError):
        change(user, type="account_suspended", actor=ledger.Actor("user:1"), is_active=False)
    user.refresh_from_db()
    assert user.is_active and user.version == 1


@pytest.mark.parametrize("typed", [{}, {"roles": ["head"], "none": "yes"}])
def test_roles_are_taken_away_only_where_that_is_said(typed):
    user, security = factories.account("wang", "handler"), factories.as_administrator("sec")
    answer = security.post(url(user, "roles"), typed)
    user.refresh_from_db()
    text = answer.content.decode()
    assert answer.status_code == 422 and user.roles == "|handler|"
    assert "不授予任何角色" in text and "<title>错误：" in text
    assert security.post(url(user, "roles"), {"none": "yes"}).status_code == 303
    user.refresh_from_db()
    assert user.roles == "" and types(user)[-1] == "account_roles_changed"


def test_a_new_account_waits_for_its_roles_and_then_for_its_own_password():
    make.people(make.organ())
    answer = factories.as_administrator("sys").post(
        "/desk/accounts/new/", {"username": "wang", "staff_no": "0101", "roles": ["office"]}
    )
    text = answer.content.decode()
    secret = re.search(r"<code>([a-z2-9-]{19})</code>", text)[1]
    user = User.objects.get(username="wang")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert not user.granted and user.roles == "" and user.roles_asked == "|office|"
    waits = factories.log_in("wang", secret)
    assert waits.status_code == 422 and "还没有授权" in waits.content.decode()
    security = factories.as_administrator("sec")
    assert re.search(r'value="office"[^>]*checked', security.get(url(user)).content.decode())
    assert security.post(url(user, "roles"), {"roles": ["office"]}).status_code == 303
    client = Client()
    assert factories.log_in("wang", secret, client).status_code == 302
    for address in ("/desk/", "/desk/cases/"):
        assert client.get(address)["Location"] == "/desk/account/password/"
    typed = {"current": secret, "new": "另一个不短的密码", "again": "另一个不短的密码"}
    assert client.post("/desk/account/password/", typed).status_code == 303
    assert client.get("/desk/").status_code == 200
    assert types(user) == ["account_created", "account_roles_changed", "account_password_changed"]
    assert secret not in factories.as_administrator("sys").get(url(user)).content.decode()


def test_suspended_means_out_and_resumed_means_in_again():
    user = factories.account("someone", "supervisor")
    client, system = factories.as_user(user), factories.as_administrator("sys")
    assert client.get("/desk/").status_code == 200
    assert system.post(url(user, "suspend")).status_code == 303
    assert system.post(url(user, "suspend")).status_code == 409
    assert client.get("/desk/")["Location"] == "/login/?next=/desk/"
    answer = factories.log_in("someone")
    assert answer.status_code == 422 and "这个账号已停用" in answer.content.decode()
    assert "这个账号已停用" not in factories.log_in("someone", "wrong").content.decode()
    assert system.post(url(user, "resume")).status_code == 303
    assert factories.log_in("someone").status_code == 302


@pytest.mark.parametrize(
    ("who", "deed", "typed"),
    [("sys", "reset", {}), ("sec", "roles", {"roles": ["head"]}), ("sec", "reach", {"reach": "unit"})],
)
def test_a_session_ends_when_what_it_was_given_on_changes(who, deed, typed):
    user = factories.account("someone", "supervisor")
    client = factories.as_user(user)
    assert client.get("/desk/").status_code == 200
    factories.as_administrator(who).post(url(user, deed), typed)
    assert client.get("/desk/")["Location"] == "/login/?next=/desk/"


def test_every_further_organ_of_a_supervisor_is_an_entry_of_its_own():
    for code in ("120199-b", "120199-c"):
        make.organ(code)
    user, security = factories.account("eye", "supervisor"), factories.as_administrator("sec")
    typed = {"reach": "organ", "organs": ["120199-b", "120199-c"]}
    assert security.post(url(user, "reach"), typed).status_code == 303
    assert security.post(url(user, "reach"), {"reach": "organ", "organs": ["120199-c"]}).status_code == 303
    assert types(user)[1:] == ["account_organ_named", "account_organ_named", "account_organ_withdrawn"]
    plain = factories.account("plain", "office")
    answer = security.post(url(plain, "reach"), typed)
    assert answer.status_code == 422 and "只有监督角色" in answer.content.decode()


def test_the_auditor_reads_what_happened_and_the_state_agrees_with_the_log(
    transactional_db, tmp_path, settings
):
    settings.KEYS = tmp_path / "keys"
    user = factories.account("someone", "supervisor")
    factories.as_administrator("sys").post(url(user, "suspend"))
    text = factories.as_administrator("audit").get(url(user)).content.decode()
    assert "停用" in text and "变更记录" in text and ">sys<" in text
    faults = [one for one in Verification(organ="", tables=every_table()).faults() if "account" in one.row]
    assert faults == []


def test_a_conflict_of_roles_is_found_for_every_pair_of_administrators():
    for one in factories.ADMINISTRATORS.values():
        assert conflict([one]) is None
        assert conflict([one, "head"])
        for other in factories.ADMINISTRATORS.values():
            assert one == other or conflict([one, other])
