"""The steps of each procedure in their usual order, and the acts that make each: tables, no conditions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One step of a case as a clerk sees it. `done_by`: any of these acts completes it; `begun_by`: starts it.

    `optional`: not every case needs it; `after`: the steps that usually stand before it (local practice may move
    them: only the guards in law/rules refuse an act).
    """

    key: str
    label: str
    done_by: tuple[str, ...]
    begun_by: tuple[str, ...] = ()
    optional: bool = False
    after: tuple[str, ...] = ()


ORDINARY: tuple[Act, ...] = (
    Act("lead", "线索登记", ("lead_registered",)),
    Act("opening", "立案", ("opening_approved", "opening_declined"), after=("lead",)),
    Act(
        "investigation",
        "调查取证",
        ("investigation_closed",),
        ("handlers_assigned", "interview_recorded", "scene_recorded", "evidence_added"),
        after=("opening",),
    ),
    Act(
        "correction",
        "责令改正",
        ("correction_rechecked",),
        ("correction_ordered",),
        optional=True,
        after=("opening",),
    ),
    Act("prior_notice", "事先告知", ("prior_notice_served",), after=("investigation",)),
    Act(
        "statement",
        "陈述申辩",
        ("statement_reexamined", "statement_waived"),
        ("statement_made",),
        optional=True,
        after=("prior_notice",),
    ),
    Act(
        "hearing",
        "听证",
        ("hearing_held", "hearing_waived"),
        ("hearing_requested", "hearing_notified"),
        optional=True,
        after=("prior_notice",),
    ),
    Act("legality_review", "法制审核", ("legality_reviewed",), optional=True, after=("prior_notice",)),
    Act("deliberation", "集体讨论", ("deliberated",), optional=True, after=("prior_notice",)),
    Act("decision", "处罚决定", ("decision_made",), after=("prior_notice",)),
    Act("service", "送达", ("instrument_served",), after=("decision",)),
    Act(
        "performance",
        "履行",
        ("fine_collected", "compulsion_executed"),
        ("deferral_approved", "demand_served", "court_execution_requested"),
        after=("service",),
    ),
    Act("closing", "结案", ("case_closed",), after=("decision",)),
    Act("archive", "归档", ("case_archived",), after=("closing",)),
)

SUMMARY: tuple[Act, ...] = (
    Act("scene", "现场取证", ("scene_recorded", "evidence_added")),
    Act("prior_notice", "当场告知", ("prior_notice_served",), after=("scene",)),
    Act(
        "statement",
        "听取陈述申辩",
        ("statement_waived", "statement_reexamined"),
        ("statement_made",),
        after=("prior_notice",),
    ),
    Act("decision", "当场处罚决定", ("summary_decision_made",), after=("prior_notice",)),
    Act("filing", "当场处罚备案", ("summary_decision_filed",), after=("decision",)),
    Act("performance", "履行", ("fine_collected",), after=("decision",)),
    Act("closing", "结案", ("case_closed",), after=("decision",)),
    Act("archive", "归档", ("case_archived",), after=("closing",)),
)

MOVABLE = ("prior_notice", "statement", "hearing", "legality_review", "deliberation")
"""Steps before the decision whose order is the organ's (parameter order_before_decision)."""


def in_order(order: tuple[str, ...]) -> tuple[Act, ...]:
    """The ordinary procedure with the steps before the decision in this order; steps it leaves out follow."""
    wanted = [*(key for key in order if key in MOVABLE), *(key for key in MOVABLE if key not in order)]
    by_key = {act.key: act for act in ORDINARY}
    moved = iter(by_key[key] for key in wanted)
    return tuple(next(moved) if act.key in MOVABLE else act for act in ORDINARY)


STAGE_AFTER: dict[str, str] = {
    "lead_registered": "lead",
    "opening_declined": "declined",
    "opening_approved": "investigation",
    "investigation_closed": "proposal",
    "prior_notice_served": "prior_notice",
    "hearing_requested": "hearing",
    "hearing_notified": "hearing",
    "hearing_held": "hearing",
    "legality_reviewed": "legality_review",
    "deliberated": "deliberation",
    "decision_made": "decided",
    "summary_decision_made": "decided",
    "additional_fine_charged": "overdue",
    "demand_served": "overdue",
    "court_execution_requested": "execution",
    "compulsion_executed": "execution",
    "judicial_transfer_handed_over": "judicial_transfer",
    "judicial_transfer_returned": "investigation",
    "case_closed": "closed",
    "case_archived": "archived",
    "case_reopened": "reopened",
}
"""The displayed stage after an act; acts not named leave it. It is derived for lists, no rule reads it."""
