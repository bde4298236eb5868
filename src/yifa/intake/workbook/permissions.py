"""Who may take a workbook in at the desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

IMPORTERS = frozenset({"head", "office", "system_admin"})


def check_can_import(request: HttpRequest) -> None:
    """Raises PermissionDenied."""
    user = request.user
    roles = {role for role in user.roles.split("|") if role}
    if user.person is not None and user.person.organ_id == user.organ_id:
        roles |= set(user.person.role_keys())
    if not roles & IMPORTERS:
        raise PermissionDenied("导入台账由负责人、领导小组办公室或者系统管理员办理。请他们登录后导入。")
