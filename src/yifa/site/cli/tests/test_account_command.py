"""The first administrators of an installation: one of each kind, told a password once, and in the log."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import factories as make
from yifa.ledger.queries import events_about
from yifa.ledger.verify import Verification, every_table
from yifa.site.accounts.models import User
from yifa.site.accounts.tests import factories
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run

REAL = "120115-real"


@pytest.fixture
def organ(db):
    return make.organ(REAL, demo=False)


def faults() -> list:
    """What is wrong with the rows of accounts; the organ of the factory is in no log."""
    found = Verification(organ="", tables=every_table(), signed=None).faults()
    return [fault for fault in found if fault.row.startswith("account:")]


@pytest.mark.parametrize(
    "words",
    [[], ["someone", "--enter"], ["someone", "--role", "head"], ["a b"], ["someone", "--organ", "elsewhere"]],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_made(organ, words):
    with pytest.raises(Refused):
        run(["account", *words])
    assert not User.objects.exists()


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_there_is_one_first_administrator_of_each_kind(organ, role, capsys):
    assert run(["account", "first", "--role", role]) == 0
    secret = capsys.readouterr().out.splitlines()[-1]
    answer = factories.log_in("first", secret)
    assert answer.status_code == 302
    account = User.objects.get()
    assert account.must_change_password and account.role_keys() == [role] and not account.demo
    assert [one.body["type"] for one in events_about(f"account:{account.pk}")] == ["account_created"]
    User.objects.update(is_active=False)
    with pytest.raises(Refused, match="已经有") as caught:
        run(["account", "second", "--role", role])
    assert caught.value.code == 1 and User.objects.count() == 1


def test_the_first_ones_open_the_others(organ, capsys):
    for name, role in (("sys", "system_admin"), ("sec", "security_admin")):
        run(["account", name, "--role", role])
    User.objects.update(must_change_password=False)
    system, security = (factories.as_user(User.objects.get(username=name)) for name in ("sys", "sec"))
    assert system.post("/desk/accounts/new/", {"username": "li", "roles": ["supervisor"]}).status_code == 200
    made = User.objects.get(username="li")
    assert not made.granted
    assert security.post(f"/desk/accounts/{made.pk}/roles/", {"roles": ["supervisor"]}).status_code == 303
    assert User.objects.get(username="li").granted


def test_one_who_waits_for_the_role_counts(organ):
    factories.account("asked", organ=organ, roles_asked="|audit_admin|", granted=False)
    with pytest.raises(Refused, match="asked"):
        run(["account", "late", "--role", "audit_admin"])


def test_accounts_of_an_earlier_version_are_entered_when_told_to(organ, capsys):
    assert run(["account", "first"]) == 0 and faults() == []
    User.objects.create(username="old", organ=organ)
    assert faults() != []
    assert run(["account", "--enter"]) == 0
    assert "old" in capsys.readouterr().out and faults() == []
    assert run(["account", "--enter"]) == 0
    assert "没有要补记的账号" in capsys.readouterr().out
