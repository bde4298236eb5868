"""The register of figures: those of each chapter, and five for every campaign of the organ."""

from __future__ import annotations

from collections.abc import Iterable

from yifa.reports.figures.chapters import first_responsible, measures, shortcomings
from yifa.reports.figures.chapters.campaigns import campaign_figures
from yifa.reports.figures.figure import Figure


class UnknownFigure(LookupError):
    """No figure has this key."""

    code = "unknown_figure"


def registered(figures: Iterable[Figure]) -> dict[str, Figure]:
    """By key, in order. Raises ValueError on a key used twice: the report would lose a figure."""
    known: dict[str, Figure] = {}
    for figure in figures:
        if figure.key in known:
            raise ValueError(f"figure {figure.key} is registered twice")
        known[figure.key] = figure
    return known


FIXED = registered([*measures.FIGURES, *shortcomings.FIGURES, *first_responsible.FIGURES])


def figures_of(organ_code: str) -> list[Figure]:
    """All figures of an organ in the order of the report: chapter by chapter, campaigns first in the third."""
    figures = registered([*FIXED.values(), *campaign_figures(organ_code)]).values()
    return sorted(figures, key=lambda figure: (figure.chapter, not figure.key.startswith("campaigns.")))


def figure_of(organ_code: str, key: str) -> Figure:
    """The figure with this key. Raises UnknownFigure."""
    for figure in figures_of(organ_code):
        if figure.key == key:
            return figure
    raise UnknownFigure(key)
