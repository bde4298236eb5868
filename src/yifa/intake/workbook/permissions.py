"""Who may take a workbook in at the desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

IMPORTERS = frozenset({"head", "office"})
"""A workbook is casework: administrators take no part in it."""


def check_can_import(request: HttpRequest) -> None:
    """Raises PermissionDenied."""
    user = request.user
    roles = {role for role in user.roles.split("|") if role}
    if user.person is not None and user.person.organ_id == user.organ_id:
        roles |= set(user.person.role_keys())
    reach = getattr(request, "reach", None)
    if reach is not None and not reach.whole_organ:
        raise PermissionDenied(
            "台账是全机关的，您的账号只能看本部门或者本人有名的案件。请能看全机关的人员导入。"
        )
    if not roles & IMPORTERS:
        raise PermissionDenied("导入台账由负责人或者领导小组办公室办理。请他们登录后导入。")
