"""Reading and judging stored cases by slices of their keys: in this process, or in processes that only read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import Any

from yifa.law import check as law
from yifa.law import record as law_record
from yifa.law.findings import Finding
from yifa.law.organ.earlier import with_earlier
from yifa.law.packs.errors import UnknownTerritory
from yifa.law.rules.moments import NEED_DATABASE

SLICE = 400
ACT_COLUMNS = ("case_id", "seq", "at", "kind", "by", "data", "words")

Key = tuple[str, str]
"""First and last `no` of a slice."""


@dataclass(frozen=True, slots=True)
class Run:
    """What every slice of one run has in common. `index`: path of the index of other cases."""

    organ: str
    at: datetime
    year: int | None
    index: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One case after the rule book: findings with the seq of their act, gaps, or why it is no record."""

    no: str
    number: str
    handlers: str
    findings: tuple[tuple[Finding, int | None, str], ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


def keys(run: Run, size: int = SLICE) -> Iterator[Key]:
    """The organ's cases in slices, by address; only the first and last key of each is held."""
    first, last, count = "", "", 0
    for no in _cases(run).order_by("no").values_list("no", flat=True).iterator(chunk_size=5000):
        first, last, count = (first or no), no, count + 1
        if count == size:
            yield first, last
            first, count = "", 0
    if count:
        yield first, last


def judged(run: Run, slices: Iterable[Key], *, processes: int) -> Iterator[list[Judged]]:
    """Every slice judged, in order. More than one process: each opens the database for itself, to read only."""
    if processes == 1:
        yield from map(partial(judge_slice, run), slices)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=open_to_read) as pool:
        yield from pool.map(partial(judge_slice, run), slices)


def open_to_read() -> None:
    """Django in a new process, on a connection that refuses to write."""
    import django

    django.setup()
    from django.db import connection

    reading = {
        "sqlite": "PRAGMA query_only = ON",
        "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    }
    with connection.cursor() as cursor:
        cursor.execute(reading[connection.vendor])


def judge_slice(run: Run, key: Key) -> list[Judged]:
    """All cases from the first to the last key, with three queries and the index."""
    from yifa.casework.cases.models import Act
    from yifa.casework.cases.queries import ReadAct
    from yifa.registry.people.queries import staff_of
    from yifa.site.rechecking.other_cases import OtherCases

    cases = list(_cases(run).filter(no__gte=key[0], no__lte=key[1]).select_related("organ").order_by("no"))
    acts: dict[str, list[Any]] = defaultdict(list)
    stored = Act.objects.filter(case_id__gte=key[0], case_id__lte=key[1], organ_id=run.organ).order_by()
    for row in stored.values_list(*ACT_COLUMNS).iterator(chunk_size=5000):
        acts[row[0]].append(ReadAct(**dict(zip(ACT_COLUMNS, row, strict=True))))
    staff = staff_of(run.organ)
    ruling = ruling_law(run.organ)
    others = OtherCases(run.index)
    try:
        earlier = others.of(cases)
    finally:
        others.close()
    return [_judge(run, case, acts[case.no], staff, earlier.get(case.no, ()), ruling) for case in cases]


def ruling_law(organ: str) -> Any:
    """The law the organ uses: its own editions laid over the pack."""
    from yifa.registry.laws.queries import law_of
    from yifa.registry.organs.models import Organ

    return law_of(organ, Organ.objects.values_list("territory", flat=True).get(code=organ))


def _judge(run: Run, case: Any, acts: list[Any], staff: Any, earlier: Iterable[Any], ruling: Any) -> Judged:
    from yifa.casework.cases.queries import assemble

    head = (case.no, case.number, case.handlers)
    try:
        ordered, data = assemble(case, acts, staff)
        record = with_earlier(law_record.parse(data, law=ruling), earlier)
        answer = law.check(record, run.at)
    except law_record.RecordError as error:
        return Judged(*head, problems=tuple(error.problems))
    except UnknownTerritory as error:
        return Judged(*head, problems=(str(error),))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Judged(*head, problems=(f"{type(error).__name__}：{error}",))
    return Judged(
        *head,
        findings=tuple(
            (one, *((None, "") if one.event is None else (ordered[one.event].seq, ordered[one.event].kind)))
            for one in answer.findings
        ),
        gaps=tuple((gap.rule, gap.reason) for gap in answer.not_evaluated if gap.rule not in NEED_DATABASE),
    )


def _cases(run: Run) -> Any:
    from yifa.casework.cases.models import Case

    found = Case.objects.filter(organ_id=run.organ)
    return found if run.year is None else found.filter(year=run.year)


def count(run: Run) -> int:
    """How many cases the run has."""
    return int(_cases(run).count())
