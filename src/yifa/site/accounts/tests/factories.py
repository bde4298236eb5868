"""Accounts for tests: recorded in the log as the product records them, each with its own browser."""

from __future__ import annotations

from typing import Any

from django.test import Client

from yifa.casework.cases.tests import factories as make
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import enter_account
from yifa.site.accounts.roles import packed

PASSWORD = "一个不短的密码"
ADMINISTRATORS = {"sys": "system_admin", "sec": "security_admin", "audit": "audit_admin"}


def account(name: str, *roles: str, organ: Organ | None = None, staff_no: str = "", **more: Any) -> User:
    owner = organ or make.organ()
    make.people(owner)
    person = Person.objects.get(organ=owner, staff_no=staff_no) if staff_no else None
    user = User(username=name, organ=owner, person=person, roles=packed(roles), **more)
    user.set_password(PASSWORD)
    return enter_account(user, actor=Actor("system:test"))


def administrator(name: str, organ: Organ | None = None) -> User:
    prefix = "" if organ is None else f"{organ.code}-"
    return User.objects.filter(username=prefix + name).first() or account(
        prefix + name, ADMINISTRATORS[name], organ=organ
    )


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="yifa.site.accounts.backends.AccountBackend")
    return client


def as_administrator(name: str, organ: Organ | None = None) -> Client:
    return as_user(administrator(name, organ))


def log_in(name: str, password: str = PASSWORD, client: Client | None = None, **more: Any) -> Any:
    typed = {"username": name, "password": password, **more.pop("typed", {})}
    return (client or Client()).post("/login/", typed, **more)
