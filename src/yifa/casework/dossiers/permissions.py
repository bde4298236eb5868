"""Who may read, seal and take a dossier, and enter paper ones: about the person; the state is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.dossiers.errors import NotPermitted

Person = Mapping[str, Any] | None

READERS = frozenset({"handler", "head", "reviewer", "committee", "counsel", "supervisor", "archivist"})
NOT_READING = "案卷由承办人、负责人、法制审核人员、案审委员、档案人员和监督人员查看。需要查看，请联系他们。"
NOT_SEALING = "封存案卷由档案人员、本案承办人或者负责人办理。请他们登录办理。"
NOT_ENTERING = "补录纸质案卷由档案人员办理。请档案人员登录办理。"


def check_can_read(roles: Iterable[str]) -> None:
    """`roles`: of the person and of the account. Raises NotPermitted."""
    if not READERS & set(roles):
        raise NotPermitted(NOT_READING)


def check_can_seal(person: Person, case: Case) -> None:
    roles = set(person["roles"]) if person else set()
    mine = "handler" in roles and person and person["id"] in case.handlers.split("|")
    if not (roles & {"archivist", "head"} or mine):
        raise NotPermitted(NOT_SEALING)


def check_can_enter_paper(person: Person) -> None:
    if person is None or "archivist" not in person["roles"]:
        raise NotPermitted(NOT_ENTERING)


def can(check: Any, *arguments: Any) -> bool:
    """Whether a check of this file passes."""
    try:
        check(*arguments)
    except NotPermitted:
        return False
    return True
