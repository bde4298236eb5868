"""Changing accounts: each function one deed of one administrator, one transaction, one ledger entry."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django_otp import devices_for_user

from yifa.ledger.actions import Actor, actor_of, writing
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.errors import InvalidAccount, UnknownAccount
from yifa.site.accounts.models import User
from yifa.site.accounts.permissions import check_can, role_of
from yifa.site.accounts.roles import REACHES, conflict, default_reach, is_administrator, keys_of, packed

# without letters and digits that are taken for one another
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
TAKEN = "这个登录名已经有人用了。请换一个。"


def acting(user: User) -> Actor:
    return actor_of(user, role=role_of(user) or "", organ=user.organ_id or "")


def one_time_password() -> str:
    """Sixteen letters in groups of four, about 79 bits: shown once, to be changed at the first log-in."""
    text = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def change(account: User, *, type: str, actor: Actor, reason_code: str = "", **values: object) -> User:
    """Set columns of an account with the entry `type`: the row is read again and held until the end."""
    with writing() as unit:
        row = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        unit.log(type=type, actor=actor, agency=row.organ_id or "", rows=[row], reason_code=reason_code)
        row.save()
    return row


def enter_account(account: User, *, actor: Actor) -> User:
    """A new account, saved and recorded. Its key in the log is given by the database, so it is saved first."""
    with writing() as unit:
        account.save(force_insert=True)
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
    name = free_username(username)
    secret = one_time_password()
    account = User(
        username=name, organ=by.organ, person=person, roles_asked=packed(asked), granted=False,
        reach=default_reach([*asked, *(person.role_keys() if person else ())]), must_change_password=True,
    )  # fmt: skip
    account.set_password(secret)
    return enter_account(account, actor=acting(by)), secret


def free_username(typed: str) -> str:
    name = User.normalize_username(typed.strip())
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError as error:
        message = "登录名只能用字母、数字和 @ . + - _，例如 zhang.san。"
        raise InvalidAccount("username", message) from error
    if len(name) > 150:
        raise InvalidAccount("username", "登录名太长，最多 150 个字。")
    if User.objects.filter(username__iexact=name).exists():
        raise InvalidAccount("username", TAKEN)
    return name


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


def check_roles(keys: Iterable[str], person: Person | None) -> None:
    """Raises InvalidAccount: unknown roles, administrators with other roles or with a casework person."""
    chosen = list(keys)
    why = conflict(chosen)
    if why:
        raise InvalidAccount("roles", why)
    if is_administrator(chosen) and person is not None and person.role_keys():
        raise InvalidAccount("roles", "管理员不办案：请不要对应名册中有办案角色的人员，或者另开一个账号。")


def suspend(*, by: User, account: User) -> User:
    """Raises NotPermitted, InvalidAccount. Sessions of the account end at their next request."""
    check_can("suspend", by=by, account=account)
    if not account.is_active:
        raise InvalidAccount("", "这个账号已经停用了。")
    return change(account, type="account_suspended", actor=acting(by), is_active=False)


def resume(*, by: User, account: User) -> User:
    check_can("resume", by=by, account=account)
    if account.is_active:
        raise InvalidAccount("", "这个账号没有停用。")
    return change(account, type="account_resumed", actor=acting(by), is_active=True)


def reset_password(*, by: User, account: User) -> tuple[User, str]:
    """A new one-time password, told once."""
    check_can("reset", by=by, account=account)
    secret = one_time_password()
    account.set_password(secret)
    row = change(
        account, type="account_password_reset", actor=acting(by), password=account.password,
        must_change_password=True,
    )  # fmt: skip
    return row, secret


def grant_roles(*, by: User, account: User, roles: Iterable[str]) -> User:
    """The roles of the account from now on; the first grant opens the account. Raises NotPermitted, InvalidAccount."""
    check_can("roles", by=by, account=account)
    keys = list(roles)
    check_roles(keys, account.person)
    values = {"roles": packed(keys), "roles_asked": "", "granted": True}
    return change(account, type="account_roles_changed", actor=acting(by), **values)


def set_reach(*, by: User, account: User, reach: str, organs: Iterable[str] = ()) -> User:
    """How far the account sees; every further organ named for a supervisor is an entry of its own."""
    check_can("reach", by=by, account=account)
    if reach not in REACHES:
        raise InvalidAccount("reach", gettext("没有“%(reach)s”这个范围。请从列表中选择。") % {"reach": reach})
    chosen = set(organs) - {account.organ_id}
    if chosen and "supervisor" not in account.role_keys():
        raise InvalidAccount("organs", "只有监督角色可以查看其他机关。请先授予监督角色。")
    known = set(Organ.objects.filter(code__in=chosen).values_list("code", flat=True))
    if chosen - known:
        raise InvalidAccount(
            "organs",
            gettext("没有机关 %(names)s。请从列表中选择。") % {"names": "、".join(sorted(chosen - known))},
        )
    actor = acting(by)
    with writing():
        if reach != account.reach:
            account = change(account, type="account_reach_changed", actor=actor, reach=reach)
        for code in sorted(chosen ^ set(keys_of(account.seen_organs))):
            account = name_organ(account, code, named=code in chosen, actor=actor)
    return account


def name_organ(account: User, code: str, *, named: bool, actor: Actor) -> User:
    """One organ more, or one less, that a supervisor sees."""
    now = set(keys_of(account.seen_organs))
    codes = sorted(now | {code} if named else now - {code})
    text = f"|{'|'.join(codes)}|" if codes else ""
    type = "account_organ_named" if named else "account_organ_withdrawn"
    return change(account, type=type, actor=actor, reason_code=f"organ:{code}", seen_organs=text)


def change_own_password(account: User, *, password: str) -> User:
    """The person's own doing; the validators have been asked by the form."""
    account.set_password(password)
    return change(
        account, type="account_password_changed", actor=actor_of(account, role="", organ=account.organ_id or ""),
        password=account.password, must_change_password=False,
    )  # fmt: skip


def set_second_factor(account: User, *, on: bool) -> User:
    """The person has set up, or given up, the second factor (二次验证)."""
    actor = actor_of(account, role="", organ=account.organ_id or "")
    type = "account_second_factor_set" if on else "account_second_factor_removed"
    return change(account, type=type, actor=actor, second_factor=on)


def lift_second_factor(*, by: User, account: User) -> User:
    """For somebody who lost telephone and recovery codes: it must be set up anew."""
    check_can("lift", by=by, account=account)
    with writing():
        for device in devices_for_user(account, confirmed=None):
            device.delete()
        return change(account, type="account_second_factor_lifted", actor=acting(by), second_factor=False)


def account_of(organ_code: str | None, pk: int) -> User:
    """The account in this organ; another organ's is as unknown as none. Raises UnknownAccount."""
    account = User.objects.select_related("person", "organ").filter(organ_id=organ_code, pk=pk).first()
    if account is None or organ_code is None:
        raise UnknownAccount(gettext("本机关没有第 %(pk)s 号账号") % {"pk": pk})
    return account
