"""New accounts (开户): each log-in name once, whatever its capitals and whoever gives it at the same moment."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils.translation import gettext

from yifa.ledger.actions import Actor, writing
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.actions import acting, check_roles, one_time_password
from yifa.site.accounts.errors import InvalidAccount
from yifa.site.accounts.models import User
from yifa.site.accounts.permissions import check_can
from yifa.site.accounts.roles import default_reach, packed

TAKEN = "这个登录名已经有人用了。请换一个。"
# any number no other lock of the database has
NAMES = 7_319_402


def enter_account(account: User, *, actor: Actor) -> User:
    """A new account, saved and recorded. Its key in the log is given by the database, so it is saved first.

    Raises InvalidAccount where the name was taken meanwhile.
    """
    with writing() as unit:
        try:
            account.save(force_insert=True)
        except IntegrityError as error:
            raise InvalidAccount("username", TAKEN) from error
        unit.log(type="account_created", actor=actor, agency=account.organ_id or "", rows=[account])
    return account


def create_account(
    *, by: User, username: str, staff_no: str = "", roles: Iterable[str] = ()
) -> tuple[User, str]:
    """A new account of the administrator's organ and its one-time password. It waits for its roles to be granted.

    Raises NotPermitted, InvalidAccount.
    """
    check_can("create", by=by)
    person = person_named(by.organ, staff_no)
    asked = list(roles)
    check_roles(asked, person)
    secret = one_time_password()
    account = User(
        organ=by.organ, person=person, roles_asked=packed(asked), granted=False,
        reach=default_reach([*asked, *(person.role_keys() if person else ())]), must_change_password=True,
    )  # fmt: skip
    account.set_password(secret)  # slow on purpose, so before others wait for us
    with writing():
        account.username = free_username(username, organ=by.organ)
        return enter_account(account, actor=acting(by)), secret


def free_username(typed: str, *, organ: Organ | None = None) -> str:
    """The name as it is kept. Inside writing() nobody else takes it until the end. Raises InvalidAccount."""
    name = User.normalize_username(typed.strip())
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError as error:
        message = "登录名只能用字母、数字和 @ . + - _，例如 zhang.san。"
        raise InvalidAccount("username", message) from error
    if len(name) > 150:
        raise InvalidAccount("username", "登录名太长，最多 150 个字。")
    await_names()
    there = User.objects.filter(username__iexact=name).first()
    if there is not None:
        raise InvalidAccount("username", taken(there, organ))
    return name


def await_names() -> None:
    """On PostgreSQL who gives a name waits for who is giving one: `Zhang` and `zhang` at once break no rule of the table.

    On SQLite writing() lets in one at a time. A rule of the table would stop installations that have two such names.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMES])


def taken(there: User, organ: Organ | None) -> str:
    """Whose name it is, to an administrator of the same organ: after a button pressed twice it is his own new account."""
    if organ is None or there.organ_id != organ.pk:
        return TAKEN
    return gettext(
        "这个登录名已经有人用了：本机关的账号 %(name)s。请换一个；如果是您刚才建立的，它已经建好，一次性密码没有记下的，请到该账号页面重置密码。"
    ) % {"name": there.username}


def person_named(organ: Organ | None, staff_no: str) -> Person | None:
    """The person of the register; None where no number was given. Raises InvalidAccount."""
    wanted = staff_no.strip()
    if not wanted:
        return None
    person = Person.objects.filter(organ=organ, staff_no=wanted).first()
    if person is None:
        raise InvalidAccount(
            "staff_no",
            gettext("本机关人员名册中没有工号 %(wanted)s。请核对，或先登记人员。") % {"wanted": wanted},
        )
    return person
