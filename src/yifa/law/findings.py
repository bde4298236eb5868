"""What a rule says: a Breach or a Gap; what a check hands on: a Finding, a NotEvaluated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yifa.law.calendar import Deadline
from yifa.law.packs import title_of
from yifa.law.record.model import Event

BLOCKS, WARNS = "blocks", "warns"


@dataclass(frozen=True, slots=True)
class Breach:
    """A duty not kept at one act. `reason`: words typed for it, kept with a warning. `severity`: over the rule's."""

    message: str
    remedy: str
    reason: str | None = None
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A rule that cannot be judged: needs_database, key_absent, not_in_force, pack_has_no_value."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Running:
    """A clock: from the act that started it to the act that stopped it (None: still running).

    `late` and `early`: the breach where it was stopped late, and where it has run out unstopped. `deadline` counts.
    """

    start: Event
    deadline: Deadline
    stop: Event | None
    breach: Breach
    late: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `event`: index of the act it stands on, None where it stands on the running case.

    `assumed`: parameters it rests on that nobody has confirmed (待确认).
    """

    rule: str
    article: str
    severity: str
    event: int | None
    message: str
    remedy: str
    reason: str | None = None
    assumed: tuple[str, ...] = ()

    @property
    def unconfirmed(self) -> list[tuple[str, str]]:
        """Those parameters by name and title."""
        return [(name, title_of(name)) for name in self.assumed]

    def as_json(self) -> dict[str, Any]:
        """The object of record.md §3; `reason` only where there is one."""
        answer: dict[str, Any] = {
            "rule": self.rule,
            "article": self.article,
            "severity": self.severity,
            "event": self.event,
            "message": self.message,
            "remedy": self.remedy,
        }
        if self.reason:
            answer["reason"] = self.reason
        return answer


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule that was not judged, and why; never guessed, without effect on the exit code."""

    rule: str
    reason: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "reason": self.reason, "detail": self.detail}
