"""Numbers of papers: one series a class and year, gapless, drawn in the transaction that fixes the paper."""

from __future__ import annotations

import re

from django.http import QueryDict

from yifa.casework.cases.doing import Doing
from yifa.casework.cases.models import Act, Case
from yifa.casework.instruments.consistency import not_the_recorded
from yifa.casework.instruments.models import Instrument, InstrumentNumber, NumberSeries
from yifa.casework.instruments.told import DECISIONS
from yifa.law.forms.definitions import definition
from yifa.ledger import clock
from yifa.registry.organs.models import Organ


def spelt(organ: Organ, series: str, year: int, serial: int) -> str:
    """津示城管罚决字〔2021〕第001号."""
    return f"{organ.document_prefix}{series}字〔{year}〕第{serial:03d}号"


def draw(organ: Organ, paper: Instrument, year: int, given: str = "") -> InstrumentNumber:
    """The next number of the series, unsaved; the series is locked until the commit.

    `given`: the number the record of the case already names; it is taken where it is one of this series and free.
    """
    series = paper.definition.series
    counter = _counter(organ, series, year)
    serial = serial_of(organ, series, year, given)
    taken = InstrumentNumber.objects.filter(organ=organ, series=series, year=year, serial=serial)
    if serial is None or taken.exists():
        serial = counter.last + 1
    if serial > counter.last:
        NumberSeries.objects.filter(pk=counter.pk).update(last=serial)
    return InstrumentNumber(
        organ=organ, series=series, year=year, serial=serial, number=spelt(organ, series, year, serial), instrument=paper,
        drawn_at=clock.now(),
    )  # fmt: skip


def other_than_recorded(given: str, drawn: InstrumentNumber) -> str:
    """Why the paper of a decision cannot have the number just drawn: its record names another one; empty where it can.

    Asked under the lock of the series: of two decisions recorded with one number the paper fixed second stops here. A number
    the head made void on a paper of the same case is known to be replaced.
    """
    if not given or given == drawn.number:
        return ""
    used = InstrumentNumber.objects.filter(organ=drawn.organ, number=given).select_related("instrument")
    before = used.first()
    if before is not None and before.void and before.instrument.case_id == drawn.instrument.case_id:
        return ""
    return not_the_recorded(given, drawn.number, before.instrument.case_id if before else "")


def serial_of(organ: Organ, series: str, year: int, number: str) -> int | None:
    """The serial of a number of this series and year; None for any other text."""
    found = re.fullmatch(
        rf"{re.escape(organ.document_prefix + series)}字〔{year}〕第([0-9]{{1,9}})号", number
    )
    return int(found[1]) if found else None


def fill_in(doing: Doing, values: QueryDict) -> None:
    """The number of a decision in the form of its act: that of its paper, else the next of the series, to be corrected."""
    form = decision_form(doing)
    drawn = InstrumentNumber.objects.filter(instrument__case=doing.case, instrument__form=form, void=False)
    found = drawn.order_by("-drawn_at").values_list("number", flat=True).first()
    values["number"] = found or following(doing.case.organ, form, doing.at.year)


def decision_form(doing: Doing) -> str:
    """Who was told of no penalty before usually gets none."""
    if doing.kind == "summary_decision_made":
        return "summary_decision"
    return "penalty_decision" if doing.acts_of("prior_notice_served") else "no_penalty_decision"


def following(organ: Organ, form: str, year: int) -> str:
    """The number a paper of this form would get now. It is drawn only when the paper is fixed."""
    series = definition(form).series
    counter = NumberSeries.objects.filter(organ=organ, series=series, year=year).values_list(
        "last", flat=True
    )
    last = max(counter.first() or 0, _used(organ, series, year))
    return spelt(organ, series, year, last + 1)


def _counter(organ: Organ, series: str, year: int) -> NumberSeries:
    chosen = NumberSeries.objects.filter(organ=organ, series=series, year=year)
    found = chosen.select_for_update().first()
    if found is None:
        first = NumberSeries(organ=organ, series=series, year=year, last=_used(organ, series, year))
        NumberSeries.objects.bulk_create([first], ignore_conflicts=True)
        found = chosen.select_for_update().get()
    return found


def _used(organ: Organ, series: str, year: int) -> int:
    """The last serial that cases of the organ name already: papers of before this register. Read once a series and year."""
    beginning = f"{organ.document_prefix}{series}字〔{year}〕"
    cases = Case.objects.filter(organ=organ, number__startswith=beginning).values_list("number", flat=True)
    acts = Act.objects.filter(organ=organ, kind__in=DECISIONS, at__year__range=(year - 1, year + 1))
    named = [*cases, *(number or "" for number in acts.values_list("data__number", flat=True))]
    return max((serial_of(organ, series, year, number) or 0 for number in named), default=0)
