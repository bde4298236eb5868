"""Who reads who looked at what: the audit administrator, and supervisors of the organs they may see."""

from __future__ import annotations

from typing import Any

from yifa.site.accounts.roles import AUDIT, roles_of

READERS = frozenset({AUDIT, "supervisor"})
NOT_YOURS = "查阅记录由审计管理员和监督人员查看。认为有人不当查看案件的，请告诉他们。"


def may_read(user: Any) -> bool:
    return bool(roles_of(user) & READERS)
