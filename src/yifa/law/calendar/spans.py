"""Spans of days, both ends included: excluded time (扣除期间) and skipped rest days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from `from_on` to `to_on`, both in; `reason` in Chinese, empty where none was given."""

    from_on: date
    to_on: date
    reason: str = ""

    def as_json(self) -> dict[str, str]:
        return {"from_on": self.from_on.isoformat(), "to_on": self.to_on.isoformat(), "reason": self.reason}


def merged(spans: Iterable[Span | tuple[date, date]]) -> tuple[Span, ...]:
    """Union of spans, in order; touching and overlapping ones become one, their reasons joined by 、.

    A span that ends before it begins holds no day and is left out.
    """
    given = [span if isinstance(span, Span) else Span(*span) for span in spans]
    out: list[Span] = []
    for span in sorted((s for s in given if s.to_on >= s.from_on), key=lambda s: (s.from_on, s.to_on)):
        if out and span.from_on <= out[-1].to_on + DAY:
            last = out[-1]
            reasons = [r for r in dict.fromkeys((*last.reason.split("、"), *span.reason.split("、"))) if r]
            out[-1] = Span(last.from_on, max(last.to_on, span.to_on), "、".join(reasons))
        else:
            out.append(span)
    return tuple(out)


def days_inside(spans: Iterable[Span], after: date, upto: date) -> int:
    """Days of the (merged) spans later than `after` and not later than `upto`."""
    total = 0
    for span in spans:
        first, last = max(span.from_on, after + DAY), min(span.to_on, upto)
        total += max(0, (last - first).days + 1)
    return total
