"""Who may draft, fix, seal and revoke papers, and publish texts: about the person; the state is asked elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import RECUSED, recused
from yifa.casework.instruments.errors import NotPermitted
from yifa.casework.instruments.models import Instrument

Person = Mapping[str, Any] | None

NOBODY = "您的账号没有对应本机关的人员，只能查看。请系统管理员在账号中填写人员。"
NOT_YOURS = "文书由本案承办人或者机关负责人办理。请承办人登录，或者请负责人指派您承办本案。"
HEAD_ONLY = "作废文号、撤销文书由机关负责人本人登录办理。"
TEXTS = "文书模板由机关负责人或者法制审核人员发布新版本。"


def check_can_write(person: Person, case: Case) -> None:
    """Raises NotPermitted. A case nobody is assigned to is any handler's."""
    if person is None:
        raise NotPermitted(NOBODY)
    check_not_recused(person, case)
    roles, handlers = set(person["roles"]), case.handlers.split("|")
    mine = "handler" in roles and (person["id"] in handlers or not case.handlers)
    if not mine and "head" not in roles:
        raise NotPermitted(NOT_YOURS)


def check_can_finish(person: Person, paper: Instrument) -> None:
    """Fill in, fix and seal one paper: who may write papers of the case, and who began this one where his office lets
    him (the host of a hearing, a reviewer). Raises NotPermitted."""
    if person is None or person["id"] != paper.made_by:
        check_can_write(person, paper.case)
    else:
        check_not_recused(person, paper.case)


def check_can_revoke(person: Person, case: Case) -> None:
    if person is None or "head" not in person["roles"]:
        raise NotPermitted(HEAD_ONLY)
    check_not_recused(person, case)


def check_not_recused(person: Mapping[str, Any], case: Case) -> None:
    """Raises NotPermitted."""
    if person["id"] in recused(case.acts.filter(kind="recusal_decided")):
        raise NotPermitted(RECUSED)


def check_can_publish(person: Person) -> None:
    if person is None or not {"head", "reviewer"} & set(person["roles"]):
        raise NotPermitted(TEXTS)


def can(check: Any, *arguments: Any) -> bool:
    """Whether a check of this file passes."""
    try:
        check(*arguments)
    except NotPermitted:
        return False
    return True
