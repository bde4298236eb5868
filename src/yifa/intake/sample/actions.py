"""Loading the demo (演示数据): the workbook of 2021 and the running cases, through the ordinary import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from yifa.intake.sample.files import add_sample_files
from yifa.intake.sample.living import living_cases
from yifa.intake.sample.rows import act_rows, case_row, posting_rows
from yifa.intake.sample.workbook import write, write_year
from yifa.intake.workbook.actions import Outcome, organ_to_found, take_in
from yifa.intake.workbook.models import WorkbookImport
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ

TERRITORY = "120199"
YEAR_BOOK, LIVING_BOOK = "演示台账2021.xlsx", "演示在办案件.xlsx"
Progress = Callable[[int, int], None]


class NotADemo(Exception):
    """The database holds rows of an organ that is not marked as demonstration. `organs`: their names."""

    def __init__(self, organs: list[str]) -> None:
        self.organs = organs
        super().__init__("、".join(organs))


class SampleRefused(Exception):
    """The import found problems in the sample: a fault of the sample or of the import. `lines` name them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__(lines[0])


@dataclass(frozen=True)
class Loaded:
    """What is there now. `year` and `living` are None where they had been loaded before."""

    organ: Organ
    year: Outcome | None
    living: Outcome | None

    @property
    def changed(self) -> bool:
        return self.year is not None or self.living is not None


def load_sample(*, today: date, progress: Progress | None = None) -> Loaded:
    """Bring the demo organ, its year 2021 and the cases running around `today` into the database, each once.

    Running cases are laid out on the first call only. Raises NotADemo or SampleRefused; then nothing was written.
    """
    real = list(Organ.objects.filter(demo=False).order_by("code").values_list("name", flat=True))
    if real:
        raise NotADemo(real)
    found = organ_to_found(TERRITORY)
    organ = Organ.objects.filter(code=found.code).first() or found
    with TemporaryDirectory() as folder:
        year = None if _loaded(organ, YEAR_BOOK) else _load_year(Path(folder) / YEAR_BOOK, organ, progress)
        organ = Organ.objects.get(code=found.code)
        living = (
            None if _loaded(organ, LIVING_BOOK) else _load_living(Path(folder) / LIVING_BOOK, organ, today)
        )
    if living is not None:
        add_sample_files(organ)
    return Loaded(organ, year, living)


def _loaded(organ: Organ, book: str) -> bool:
    return WorkbookImport.objects.filter(organ=organ.code, file_name=book).exists()


def _load_year(path: Path, organ: Organ, progress: Progress | None) -> Outcome:
    write_year(path)
    return _take(path, organ, progress)


def _load_living(path: Path, organ: Organ, today: date) -> Outcome | None:
    cases = living_cases(today)
    if not cases:
        return None
    write(path, {
        "案件": [case_row(case) for case in cases],
        "办案记录": [row for case in cases for row in act_rows(case)],
        "公示报送": list(posting_rows(cases)),
    })  # fmt: skip
    return _take(path, organ, None)


def _take(path: Path, organ: Organ, progress: Progress | None) -> Outcome:
    outcome = take_in(path=path, organ=organ, actor=Actor("system:demo", organ=organ.code), progress=progress)
    if outcome.problems:
        raise SampleRefused(list(outcome.problem_lines()))
    return outcome
