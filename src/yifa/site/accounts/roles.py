"""The closed list of roles an account can be given (docs/guide), and which of them exclude each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext

SYSTEM, SECURITY, AUDIT = "system_admin", "security_admin", "audit_admin"

ADMINISTRATORS = {SYSTEM: "系统管理员", SECURITY: "安全管理员", AUDIT: "审计管理员"}
OFFICES = {
    "disclosure_clerk": "公示",
    "archivist": "档案",
    "supervisor": "监督",
    "office": "领导小组办公室",
}
IN_A_RECORD = {
    "handler": "承办",
    "head": "负责人",
    "reviewer": "法制审核",
    "committee": "案审委员",
    "presiding": "听证主持",
    "counsel": "法律顾问",
    "public_lawyer": "公职律师",
    "auxiliary": "协管",
}
ROLES = {**IN_A_RECORD, **OFFICES, **ADMINISTRATORS}
COUNSEL = {"counsel", "public_lawyer"}
REACHES = {
    "organ": "全机关",
    "unit": "本部门和本人有名的案件",
    "assigned": "只限本人有名的案件和交办事项",
}


def keys_of(packed: str) -> list[str]:
    """`|head|committee|` → ["head", "committee"]."""
    return [key for key in packed.split("|") if key]


def packed(keys: Iterable[str]) -> str:
    """In the order of the list, so that the same roles are the same text."""
    chosen = set(keys)
    kept = [key for key in ROLES if key in chosen]
    return f"|{'|'.join(kept)}|" if kept else ""


def words(packed_roles: str) -> str:
    return "、".join(ROLES.get(key, key) for key in keys_of(packed_roles))


def conflict(keys: Iterable[str]) -> str | None:
    """Why these roles cannot be one person's account; None where they can. Administrators do no casework."""
    chosen = set(keys)
    unknown = sorted(chosen - set(ROLES))
    if unknown:
        return gettext("没有“%(role)s”这个角色。请从列表中选择。") % {"role": "、".join(unknown)}
    administrators = [key for key in ADMINISTRATORS if key in chosen]
    if len(administrators) > 1:
        return "系统、安全、审计三种管理员须由不同的人担任。请只选一种。"
    if administrators and len(chosen) > 1:
        return gettext("%(role)s不兼办案角色。请另开一个账号。") % {
            "role": gettext(ADMINISTRATORS[administrators[0]])
        }
    return None


def default_reach(keys: Collection[str]) -> str:
    """Who is counsel and nothing else sees what counsel was asked about; everyone else the organ, until said otherwise."""
    return "assigned" if keys and set(keys) <= COUNSEL else "organ"


def is_administrator(keys: Iterable[str]) -> bool:
    return bool(set(ADMINISTRATORS) & set(keys))


def roles_of(user: Any) -> frozenset[str]:
    """Roles of the account, and of the person of its own organ it stands for."""
    person = user.person if user.person and user.person.organ_id == user.organ_id else None
    return frozenset(word for word in f"{user.roles}|{person.roles if person else ''}".split("|") if word)
