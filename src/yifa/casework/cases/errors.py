"""Why an act was not recorded. Each error has a stable code; one middleware turns them into pages and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext

if TYPE_CHECKING:
    from yifa.law.findings import Finding


class CaseError(Exception):
    """Nothing was written."""

    code = "case_error"


class UnknownCase(CaseError):
    code = "unknown_case"


class InvalidAct(CaseError):
    """The act is not a valid event of the record format; `problems` name the path of each fault."""

    code = "invalid_act"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("；".join(self.problems))


class StepRefused(CaseError):
    """The rule book blocks the act; `findings` says all reasons at once."""

    code = "step_refused"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("；".join(finding.message for finding in self.findings))


class CaseArchived(CaseError):
    """The case is archived: nothing of it is written before it is reopened."""

    code = "case_archived"


class StaleEdition(CaseError):
    """Somebody else recorded an act of the case since it was read."""

    code = "stale_edition"

    def __init__(self, *, expected: int, found: int) -> None:
        self.expected, self.found = expected, found
        super().__init__(
            gettext("本案刚刚有新的办理记录（现有 %(found)s 条，您看到的是 %(expected)s 条），请重新核对")
            % {"found": found, "expected": expected}
        )
