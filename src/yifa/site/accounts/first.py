"""The first administrators of a real installation, made by who holds the server; the others they make themselves."""

from __future__ import annotations

from yifa.ledger.actions import Actor, writing
from yifa.registry.organs.models import Organ
from yifa.site.accounts.actions import one_time_password
from yifa.site.accounts.errors import InvalidAccount
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import enter_account, free_username
from yifa.site.accounts.roles import ADMINISTRATORS, packed

ACTOR = "system:server"


def administrator_there(organ: Organ, role: str) -> User | None:
    """The account that is, or waits to be, this organ's administrator of the role. A suspended one counts: it can be resumed."""
    mark = f"|{role}|"
    for account in User.objects.filter(organ=organ).order_by("pk"):
        if mark in account.roles or mark in account.roles_asked:
            return account
    return None


def create_first_administrator(*, organ: Organ, username: str, role: str) -> tuple[User, str]:
    """An account that may log in at once, and its one-time password. Raises InvalidAccount where there is one already."""
    if role not in ADMINISTRATORS:
        raise InvalidAccount("role", f"只能这样建立{'、'.join(ADMINISTRATORS.values())}。")
    with writing():
        there = administrator_there(organ, role)
        if there is not None:
            raise InvalidAccount(
                "role",
                f"{organ.name}已经有{ADMINISTRATORS[role]}（{there.username}）。请由现有的管理员登录后办理。",
            )
        secret = one_time_password()
        account = User(
            username=free_username(username), organ=organ, roles=packed([role]), must_change_password=True
        )
        account.set_password(secret)
        return enter_account(account, actor=Actor(ACTOR, organ=organ.code)), secret


def enter_unrecorded() -> list[str]:
    """Accounts an earlier version made before accounts were recorded: into the log now, as they are. Their names."""
    with writing() as unit:
        found = list(User.objects.filter(salts={}).order_by("pk"))
        for user in found:
            unit.log(type="account_entered", actor=Actor(ACTOR), agency=user.organ_id or "", rows=[user])
    return [user.username for user in found]
