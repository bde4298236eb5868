"""When each rule is evaluated (事前 · 事中 · 事后): the list of docs/spec/record.md §3 as a table."""

from __future__ import annotations

from yifa.law.events import TWO_OFFICER_KINDS

_ENFORCEMENT = (*sorted(TWO_OFFICER_KINDS), "instrument_served")
_OPENING = ("opening_approved",)
_DECISION = ("decision_made",)
_SUMMARY = ("summary_decision_made",)
_BOTH = (*_DECISION, *_SUMMARY)
_AT_OPENING_AND_DECISION = (*_OPENING, *_BOTH)

MOMENTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("R-APL-17-1", "R-APL-20-1", "R-APL-22-1", "R-APL-24-1", "R-APL-25-1", "R-APL-36-1"),
        _AT_OPENING_AND_DECISION,
    ),
    **dict.fromkeys(("R-APL-42-1", "R-APL-42-2"), _ENFORCEMENT),
    "R-APL-43-1": (*_ENFORCEMENT, *_DECISION),
    "R-APL-54-1": ("interview_recorded", "preservation_ordered", "measure_ordered"),
    "R-APL-55-1": ("interview_recorded", "scene_recorded"),
    "R-APL-56-1": ("preservation_ordered",),
    "R-APL-44-1": ("prior_notice_served",),
    "R-APL-63-1": ("prior_notice_served", *_DECISION),
    "R-APL-64-2": ("hearing_notified", "hearing_held", *_DECISION),
    "R-APL-64-3": ("hearing_held", *_DECISION),
    **dict.fromkeys(
        (
            "R-APL-05-1", "R-APL-14-1", "R-APL-27-1", "R-APL-28-1", "R-APL-28-2", "R-APL-29-1", "R-APL-29-2",
            "R-APL-30-1", "R-APL-31-1", "R-APL-32-1", "R-APL-33-1", "R-APL-33-2", "R-APL-33-4", "R-APL-34-1",
            "R-APL-34-2", "R-APL-37-1", "R-APL-40-1", "R-APL-41-1", "R-APL-41-2", "R-APL-45-1", "R-APL-45-2",
            "R-APL-46-1", "R-APL-62-1",
        ),
        _BOTH,
    ),
    **dict.fromkeys(
        (
            "R-APL-57-1", "R-APL-57-2", "R-APL-58-1", "R-APL-58-2", "R-APL-59-1", "R-APL-64-1", "R-APL-65-1",
            "R-FS-07-1", "REV-01",
        ),
        _DECISION,
    ),
    **dict.fromkeys(("R-APL-51-1", "R-APL-52-1", "R-ARL-23-1"), _SUMMARY),
    **dict.fromkeys(("R-APL-61-2", "R-CPL-95-1", "REC-02", "REC-03"), ("instrument_served",)),
    **dict.fromkeys(("R-APL-67-1", "R-APL-68-1", "R-APL-70-1"), ("fine_collected",)),
    **dict.fromkeys(("R-APL-72-1", "R-APL-73-1"), ("additional_fine_charged",)),
    **dict.fromkeys(("R-ACL-53-1", "R-ACL-54-1"), ("court_execution_requested",)),
    "R-ACL-18-1": ("measure_ordered",),
    **dict.fromkeys(("R-ACL-43-1", "R-ACL-44-1", "R-ACL-51-1"), ("compulsion_executed",)),
    "R-APL-66-1": ("deferral_approved",),
    **dict.fromkeys(("R-APL-50-1", "PUB-03", "PUB-04"), ("publicity_posted",)),
    **dict.fromkeys(
        ("R-APL-33-3", "R-APL-47-1", "R-APL-48-1", "REC-01", "REC-04", "REC-05", "REC-06", "REC-07"),
        ("case_closed",),
    ),
    "REV-03": ("legality_reviewed",),
}  # fmt: skip

CLOCKS = frozenset(
    "R-APL-48-2 R-APL-52-2 R-APL-54-2 R-APL-56-1 R-APL-60-1 R-APL-61-1 R-APL-71-1 R-ACL-19-1 R-ACL-25-1"
    " R-ACL-28-1 R-TR-05-1 R-ARL-48-1 R-ALL-67-1 PUB-01".split()
)

NEED_DATABASE = ("REC-08", "PUB-02", "PUB-05", "REV-02")
"""Never judged from a file: they look at the whole organ."""
