"""Two administrators, or one who presses twice: each account is opened, suspended and resumed once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection

from yifa.casework.cases.tests import factories as make
from yifa.ledger.queries import events_about
from yifa.site.accounts import actions, opening
from yifa.site.accounts.errors import InvalidAccount
from yifa.site.accounts.models import User
from yifa.site.accounts.tests import factories

together = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each came to: its answer, or why not."""
    barrier, answers = Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers.append(deed())
        except (InvalidAccount, DatabaseError) as why:
            answers.append(why)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


@together
@pytest.mark.parametrize("names", [["race"] * 4, ["Race", "race", "rAce", "raCe"]])
def test_of_four_who_give_one_name_one_gets_it_and_the_others_are_told(names):
    system = factories.administrator("sys")
    answers = at_once(*(lambda name=name: opening.create_account(by=system, username=name) for name in names))
    assert sorted(type(one).__name__ for one in answers) == ["InvalidAccount"] * 3 + ["tuple"]
    assert User.objects.filter(username__iexact="race").count() == 1


@pytest.mark.django_db
def test_a_button_pressed_twice_says_that_the_account_is_there_and_what_to_do():
    client = factories.as_administrator("sys")
    assert client.post("/desk/accounts/new/", {"username": "new"}).status_code == 200
    again = client.post("/desk/accounts/new/", {"username": "new"})
    assert again.status_code == 422 and "重置密码" in again.content.decode()
    factories.account("elsewhere", organ=make.organ("120199-other"))
    other = client.post("/desk/accounts/new/", {"username": "Elsewhere"})
    assert other.status_code == 422 and "重置密码" not in other.content.decode()


@pytest.mark.django_db
def test_a_name_the_table_refuses_is_a_refusal_too(monkeypatch):
    system = factories.administrator("sys")
    monkeypatch.setattr(opening, "free_username", lambda typed, organ: system.username)
    with pytest.raises(InvalidAccount, match="已经有人用了"):
        opening.create_account(by=system, username="sys")


@pytest.mark.django_db
def test_who_looked_at_the_account_before_another_changed_it_does_not_change_it_again():
    user, system, security = (
        factories.account("someone", "supervisor"), factories.administrator("sys"), factories.administrator("sec"),
    )  # fmt: skip
    make.organ("120199-a"), make.organ("120199-b")
    first, second = User.objects.get(pk=user.pk), User.objects.get(pk=user.pk)
    actions.suspend(by=system, account=first)
    with pytest.raises(InvalidAccount, match="已经停用"):
        actions.suspend(by=system, account=second)
    actions.resume(by=system, account=User(pk=user.pk, is_active=False))
    with pytest.raises(InvalidAccount, match="没有停用"):
        actions.resume(by=system, account=User(pk=user.pk, is_active=False))
    actions.set_reach(by=security, account=first, reach="unit", organs=["120199-a"])
    actions.set_reach(by=security, account=second, reach="unit", organs=["120199-a", "120199-b"])
    types = [one.body["type"] for one in events_about(f"account:{user.pk}")][1:]
    assert types == [
        "account_suspended",
        "account_resumed",
        "account_reach_changed",
        *["account_organ_named"] * 2,
    ]


@pytest.mark.django_db
def test_a_second_factor_is_lifted_once():
    user, security = factories.account("someone", second_factor=True), factories.administrator("sec")
    actions.lift_second_factor(by=security, account=user)
    with pytest.raises(InvalidAccount, match="没有设二次验证"):
        actions.lift_second_factor(by=security, account=user)
