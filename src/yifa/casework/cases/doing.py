"""One act about to be done: the case as it stands, who is logged in, and what the law says of it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from yifa.casework.cases.actions.judging import new_act, require_lawful
from yifa.casework.cases.events import in_order, is_late, moment
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.permissions import (
    APPROVER_KEYS,
    NOT_PROPOSED,
    fixed_keys,
    proposal_words,
    proposed_keys,
    refusal,
)
from yifa.casework.cases.queries import acts_of, assemble, get_case
from yifa.law.check import next_act, weighed, without_penalty
from yifa.law.events import COMMON, KINDS, Key
from yifa.law.findings import Finding
from yifa.law.packs import title_of
from yifa.law.procedure import Reason, reasons
from yifa.ledger.actions import Actor
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import Register, register_of

IRREVERSIBLE = frozenset(
    "decision_made summary_decision_made instrument_served case_closed case_archived publicity_posted".split()
)


@dataclass(frozen=True)
class Doing:
    """`acts` in record order, `people` of the organ, `person` who is logged in (None: nobody).

    `mode`: record, propose (the keys of who confirms are left out) or confirm (only those are asked).
    """

    case: Case
    kind: str
    acts: list[Act]
    people: Register
    person: Mapping[str, Any] | None
    at: datetime
    mode: str = "record"

    @property
    def staff(self) -> Mapping[str, dict[str, Any]]:
        """By staff number."""
        return self.people.staff

    @property
    def seen(self) -> tuple[Case, list[Act], Register]:
        """What the act is judged on, for `record_act`."""
        return self.case, self.acts, self.people

    @property
    def label(self) -> str:
        return KINDS[self.kind].label

    @cached_property
    def raw(self) -> dict[str, Any]:
        """The record as it stands; who only records the act does not need it."""
        return assemble(self.case, self.acts, self.staff)[1]

    @cached_property
    def keys(self) -> dict[str, Key]:
        """Every key of the form, the common ones around the act's own."""
        common = {name: key for name, key in COMMON.items() if name != "kind"}
        first = {name: common.pop(name) for name in ("at", "by")}
        found = {**first, **KINDS[self.kind].keys, **common}
        return {n: k for n, k in found.items() if n in self.asked} if self.mode == "confirm" else found

    @property
    def asked(self) -> tuple[str, ...]:
        """Keys that only who confirms may say; `by` is who is logged in."""
        return tuple(name for name in APPROVER_KEYS.get(self.kind, ()) if name != "by")

    @cached_property
    def fixed(self) -> dict[str, Any]:
        moment = self.at.isoformat(timespec="seconds")
        if self.mode == "propose":
            return proposed_keys(self.kind, moment)
        if self.mode == "confirm" or not self.person:
            return {}
        return fixed_keys(self.kind, self.person, moment)

    @property
    def names(self) -> dict[str, str]:
        return self.people.names

    @property
    def refused(self) -> str | None:
        if self.mode == "propose":
            words = proposal_words(self.kind, self.person, self.case, self.acts)
            return None if words else refusal(self.kind, self.person, self.case, self.acts) or NOT_PROPOSED
        return refusal(self.kind, self.person, self.case, self.acts)

    @property
    def proposal_words(self) -> str:
        """What to call proposing this act instead of recording it; empty where who is logged in may not."""
        return proposal_words(self.kind, self.person, self.case, self.acts)

    def acts_of(self, *kinds: str) -> list[Act]:
        return [act for act in self.acts if act.kind in kinds]

    def blocked(self) -> list[Reason]:
        """What blocks an act of this kind now, whatever it says."""
        return self.explained(next_act(read_record(self.raw), self.kind, self.at)[1])

    @property
    def open_without_penalty(self) -> bool:
        """What blocks the act binds only a penalty: a decision without one may be made."""
        return without_penalty(read_record(self.raw), self.kind, self.at)

    @property
    def may_be_lifted(self) -> bool:
        """Something its own form can say lifts what blocks the act: that it is urgent, that there is no penalty."""
        return "urgent" in self.keys or self.open_without_penalty

    def archived(self) -> bool:
        """The case is archived and this act may not follow: the law says so without a finding."""
        allowed, findings = next_act(read_record(self.raw), self.kind, self.at)
        return not allowed and not findings

    def explained(self, findings: list[Finding]) -> list[Reason]:
        return list(reasons(findings, self.kind, {act.kind for act in self.acts}))

    def entered_late(self, event: Mapping[str, Any]) -> bool:
        """Is the act, recorded at this moment, a late entry (补录)?"""
        return is_late(moment(event), self.at, self.acts)

    def foreseen(self, event: Mapping[str, Any], actor: Actor) -> Act:
        """The act as it would be recorded, unsaved. Raises InvalidAct, StepRefused as recording it would."""
        late = self.entered_late(event)
        act = new_act(self.case, event, seq=self.case.act_count + 1, actor=actor, late=late)
        ordered, after = assemble(self.case, [*self.acts, act], self.staff)
        require_lawful(after, ordered.index(act))
        return act

    def weighed(self, act: Act) -> tuple[list[Finding], list[tuple[str, str]]]:
        """What the law has to say of an act foreseen: findings, and the parameters not confirmed (待确认) it asked."""
        ordered, after = assemble(self.case, [*self.acts, act], self.staff)
        seen = {**after, "events": after["events"][: ordered.index(act) + 1]}
        findings, assumed = weighed(read_record(seen))
        return findings, [(name, title_of(name)) for name in assumed]


def doing(
    organ_code: str,
    case_no: str,
    kind: str,
    staff_no: str | None,
    extra_roles: str,
    at: datetime,
    mode: str = "record",
) -> Doing:
    """The act of `kind` about to be done by the person logged in. Raises UnknownCase; KeyError for no such kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    case = get_case(organ_code, case_no)
    people = register_of(organ_code)
    acts = in_order(acts_of(case))
    return Doing(case, kind, acts, people, logged_in(people.staff, staff_no, extra_roles), at, mode)


def logged_in(
    staff: Mapping[str, dict[str, Any]], staff_no: str | None, extra_roles: str
) -> dict[str, Any] | None:
    """The person of the log-in with the roles of the register and those the account adds."""
    person = staff.get(staff_no or "")
    if person is None:
        return None
    return {**person, "roles": [*person["roles"], *(role for role in extra_roles.split("|") if role)]}
