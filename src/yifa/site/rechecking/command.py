"""`yifa check --all`: runs, prints as it goes, and answers with the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yifa.law.findings import NotEvaluated
from yifa.law.organ.registers import OrganFinding
from yifa.site.cli.errors import Refused
from yifa.site.rechecking.printing import Csv, dumps, gap_rows, json_of_case, rows_by_rule, text_lines
from yifa.site.rechecking.running import Counts, recheck
from yifa.site.rechecking.slices import Judged

if TYPE_CHECKING:
    from yifa.registry.organs.models import Organ

NAMED = 20


def check_all(
    organ: Organ,
    *,
    at: datetime,
    year: int | None,
    csv_file: str | None,
    as_json: bool,
    processes: int | None,
) -> int:
    """0: nothing blocks; 1: something blocks; 2 (Refused): some case cannot be read as a record."""
    organ_found, organ_gaps = _registers(organ, at, year)
    broken: list[str] = []
    with (
        _csv(csv_file) as table,
        recheck(organ, at=at, year=year, processes=processes, progress=Progress()) as (cases, counts),
    ):
        _print_start(organ, at, year, as_json=as_json)
        for place, one in enumerate(_each(cases, table, broken)):
            if as_json:
                sys.stdout.write(("," if place else "") + one)
        for found in organ_found if table else ():
            table.organ(found)
    _print_end(counts, organ_found, organ_gaps, broken, as_json=as_json)
    if broken:
        more = [f"另有{counts.unreadable - NAMED}件读不出来"] if counts.unreadable > NAMED else []
        raise Refused([*broken, *more])
    return 1 if counts.blocked else 0


def _each(cases: Iterator[Judged], table: Csv | None, broken: list[str]) -> Iterator[str]:
    """The findings of every case as JSON, writing the CSV on the way."""
    unreadable = 0
    for case in cases:
        if table is not None:
            table.case(case)
        if case.problems:
            unreadable += 1
            if unreadable <= NAMED:
                broken.append(f"案件 {case.no}（{case.number}）不是有效的记录：{case.problems[0]}")
        yield from json_of_case(case)


def _registers(organ: Organ, at: datetime, year: int | None) -> tuple[list[OrganFinding], list[NotEvaluated]]:
    from yifa.site.rechecking.registers import judge_registers

    found: list[OrganFinding] = []
    gaps: list[NotEvaluated] = []
    for one in judge_registers(organ, at, year):
        if isinstance(one, OrganFinding):
            found.append(one)
        else:
            gaps.append(one)
    return found, gaps


def _print_start(organ: Organ, at: datetime, year: int | None, *, as_json: bool) -> None:
    if as_json:
        head = dumps({"organ": organ.code, "at": at.isoformat(), "year": year})
        sys.stdout.write(f'{head[:-1]},"findings":[')
    else:
        scope = f"{year}年的案件" if year else "全部案件"
        print(f"{organ.name}，{scope}，截至{at:%Y-%m-%d %H:%M}")


def _print_end(
    counts: Counts,
    organ_found: list[OrganFinding],
    organ_gaps: list[NotEvaluated],
    broken: list[str],
    *,
    as_json: bool,
) -> None:
    if not as_json:
        for line in text_lines(counts, organ_found, organ_gaps):
            print(line)
        return
    rest: dict[str, Any] = {
        "organ_findings": [one.as_json() for one in organ_found],
        "rules": rows_by_rule(counts),
        "not_evaluated": gap_rows(counts, organ_gaps),
        "cases": counts.cases,
        "blocked": counts.blocked,
        "warned": counts.warned,
        "unreadable": counts.unreadable,
    }
    sys.stdout.write(f"],{dumps(rest)[1:]}\n")


@contextmanager
def _csv(path: str | None) -> Iterator[Csv | None]:
    """The table to write, or None. Raises Refused where the file cannot be written."""
    if path is None:
        yield None
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open(path, "w", encoding="utf-8", newline=""))
        except OSError as error:
            raise Refused(f"{path} 写不进去：{error.strerror}。请换一个位置，用 --csv 指明") from error
        yield Csv(file)


class Progress:
    """A line on stderr for every tenth of the cases."""

    def __init__(self) -> None:
        self.tenth = 0

    def __call__(self, done: int, total: int) -> None:
        reached = done * 10 // total if total else 10
        if reached > self.tenth and total > 1000:
            self.tenth = reached
            print(f"已检查 {done} / {total}", file=sys.stderr, flush=True)
