"""Reading accounts: the list of an organ, and what the ledger says happened to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from yifa.ledger.clock import SHANGHAI
from yifa.ledger.queries import events_about
from yifa.site.accounts.models import User
from yifa.site.accounts.roles import words

EVENTS = {
    "account_created": "新建",
    "account_entered": "补记（本版以前已有的账号）",
    "account_suspended": "停用",
    "account_resumed": "恢复",
    "account_password_reset": "重置密码",
    "account_password_changed": "本人改密码",
    "account_roles_changed": "授予角色",
    "account_reach_changed": "改可见范围",
    "account_organ_named": "指定可查看的机关",
    "account_organ_withdrawn": "取消可查看的机关",
    "account_second_factor_set": "本人设二次验证",
    "account_second_factor_removed": "本人取消二次验证",
    "account_second_factor_lifted": "解除二次验证",
    "account_lockout_lifted": "解除锁定",
}


@dataclass(frozen=True)
class AccountEvent:
    """One entry of the log about an account, in words; `idx` is its place in the log."""

    idx: int
    at: datetime
    words: str
    by: str
    detail: str


def accounts_of(organ_code: str | None) -> list[User]:
    rows = User.objects.select_related("person").filter(organ_id=organ_code).exclude(organ_id=None)
    return list(rows.order_by("username"))


def events_of(account: User) -> list[AccountEvent]:
    """Newest first."""
    found = events_about(f"account:{account.pk}")
    ids = {one.body["actor"].removeprefix("user:") for one in found if one.body["actor"].startswith("user:")}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))
    shown = []
    for one in reversed(found):
        actor = one.body["actor"]
        key = actor.removeprefix("user:")
        shown.append(
            AccountEvent(
                idx=one.idx,
                at=datetime.fromisoformat(one.body["at"].replace("Z", "+00:00")).astimezone(SHANGHAI),
                words=EVENTS.get(one.body["type"], one.body["type"]),
                by=names.get(int(key), actor) if key.isdigit() else actor,
                detail=one.body.get("reason_code", "").removeprefix("organ:"),
            )
        )
    return shown


def state_of(account: User) -> str:
    """In one word for the list."""
    if not account.is_active:
        return "已停用"
    if not account.granted:
        return gettext("待授权（申请：%(roles)s）") % {
            "roles": words(account.roles_asked) or gettext("无附加角色")
        }
    return "待首次改密" if account.must_change_password else "正常"
