"""Chapter two, 不足和原因: what can be counted about the strength of the legal work; the causes are the organ's words."""

from __future__ import annotations

from yifa.reports.figures.figure import Chapter, Figure, standing

TWO = Chapter.SHORTCOMINGS


def staff(key: str, label: str, definition: str, **conditions: str) -> Figure:
    return Figure(
        key=key, label=label, definition=definition, chapter=TWO, page="people",
        params=standing("in_term", **conditions), unit="名",
    )


FIGURES = [
    staff(
        "staff.reviewers", "法制审核人员",
        "角色含法制审核、且任期（未填即长期）覆盖截止日的人员，一人计一名。", role="reviewer",
    ),
    staff(
        "staff.reviewers_qualified", "具有法律职业资格的法制审核人员",
        "角色含法制审核、具有法律职业资格、且任期（未填即长期）覆盖截止日的人员，一人计一名。",
        role="reviewer", qualified="yes",
    ),
]
