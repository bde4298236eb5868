"""The report of a year put together: figures by chapter, as JSON and as a page that stands alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

from django.db import transaction
from django.template.loader import render_to_string

from yifa.registry.organs.models import Organ
from yifa.reports.annual.counted_at import ReportHead, head_now
from yifa.reports.figures.figure import Chapter, Period
from yifa.reports.figures.measuring import Measured, measure_all

TITLES = {
    Chapter.MEASURES: "一、法治政府建设的主要举措和成效",
    Chapter.SHORTCOMINGS: "二、存在的不足和原因",
    Chapter.FIRST_RESPONSIBLE: "三、第一责任人履职情况",
    Chapter.NEXT_YEAR: "四、下一年度工作安排",
}


@dataclass(frozen=True)
class Campaigned:
    """What one campaign of the register counts to."""

    name: str
    figures: dict[str, Measured]

    @property
    def happened(self) -> bool:
        return any(measured.value for measured in self.figures.values())


@dataclass(frozen=True)
class Report:
    """The report of one organ for a period, all figures measured, and the head of the log they were counted at."""

    organ: Organ
    period: Period
    figures: dict[str, Measured]
    head: ReportHead

    @property
    def as_of(self) -> str:
        return self.period.as_of.isoformat(timespec="seconds")

    @property
    def chapters(self) -> list[tuple[str, list[Measured]]]:
        """Title and figures of each chapter, in order."""
        return [
            (title, [one for one in self.figures.values() if one.figure.chapter is chapter])
            for chapter, title in TITLES.items()
        ]

    @property
    def campaigns(self) -> list[Campaigned]:
        """Figures by campaign, for the sentences of chapter three."""
        found: dict[str, Campaigned] = {}
        for key, measured in self.figures.items():
            if measured.figure.campaign:
                _, code, part = key.split(".")
                found.setdefault(code, Campaigned(measured.figure.campaign, {})).figures[part] = measured
        return list(found.values())

    def as_json(self) -> str:
        """The object of the command `report`, UTF-8 as is, ending in a line feed."""
        body = {
            "year": self.period.year,
            "as_of": self.as_of,
            "figures": [measured.as_json() for measured in self.figures.values()],
            "head": self.head.as_json(),
        }
        return json.dumps(body, ensure_ascii=False, indent=2) + "\n"

    def as_html(self) -> str:
        """A printable page with figures, definitions and digests that needs no server and no other file."""
        styles = files("yifa.reports.annual").joinpath("static/annual/report.css").read_text(encoding="utf-8")
        return render_to_string("annual/standalone.html", {"report": self, "styles": styles, "linked": False})


def assemble(organ: Organ, period: Period, *, with_keys: bool = False) -> Report:
    """Measure every figure, then sign the head. Raises FigureFailed where one cannot be computed."""
    with transaction.atomic():
        figures = measure_all(organ.code, period, with_keys=with_keys)
        return Report(organ, period, figures, head_now())
