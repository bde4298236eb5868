"""Who may see evidence, add to it and check it (docs/spec/roles.md): about the person; the state is asked of the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.permissions import in_charge, recused, refusal
from yifa.casework.evidence.errors import NotPermitted

Person = Mapping[str, Any] | None

READERS = frozenset(
    "handler head reviewer committee presiding counsel public_lawyer archivist supervisor".split()
)
NOT_YOURS = "证据由办案、审核、听证、案审、档案和监督人员查看。需要查看，请联系本案承办人。"
NOBODY = "您的账号没有对应本机关的人员，只能查看。请系统管理员在账号中填写人员。"
SAME_PERSON = "核验由收到这个文件的人以外的另一名执法人员登录进行。"
OFFICERS = "核验由执法人员登录进行；协管人员不能核验。"
NOT_IN_CASE = "移交、查验、退还由本案承办人登记。请承办人登录，或者请负责人指派您承办本案。"


def check_can_read(roles: set[str]) -> None:
    """Raises NotPermitted. `roles`: of the person and of the account."""
    if not roles & READERS:
        raise NotPermitted(NOT_YOURS)


def check_can_add(person: Person, case: Case, acts: Sequence[Act]) -> None:
    """Whoever may record evidence may add files to it. Raises NotPermitted."""
    why = refusal("evidence_added", person, case, acts)
    if why:
        raise NotPermitted(why)


def check_can_verify(person: Person, acts: Sequence[Act], received_by: str) -> None:
    """The second officer: one who did not take the file in, and is not recused. Raises NotPermitted."""
    if person is None:
        raise NotPermitted(NOBODY)
    roles = set(person["roles"])
    if "auxiliary" in roles or not roles & {"handler", "head", "reviewer"} or person["id"] in recused(acts):
        raise NotPermitted(OFFICERS)
    if person["id"] == received_by:
        raise NotPermitted(SAME_PERSON)


def check_can_keep(person: Person, case: Case, acts: Sequence[Act]) -> None:
    """Hand over, inspect, return: whoever is in charge, and an archivist once it is his. Raises NotPermitted."""
    if person is None:
        raise NotPermitted(NOBODY)
    roles = set(person["roles"])
    mine = "handler" in roles and "auxiliary" not in roles and person["id"] in in_charge(case, acts)
    if not mine and not roles & {"archivist", "head"}:
        raise NotPermitted(NOT_IN_CASE)


def can(check: Any, *arguments: Any) -> bool:
    """Whether a check of this file passes."""
    try:
        check(*arguments)
    except NotPermitted:
        return False
    return True
