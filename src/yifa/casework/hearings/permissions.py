"""Who arranges, presides over and records a hearing: about the person; about days and order the law is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.permissions import handlers_of, recused, refusal
from yifa.casework.hearings.errors import NotPermitted
from yifa.casework.hearings.models import Hearing

Person = Mapping[str, Any]
ONLY_HOST = "听证由主持人本人登录主持、结束和报告。"
ONLY_RECORDER = "听证笔录由主持人或者记录人登录记录。"


def check_can_arrange(person: Person | None, case: Case, acts: Sequence[Act]) -> None:
    """Raises NotPermitted. Who may notify the hearing may arrange it."""
    why = refusal("hearing_notified", person, case, acts)
    if why:
        raise NotPermitted(why)


def host_refusal(person: Person | None, acts: Sequence[Act]) -> str:
    """Why this person cannot preside over the hearing of this case; empty where he can. APL art. 64 (4)."""
    if person is None or "presiding" not in person["roles"]:
        return "主持人应当是登记为听证主持人的人员，请从列表中选择。"
    if person["id"] in handlers_of(acts):
        return gettext("听证主持人不得为本案调查人员：%(who)s参与了本案办理，请另选主持人。") % {
            "who": person["name"]
        }
    if person["id"] in recused(acts):
        return gettext("%(who)s已经回避本案，请另选主持人。") % {"who": person["name"]}
    return ""


def check_presides(person: Person | None, hearing: Hearing, acts: Sequence[Act]) -> None:
    """Raises NotPermitted."""
    if person is None or person["id"] != hearing.presided_by:
        raise NotPermitted(ONLY_HOST)
    why = host_refusal(person, acts)
    if why:
        raise NotPermitted(why)


def check_records(person: Person | None, hearing: Hearing) -> None:
    """Raises NotPermitted."""
    if person is None or person["id"] not in (hearing.presided_by, hearing.recorder):
        raise NotPermitted(ONLY_RECORDER)


def can(check: Any, *arguments: Any) -> bool:
    """Whether a check of this file passes."""
    try:
        check(*arguments)
    except NotPermitted:
        return False
    return True
