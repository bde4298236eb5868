"""What may be done now, and what not and why: guards asked about each act that is of use in this case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from yifa.law.check import Clock, last_moment, next_act
from yifa.law.events import AFTER_ARCHIVE, KINDS
from yifa.law.facts import Facts
from yifa.law.findings import BLOCKS, Finding
from yifa.law.procedure.acts import MOVABLE, SUMMARY, in_order
from yifa.law.procedure.offers import ENDED, OFFERS, STOPS, UNBLOCKED_BY, Offer
from yifa.law.procedure.steps import order_of, steps
from yifa.law.record.model import Record

WAITING = {"legality_reviewed": "legality_review", "deliberated": "deliberation"}
AFTER_END = AFTER_ARCHIVE | {"case_archived"}


@dataclass(frozen=True)
class Reason:
    """One finding against an act, with the kind of act that lifts it (None: no act does, or none is known)."""

    finding: Finding
    lifted_by: str | None


@dataclass(frozen=True)
class NextAct:
    """One act on offer. `reasons`: what blocks it (empty: it may be done); `warnings`: what to give a reason for."""

    kind: str
    label: str
    article: str
    consequence: str
    reasons: tuple[Reason, ...] = field(default_factory=tuple)
    warnings: tuple[Finding, ...] = field(default_factory=tuple)


def next_acts(
    record: Record, at: datetime | None = None, clocks: Iterable[Clock] = ()
) -> tuple[list[NextAct], list[NextAct]]:
    """(can, cannot) at a moment: the act that stops the nearest of `clocks` first, then the current step's acts."""
    moment = at if at is not None else last_moment(record)
    rank = ranks(record, moment, clocks)
    kinds = [kind for kind in OFFERS[record.procedure] if kind in AFTER_END or not ended(record, moment)]
    can: list[NextAct] = []
    cannot: list[NextAct] = []
    for kind in kinds:
        offer = OFFERS[record.procedure][kind]
        if not of_use(record, offer, moment) or too_early(record, kind, moment):
            continue
        act = judged(record, kind, offer, moment)
        if not act.reasons:
            can.append(act)
        elif offer.pressing:
            cannot.append(act)
    can.sort(key=lambda act: rank.get(act.kind, len(KINDS)))
    return can, cannot


def ended(record: Record, at: datetime) -> bool:
    """Is the case closed or archived, and not reopened since?"""
    last = [e.kind for e in record.events if e.at <= at and e.kind in (*ENDED, "case_reopened")]
    return bool(last) and last[-1] in ENDED


def of_use(record: Record, offer: Offer, at: datetime) -> bool:
    """Has something happened that makes the act useful, and nothing since that makes it pointless?"""
    places = [e.index for e in record.events if e.kind in offer.after and e.at <= at]
    if offer.after and not places:
        return False
    since = places[-1] if places else -1
    return not any(e.kind in offer.until and e.index > since and e.at <= at for e in record.events)


def too_early(record: Record, kind: str, at: datetime) -> bool:
    """A review or deliberation waits for the notice where the organ's order puts the notice first."""
    if record.procedure == "summary" or kind not in WAITING:
        return False
    order = order_of(Facts(record, at))
    behind = {"prior_notice", WAITING[kind]} <= set(order) and order.index("prior_notice") < order.index(
        WAITING[kind]
    )
    return behind and not any(e.kind == "prior_notice_served" and e.at <= at for e in record.events)


def judged(record: Record, kind: str, offer: Offer, at: datetime) -> NextAct:
    _, findings = next_act(record, kind, at)
    done = {event.kind for event in record.events if event.at <= at}
    return NextAct(
        kind=kind,
        label=KINDS[kind].label,
        article=offer.article,
        consequence=offer.consequence,
        reasons=reasons(findings, kind, done),
        warnings=tuple(finding for finding in findings if finding.severity != BLOCKS),
    )


def reasons(findings: Iterable[Finding], kind: str, done: Iterable[str] = ()) -> tuple[Reason, ...]:
    """The findings that block an act of `kind`, each with the act that lifts it; `done`: kinds done so far."""
    return tuple(Reason(one, lifted_by(one, kind, done)) for one in findings if one.severity == BLOCKS)


def lifted_by(finding: Finding, kind: str, done: Iterable[str]) -> str | None:
    acts = [act for act in UNBLOCKED_BY.get(finding.rule, ()) if act != kind]
    seen = set(done)
    return next((act for act in acts if act not in seen), acts[-1] if acts else None)


def ranks(record: Record, at: datetime, clocks: Iterable[Clock]) -> dict[str, int]:
    """Kind → place in the order of urgency."""
    ordered: list[str] = []
    for clock in sorted(clocks, key=lambda one: (one.running.deadline.due_on, one.rule)):
        ordered += STOPS.get(clock.rule, ())
    states = {step.key: step.state for step in steps(record, at)}
    current = next((key for key, state in states.items() if state in ("current", "returned")), None)
    table = SUMMARY if record.procedure == "summary" else in_order(order_of(Facts(record, at)))
    for act in table:
        if act.key == current or (act.key in MOVABLE and states[act.key] == "todo"):
            ordered += [*act.done_by, *act.begun_by]
        if act.key == current:
            break
    return {kind: ordered.index(kind) for kind in ordered}
