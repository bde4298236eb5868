"""From where each field is filled: the names used in law/forms/texts/fields.toml, each one small reading of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yifa.casework.instruments import told as say
from yifa.casework.instruments.told import Told, day
from yifa.law.forms.composing import empty
from yifa.law.forms.definitions import Field
from yifa.law.forms.sentences import NotSet
from yifa.law.labels import label

SOURCES: dict[str, Callable[[Told], Any]] = {
    "organ.name": lambda told: told.raw["agency"]["name"],
    "case.number": lambda told: told.raw.get("number"),
    "case.matter": lambda told: told.matter.name if told.matter else told.raw["matter"],
    "case.handlers": lambda told: told.names(told.handlers()),
    "case.officers": lambda told: told.officers(),
    "matter.basis": say.basis,
    "party.name": lambda told: told.raw["party"]["name"],
    "party.kind": lambda told: label("party_kind", told.raw["party"]["kind"]),
    "party.identifier": lambda told: told.raw["party"].get("identifier"),
    "violation.place": lambda told: told.raw["violation"]["place"],
    "violation.began_on": lambda told: told.raw["violation"]["began_on"],
    "violation.facts": say.facts,
    "violation.harm": lambda told: label("harm", told.raw["violation"]["harm"]),
    "lead.source": say.worded("source", "lead_registered", "source"),
    "lead.on": lambda told: day(told.last("lead_registered")),
    "lead.by": lambda told: told.names(told.last("lead_registered").get("by", [])),
    "opening.on": lambda told: day(told.last("opening_approved")),
    "opening.approver": lambda told: say.approver(told, "opening_approved"),
    "declined.reason": lambda told: told.last("opening_declined").get("reason"),
    "decision.on": lambda told: day(say.decision(told)) or told.on.isoformat(),
    "decision.number": lambda told: say.decision(told).get("number"),
    "decision.kinds": say.kinds,
    "decision.fine": say.fine,
    "decision.penalty": say.given,
    "proposal.penalty": say.proposed,
    "notice.on": lambda told: day(told.last("prior_notice_served")),
    "notice.summary": say.noticed,
    "notice.hearing": say.hearing_right,
    "tier": say.tier,
    "discretion": say.discretion,
    "evidence": say.evidence,
    "remedies": say.remedies,
    "remedies.notice": say.notice_remedies,
    "summary_remedies": say.summary_remedies,
    "payment": say.pay,
    "payment.owed": say.owed,
    "payment.place": say.place_of_payment,
    "payment.collected": say.collected,
    "course": say.course,
    "statement.on": lambda told: day(told.last("statement_made")),
    "statement.summary": say.statement,
    "statement.points": say.points,
    "statement.reexaminer": lambda told: told.names(told.last("statement_reexamined").get("by", [])),
    "hearing.on": lambda told: told.last("hearing_notified").get("hearing_on") or day(told.last("hearing_held")),
    "hearing.presiding": lambda told: told.name(told.last("hearing_held").get("presided_by")),
    "hearing.summary": say.hearing,
    "review.on": lambda told: day(told.last("legality_reviewed")),
    "review.by": lambda told: told.names(told.last("legality_reviewed").get("by", [])),
    "review.opinion": say.worded("opinion", "legality_reviewed", "opinion"),
    "review.summary": say.review,
    "deliberation.on": lambda told: day(told.last("deliberated")),
    "deliberation.chair": lambda told: told.name(told.last("deliberated").get("chaired_by")),
    "deliberation.votes": say.votes,
    "deliberation.result": say.deliberated,
    "deliberation.summary": say.deliberation,
    "recusal.on": lambda told: day(told.last("recusal_decided")),
    "recusal.person": lambda told: told.name(told.last("recusal_requested", "recusal_decided").get("person")),
    "recusal.reason": lambda told: told.last("recusal_requested").get("reason"),
    "recusal.result": lambda told: {True: "准予回避", False: "不予回避"}.get(told.last("recusal_decided").get("granted")),
    "record.certificate_shown": say.shown,
    "preservation.on": lambda told: day(told.last("preservation_ordered")),
    "preservation.until": say.preserved_until,
    "preservation.items": say.items("preservation_ordered"),
    "preservation.outcomes": say.outcomes,
    "correction.on": lambda told: day(told.last("correction_ordered")),
    "correction.due": lambda told: told.last("correction_ordered").get("due_on"),
    "recheck.on": lambda told: day(told.last("correction_rechecked")),
    "recheck.result": say.recheck,
    "education.on": lambda told: day(told.last("education_given")),
    "services": say.services,
    "service.on": lambda told: day(told.last("instrument_served")),
    "service.mode": say.worded("mode", "instrument_served", "mode"),
    "measure.kind": say.worded("measure", "measure_ordered", "measure"),
    "measure.on": lambda told: day(told.last("measure_ordered")),
    "measure.urgent": say.urgent,
    "measure.items": say.items("measure_ordered"),
    "measure.checks": say.measure_checks,
    "measure.lifted_on": lambda told: day(told.last("measure_lifted")),
    "deferral.due": lambda told: told.last("deferral_approved").get("due_on"),
    "additional.amount": lambda told: told.last("additional_fine_charged").get("amount_fen"),
    "demand.on": lambda told: day(told.last("demand_served")),
    "transfer.on": lambda told: day(told.last("judicial_transfer_decided")),
    "closing.on": lambda told: day(told.last("case_closed")),
    "closing.reason": say.worded("close_reason", "case_closed", "reason"),
    "handling.days": lambda told: str(told.last("handling_extended").get("days", "")),
    "handling.due": say.param("handling_days"),
    "archive.on": lambda told: day(told.last("case_archived")),
    "file.contents": lambda told: [],
    **{
        f"param.{name}": say.param(name)
        for name in (
            "court_name", "defence_days", "demand_wait_days", "hearing_request_days", "measure_days", "public_notice_days",
        )
    },
}  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """Values by label, and by label why a value could not be filled (a parameter nobody has set)."""

    values: dict[str, Any]
    unset: dict[str, str] = field(default_factory=dict)


def fill(fields: list[Field], told: Told) -> Filled:
    """What the case itself says about these fields; typed fields and what it does not say stay out."""
    values: dict[str, Any] = {}
    unset: dict[str, str] = {}
    for one in fields:
        if one.source:
            try:
                value = SOURCES[one.source](told)
            except NotSet as error:
                unset[one.label] = str(error)
                continue
            if not empty(value):
                values[one.label] = value
    return Filled(values, unset)


def missing(
    fields: list[Field], must: frozenset[str], values: Mapping[str, Any]
) -> tuple[list[Field], list[Field]]:
    """(statutory, other) fields without a value."""
    without = [one for one in fields if empty(values.get(one.label))]
    return [one for one in without if one.label in must], [one for one in without if one.label not in must]
