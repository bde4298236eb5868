"""Changing accounts: each function one deed of one administrator, one transaction, one ledger entry."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.utils.translation import gettext
from django_otp import devices_for_user

from yifa.ledger.actions import Actor, actor_of, writing
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.errors import InvalidAccount, UnknownAccount
from yifa.site.accounts.models import User
from yifa.site.accounts.permissions import check_can, role_of
from yifa.site.accounts.roles import REACHES, conflict, is_administrator, keys_of, packed

# without letters and digits that are taken for one another
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def acting(user: User) -> Actor:
    return actor_of(user, role=role_of(user) or "", organ=user.organ_id or "")


def one_time_password() -> str:
    """Sixteen letters in groups of four, about 79 bits: shown once, to be changed at the first log-in."""
    text = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def change(account: User, *, type: str, actor: Actor, reason_code: str = "", **values: object) -> User:
    """Set columns of an account with the entry `type`: the row is read again and held until the end."""
    with writing() as unit:
        row = held(account)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        unit.log(type=type, actor=actor, agency=row.organ_id or "", rows=[row], reason_code=reason_code)
        row.save()
    return row


def held(account: User) -> User:
    """The account as it stands now, inside writing() and until its end: what somebody read before may have changed."""
    return User.objects.select_for_update(of=("self",)).get(pk=account.pk)


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
    with writing():
        if not held(account).is_active:
            raise InvalidAccount("", "这个账号已经停用了。")
        return change(account, type="account_suspended", actor=acting(by), is_active=False)


def resume(*, by: User, account: User) -> User:
    check_can("resume", by=by, account=account)
    with writing():
        if held(account).is_active:
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
    known = set(Organ.objects.filter(code__in=chosen).values_list("code", flat=True))
    if chosen - known:
        raise InvalidAccount(
            "organs",
            gettext("没有机关 %(names)s。请从列表中选择。") % {"names": "、".join(sorted(chosen - known))},
        )
    actor = acting(by)
    with writing():
        account = held(account)
        if chosen and "supervisor" not in account.role_keys():
            raise InvalidAccount("organs", "只有监督角色可以查看其他机关。请先授予监督角色。")
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
        devices = list(devices_for_user(held(account), confirmed=None))
        if not devices and not held(account).second_factor:
            raise InvalidAccount("", "这个账号没有设二次验证。")
        for device in devices:
            device.delete()
        return change(account, type="account_second_factor_lifted", actor=acting(by), second_factor=False)


def account_of(organ_code: str | None, pk: int) -> User:
    """The account in this organ; another organ's is as unknown as none. Raises UnknownAccount."""
    account = User.objects.select_related("person", "organ").filter(organ_id=organ_code, pk=pk).first()
    if account is None or organ_code is None:
        raise UnknownAccount(gettext("本机关没有第 %(pk)s 号账号") % {"pk": pk})
    return account
