"""Who may record which act: by role, by case, and never for another person.

Legal conditions are not here: a reviewer who handled the case is refused by the law too. Here it is only asked whose
act it is, so that the person logged in is the one whose approval, opinion or presiding it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.models import Act, Case
from yifa.law.events import KINDS, TWO_OFFICER_KINDS

Person = Mapping[str, Any]

HEAD_KINDS = frozenset(
    "opening_approved opening_declined handlers_assigned recusal_decided measure_extended handling_extended"
    " decision_made deferral_approved judicial_transfer_decided case_reopened".split()
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
LEAD_THERE = "本案的线索已经登记。又来的线索，请在“登记线索”页另立一件，或者在本案作为证据记录。"
VOTES = "集体讨论须由每位参加人员本人登录表决，主持人最后表决并确认。请由承办人或者负责人提请集体讨论。"
NOT_IN_CHARGE = "您不是本案的承办人。请承办人办理，或者请负责人指派您承办本案。"
NOT_PROPOSED = "这个环节由您本人直接记录，不需要提交审批。"
RECUSED = "您已经被决定回避本案，不能再参与。请没有回避的人员登录办理。"

OPTIONAL_APPROVAL = APPROVED_OR_URGENT | {"summary_decision_made"}
"""Recorded by officers themselves (urgent, on the spot), or proposed where an approval comes first."""
APPROVER_KEYS = {
    "legality_reviewed": ("by", "opinion", "note", "late_reason"),
    "judicial_transfer_decided": ("approved",),
    "recusal_decided": ("granted",),
}
"""What only the person who confirms may say, beyond `approved_by`, `decided_by` and `approved_at`."""

WHOSE = {
    "head": "负责人", "reviewer": "法制审核人员", "presiding": "听证主持人", "committee": "案审委员", "handler": "承办人",
}  # fmt: skip


def refusal(kind: str, person: Person | None, case: Case, acts: Iterable[Act]) -> str | None:
    """Why this person may not record an act of this kind in this case, in one sentence; None where they may."""
    if person is None:
        return NO_PERSON
    acts, roles = list(acts), set(person["roles"])
    if person["id"] in recused(acts):
        return RECUSED
    if kind == "deliberated":
        return VOTES
    if kind == "lead_registered":
        return LEAD_THERE if acts else None if roles & LEAD_ROLES else not_yours(kind)
    if "auxiliary" in roles:
        return AUXILIARY
    if kind in HEAD_KINDS or (kind in APPROVED_OR_URGENT and "head" in roles):
        return conflict("head", person["id"], acts) if "head" in roles else not_yours(kind)
    if kind == "legality_reviewed":
        return conflict("reviewer", person["id"], acts) if "reviewer" in roles else not_yours(kind)
    if kind == "hearing_held":
        return reserved(kind, person, acts, "presiding", "主持听证")
    return handling(kind, roles, person["id"], case, acts)


def reserved(kind: str, person: Person, acts: list[Act], role: str, deed: str) -> str | None:
    """An act of one role, and of nobody who handled the case."""
    if role not in person["roles"]:
        return not_yours(kind)
    if person["id"] in handlers_of(acts):
        return gettext("您办理过本案，不能%(deed)s。请没有参与办理的人员登录办理。") % {"deed": gettext(deed)}
    return None


def handling(kind: str, roles: set[str], who: str, case: Case, acts: list[Act]) -> str | None:
    if kind in PUBLICITY and "disclosure_clerk" in roles:
        return None
    if kind == "case_archived" and roles & {"archivist", "head"}:
        return None
    if kind == "hearing_notified" and "presiding" in roles and who not in handlers_of(acts):
        return None
    if "handler" not in roles:
        return not_yours(kind)
    if who not in in_charge(case, acts):
        return NOT_IN_CHARGE
    return conflict("handler", who, acts)


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


def reviewers_of(acts: Iterable[Act]) -> set[str]:
    """Everyone who gave a legality opinion in the case."""
    return {who for act in acts if act.kind == "legality_reviewed" for who in act.by}


def approvers_of(acts: Iterable[Act]) -> set[str]:
    """Everyone who approved or decided something in the case."""
    found: set[str] = set()
    for act in acts:
        found.update(act.data[name] for name in ("approved_by", "decided_by") if act.data.get(name))
    return found


def recused(acts: Iterable[Act]) -> set[str]:
    """Everyone whose recusal was granted, and not refused later."""
    last = {act.data["person"]: act.data["granted"] for act in acts if act.kind == "recusal_decided"}
    return {who for who, granted in last.items() if granted}


DEEDS = {"handler": ("办理", handlers_of), "reviewer": ("审核", reviewers_of), "head": ("审批", approvers_of)}


def conflict(role: str, who: str, acts: Iterable[Act]) -> str | None:
    """Why somebody who already stood on another side of this case may not act in this role; None where he may.

    Investigating, legality review and approval of one case are three persons' work (docs/decisions/0010).
    """
    acts = list(acts)
    for other, (deed, found) in DEEDS.items():
        if other != role and who in found(acts):
            return gettext("您%(deed)s过本案，不能%(forbidden)s。请没有参与%(deed)s的人员登录办理。") % {
                "deed": gettext(deed),
                "forbidden": gettext(DEEDS[role][0]),
            }
    return None


def misplaced(kind: str, named: Iterable[str], acts: Iterable[Act], approver: str | None = None) -> list[str]:
    """Those among `named` (who act, or are assigned) who reviewed, approved (now: `approver`) or were recused here."""
    if kind not in TWO_OFFICER_KINDS and kind != "handlers_assigned":
        return []
    acts = list(acts)
    barred = reviewers_of(acts) | approvers_of(acts) | recused(acts) | {approver}
    return [who for who in named if who in barred]


def proposal_words(kind: str, person: Person | None, case: Case, acts: Iterable[Act]) -> str:
    """What this person may do about an act that is another's to confirm: 提交审批, 送审, 提请集体讨论; else empty."""
    if person is None or "auxiliary" in person["roles"]:
        return ""
    acts, roles = list(acts), set(person["roles"])
    if person["id"] in recused(acts):
        return ""
    if kind == "deliberated" and "head" in roles:
        return "提请集体讨论"
    if "handler" not in roles or not (in_hand(kind, case) or person["id"] in in_charge(case, acts)):
        return ""
    if kind == "deliberated":
        return "提请集体讨论"
    if kind == "legality_reviewed":
        return "送审"
    return "提交审批" if kind in HEAD_KINDS | OPTIONAL_APPROVAL else ""


def in_hand(kind: str, case: Case) -> bool:
    """A lead that nobody is assigned to yet is any handler's to bring before the head."""
    return kind in ("opening_approved", "opening_declined", "handlers_assigned") and not case.handlers


def confirmation_refusal(
    kind: str, person: Person | None, acts: Iterable[Act], proposers: Iterable[str], subject: str = ""
) -> str | None:
    """Why this person may not confirm what was proposed; None where he may. `subject`: who is to be recused."""
    if person is None:
        return NO_PERSON
    acts, who, role = list(acts), person["id"], confirmer_role(kind)
    if who in proposers:
        return "这一件是您本人提交或者参与办理的，不能由您本人确认。请另一名有权的人员登录办理。"
    if role not in person["roles"]:
        return gettext("“%(label)s”由%(whose)s确认，须本人登录。") % {
            "label": gettext(KINDS[kind].label),
            "whose": gettext(WHOSE[role]),
        }
    if who == subject:
        return "这一件涉及您本人回避，不能由您本人决定。请其他负责人登录办理。"
    if who in recused(acts):
        return RECUSED
    return conflict(role, who, acts)


def confirmer_role(kind: str) -> str:
    """The role that confirms a proposed act of this kind."""
    return "reviewer" if kind == "legality_reviewed" else "head"


def role_for(kind: str) -> str:
    """The role in which an act of this kind is recorded."""
    if kind in HEAD_KINDS:
        return "head"
    return {"legality_reviewed": "reviewer", "hearing_held": "presiding", "deliberated": "committee"}.get(
        kind, "handler"
    )


def not_yours(kind: str) -> str:
    return gettext("“%(label)s”由%(whose)s办理，须本人登录。") % {
        "label": gettext(KINDS[kind].label),
        "whose": gettext(WHOSE[role_for(kind)]),
    }


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


def proposed_keys(kind: str, moment: str) -> dict[str, Any]:
    """Keys of a proposal nobody types: what belongs to who confirms is left out, the moment is set on confirming."""
    fixed: dict[str, Any] = {
        name: None for name in ("approved_by", "decided_by", "approved_at") if name in KINDS[kind].keys
    }
    fixed |= dict.fromkeys(APPROVER_KEYS.get(kind, ()))
    if kind not in OPTIONAL_APPROVAL:
        fixed["at"] = moment
    return fixed


def confirmed_keys(kind: str, who: str, moment: str) -> dict[str, Any]:
    """What the confirmation itself says: who approves, decides or reviews, and when."""
    keys = {name: who for name in ("approved_by", "decided_by") if name in KINDS[kind].keys}
    if "approved_at" in KINDS[kind].keys:
        keys["approved_at"] = moment
    return {**keys, "by": [who]} if kind == "legality_reviewed" else keys


def must_act(kind: str, person: Person) -> bool:
    """Whether the person who records must be among those who acted. A head may approve what two officers did."""
    return kind not in PARTY_ACTS and not (kind in APPROVED_OR_URGENT and "head" in person["roles"])
