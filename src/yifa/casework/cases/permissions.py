"""Who may record which act (docs/spec/roles.md): by role, by case, and never for another person.

Legal conditions are not here: a reviewer who handled the case is refused by the law too. Here it is only asked whose
act it is, so that the person logged in is the one whose approval, opinion or presiding it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.law.events import KINDS, TWO_OFFICER_KINDS

Person = Mapping[str, Any]

HEAD_KINDS = frozenset(
    "opening_approved opening_declined handlers_assigned recusal_decided measure_extended handling_extended"
    " decision_made deferral_approved judicial_transfer_decided".split()
)
APPROVED_OR_URGENT = frozenset({"preservation_ordered", "measure_ordered"})
PUBLICITY = frozenset({"publicity_posted", "publicity_withdrawn"})
PARTY_ACTS = frozenset(
    "recusal_requested statement_made statement_waived hearing_requested hearing_waived fine_collected"
    " reconsideration_filed reconsideration_decided litigation_filed litigation_decided decision_changed"
    " judicial_transfer_returned".split()
)
"""Acts that come from outside: nobody of the organ need have acted."""

LEAD_ROLES = frozenset({"handler", "head", "auxiliary"})

NO_PERSON = "您的账号没有对应本机关的人员，只能查看。请系统管理员在账号中填写人员。"
AUXILIARY = "协管人员可以登记线索，不能办理执法环节。请承办人登录办理。"
VOTES = "集体讨论须由每位参加人员本人登录表决，本系统还不能汇集几个人的表决，因此暂不能在这里记录。请先以纸质记录讨论情况，随补录表导入。"

WHOSE = {
    "head": "负责人", "reviewer": "法制审核人员", "presiding": "听证主持人", "committee": "案审委员", "handler": "承办人",
}  # fmt: skip


def refusal(kind: str, person: Person | None, case: Case, acts: Iterable[Act]) -> str | None:
    """Why this person may not record an act of this kind in this case, in one sentence; None where they may."""
    if person is None:
        return NO_PERSON
    acts, roles = list(acts), set(person["roles"])
    if kind == "deliberated":
        return VOTES
    if kind == "lead_registered":
        return None if roles & LEAD_ROLES else not_yours(kind)
    if "auxiliary" in roles:
        return AUXILIARY
    if kind in HEAD_KINDS or (kind in APPROVED_OR_URGENT and "head" in roles):
        return None if "head" in roles else not_yours(kind)
    if kind == "legality_reviewed":
        return reserved(kind, person, acts, "reviewer", "审核")
    if kind == "hearing_held":
        return reserved(kind, person, acts, "presiding", "主持听证")
    return handling(kind, roles, person["id"], case, acts)


def reserved(kind: str, person: Person, acts: list[Act], role: str, deed: str) -> str | None:
    """An act of one role, and of nobody who handled the case."""
    if role not in person["roles"]:
        return not_yours(kind)
    if person["id"] in handlers_of(acts):
        return f"您办理过本案，不能{deed}。请没有参与办理的人员登录办理。"
    return None


def handling(kind: str, roles: set[str], who: str, case: Case, acts: list[Act]) -> str | None:
    if kind in PUBLICITY and "disclosure_clerk" in roles:
        return None
    if kind == "case_archived" and "archivist" in roles:
        return None
    if kind == "hearing_notified" and "presiding" in roles and who not in handlers_of(acts):
        return None
    if "handler" not in roles:
        return not_yours(kind)
    if who not in in_charge(case, acts):
        return "您不是本案的承办人。请承办人办理，或者请负责人指派您承办本案。"
    return None


def in_charge(case: Case, acts: Iterable[Act]) -> set[str]:
    """The handlers assigned; before any is, those who acted in the case so far."""
    assigned = {who for who in case.handlers.split("|") if who}
    return assigned or {who for act in acts for who in act.by}


def handlers_of(acts: Iterable[Act]) -> set[str]:
    """Everyone who handled the case: assigned, or acting in an enforcement step."""
    found: set[str] = set()
    for act in acts:
        if act.kind == "handlers_assigned":
            found.update(act.data.get("handlers", ()))
        elif act.kind in TWO_OFFICER_KINDS:
            found.update(act.by)
    return found


def role_for(kind: str) -> str:
    """The role in which an act of this kind is recorded."""
    if kind in HEAD_KINDS:
        return "head"
    return {"legality_reviewed": "reviewer", "hearing_held": "presiding", "deliberated": "committee"}.get(
        kind, "handler"
    )


def not_yours(kind: str) -> str:
    return f"“{KINDS[kind].label}”由{WHOSE[role_for(kind)]}办理，须本人登录。"


def fixed_keys(kind: str, person: Person, moment: str) -> dict[str, Any]:
    """Keys nobody types: who approves, decides, reviews, presides or checks is who is logged in; None = left out.

    `moment`: now, as the record writes it.
    """
    who, keys = person["id"], KINDS[kind].keys
    head = kind in HEAD_KINDS or (kind in APPROVED_OR_URGENT and "head" in person["roles"])
    fixed: dict[str, Any] = {}
    for name in ("approved_by", "decided_by"):
        if name in keys:
            fixed[name] = who if head else None
    if "approved_at" in keys:
        fixed["approved_at"] = moment if head else None
    if kind == "legality_reviewed":
        fixed["by"] = [who]
    if kind == "hearing_held":
        fixed["presided_by"] = who
    if kind == "publicity_posted":
        fixed["checked_by"] = who
    return fixed


def must_act(kind: str, person: Person) -> bool:
    """Whether the person who records must be among those who acted. A head may approve what two officers did."""
    return kind not in PARTY_ACTS and not (kind in APPROVED_OR_URGENT and "head" in person["roles"])
