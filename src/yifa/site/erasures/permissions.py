"""Who asks, who agrees: two roles, two accounts, two people."""

from __future__ import annotations

from typing import Any

from yifa.site.accounts.roles import roles_of

ASKS, AGREES, READS = "security_admin", "head", "audit_admin"

NOT_YOURS = (
    "删除个人信息由安全管理员申请、负责人批准，审计管理员可以查看。本人要求删除的，请联系本机关的安全管理员。"
)
NOT_ASKING = "删除个人信息由安全管理员申请。请联系本机关的安全管理员。"
NOT_AGREEING = "删除个人信息由负责人批准，申请人自己不能批准。请联系本机关的负责人。"


def may_read(user: Any) -> bool:
    return bool(roles_of(user) & {ASKS, AGREES, READS})


def may_ask(user: Any) -> bool:
    return ASKS in roles_of(user)


def may_agree(user: Any, asked_by: int) -> bool:
    return AGREES in roles_of(user) and user.pk != asked_by
