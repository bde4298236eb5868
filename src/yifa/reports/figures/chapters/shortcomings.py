"""Chapter two, 不足和原因: what can be counted about the strength of the legal work; the causes are the organ's words."""

from __future__ import annotations

from yifa.reports.figures.figure import Chapter, Figure, always

TWO = Chapter.SHORTCOMINGS


def staff(key: str, label: str, definition: str, **conditions: str) -> Figure:
    return Figure(
        key=key,
        label=label,
        definition=definition,
        chapter=TWO,
        page="people",
        params=always(**conditions),
        unit="名",
    )


FIGURES = [
    staff(
        "staff.reviewers", "法制审核人员", "人员登记簿中角色含法制审核的人员，一人计一名。", role="reviewer"
    ),
    staff(
        "staff.reviewers_qualified",
        "具有法律职业资格的法制审核人员",
        "人员登记簿中角色含法制审核、且具有法律职业资格的人员，一人计一名。",
        role="reviewer",
        qualified="yes",
    ),
]
