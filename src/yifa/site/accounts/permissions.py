"""Three administrators kept apart (三员分立): who may do what to whose account, and nobody to his own."""

from __future__ import annotations

from django.utils.translation import gettext

from yifa.site.accounts.errors import NotPermitted
from yifa.site.accounts.models import User
from yifa.site.accounts.roles import ADMINISTRATORS, AUDIT, SECURITY, SYSTEM

# deed → (role that may do it, what it is in words)
DEEDS = {
    "create": (SYSTEM, "新建账号"),
    "suspend": (SYSTEM, "停用账号"),
    "resume": (SYSTEM, "恢复账号"),
    "reset": (SYSTEM, "重置密码"),
    "roles": (SECURITY, "授予角色"),
    "reach": (SECURITY, "设定可见范围"),
    "lift": (SECURITY, "解除锁定和二次验证"),
}
OWN = "不能改自己的账号。请另一位管理员办理。"


def role_of(user: User) -> str | None:
    """The administrator's role of an account; None for everyone else."""
    return next((key for key in (SYSTEM, SECURITY, AUDIT) if key in user.role_keys()), None)


def check_can_read(user: User) -> None:
    """Raises NotPermitted."""
    if role_of(user) is None:
        raise NotPermitted(
            gettext("账号由%(names)s管理。需要开通或更改账号，请联系他们。")
            % {"names": gettext("、").join(map(gettext, ADMINISTRATORS.values()))}
        )


def check_can(deed: str, *, by: User, account: User | None = None) -> None:
    """Raises NotPermitted with the reason."""
    role, words = DEEDS[deed]
    if role_of(by) != role:
        raise NotPermitted(
            gettext("“%(words)s”由%(whose)s办理，须本人登录。")
            % {"words": gettext(words), "whose": gettext(ADMINISTRATORS[role])}
        )
    if account is not None and account.pk == by.pk:
        raise NotPermitted(OWN)


def can(deed: str, *, by: User, account: User | None = None) -> bool:
    try:
        check_can(deed, by=by, account=account)
    except NotPermitted:
        return False
    return True
