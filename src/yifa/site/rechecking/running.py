"""The whole organ judged as of a moment: a stream of cases, and counts by rule at its end."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from yifa.law.findings import BLOCKS
from yifa.registry.organs.models import Organ
from yifa.site.rechecking import other_cases, slices
from yifa.site.rechecking.slices import SLICE, Judged, Run

ALONE = 5 * SLICE
"""Up to so many cases one process is quicker than starting two."""

Progress = Callable[[int, int], None]


@dataclass
class Counts:
    """What a run counted: cases, and findings and cases by (rule, severity); gaps by (rule, reason)."""

    cases: int = 0
    blocked: int = 0
    warned: int = 0
    unreadable: int = 0
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    found_in: Counter[tuple[str, str]] = field(default_factory=Counter)
    gaps: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, case: Judged) -> None:
        self.cases += 1
        self.unreadable += bool(case.problems)
        kinds = [(one.rule, one.severity) for one, _, _ in case.findings]
        self.findings.update(kinds)
        self.found_in.update(set(kinds))
        self.gaps.update(set(case.gaps))
        blocks = any(severity == BLOCKS for _, severity in kinds)
        self.blocked += blocks
        self.warned += bool(kinds) and not blocks


@contextmanager
def recheck(
    organ: Organ,
    *,
    at: datetime,
    year: int | None = None,
    processes: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Iterator[tuple[Iterator[Judged], Counts]]:
    """(cases in order of address, counts: whole once the cases are read to their end). Reads only.

    `processes`: None chooses one for few cases, else one for each core.
    """
    with tempfile.TemporaryDirectory(prefix="yifa-check-", ignore_cleanup_errors=True) as folder:
        run = Run(organ.code, at, year, str(Path(folder) / "decided.sqlite3"))
        other_cases.write_index(run.index, organ.code)
        found = list(slices.keys(run))
        total = slices.count(run)
        chosen = processes or (1 if total <= ALONE else max(2, min(4, os.cpu_count() or 2)))
        counts = Counts()
        yield _counted(slices.judged(run, found, processes=chosen), counts, total, progress), counts


def _counted(
    judged: Iterator[list[Judged]], counts: Counts, total: int, progress: Progress
) -> Iterator[Judged]:
    for batch in judged:
        for case in batch:
            counts.add(case)
            yield case
        progress(counts.cases, total)
