"""A dozen and more running cases around a given day, one at every stage, two with a defect on purpose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from random import Random
from typing import Any

from yifa.intake.sample.cases.catalogue import WHERE, WHO, Deed
from yifa.intake.sample.cases.history import SampleCase
from yifa.intake.sample.cases.parties import Parties, town_name
from yifa.intake.sample.cases.timeline import (
    EXEMPTION_NOT_APPLIED,
    NOTICE_CONTENTS,
    Course,
    add_evidence,
    decision,
    hearing_right,
    penalty,
)
from yifa.intake.sample.cases.visits import Pen
from yifa.intake.sample.cases.year import document_number, violation
from yifa.intake.sample.days import SHANGHAI, Diary, working_day
from yifa.intake.sample.people import DEPUTIES, DIRECTOR, HEADS, OFFICE, PAIRS, PRESIDING, REVIEWERS

_BURNING = Deed("M050", ("citizen",), "minor", (600,), (WHO, "露天焚烧落叶、枯草", WHERE), campaign=None)
_SPILL = Deed(
    "M036",
    ("legal_person",),
    "minor",
    (8000,),
    (WHO, "运输途中遗撒建筑垃圾", WHERE),
    "运输有限公司",
    warning=True,
)
_ROAD = Deed("M066", ("legal_person",), "minor", (3000,), (WHO, "擅自占用城市道路", WHERE), "建材有限公司")
_BANNER = Deed(
    "M005", ("legal_person",), "minor", (300,), (WHO, "未经许可悬挂宣传品", WHERE), "文化传播有限公司"
)
_DISPOSAL = Deed("M038", ("legal_person",), "ordinary", (36000,), (WHO, "未经核准擅自处置建筑垃圾", WHERE), "建筑工程有限公司",
                 warning=True, heavy="waived")  # fmt: skip
FIRST_YEAR = 2022


class Script(Pen):
    """A case told backwards from `today`: `at(n)` moves to n working days ago, acts follow each other from nine o'clock."""

    def __init__(self, case: SampleCase, course: Course, today: date) -> None:
        super().__init__(case, Diary(), course.start, offset=0)
        self.course, self.today = course, today

    def at(self, ago: int) -> Script:
        day = working_day(self.today, -ago)
        if self.clock is None or self.clock.date() < day:
            self.clock = datetime.combine(day, time(9, 5), SHANGHAI)
        self.day = day
        return self

    def lead(self, ago: int) -> None:
        pair, facts = self.course.pair, self.course.deed.facts
        self.at(ago).write("lead_registered", pair[:1], source="patrol")
        self.write("scene_recorded", pair, minutes=25, certificate_shown=True, signed="yes")
        add_evidence(self, pair, "e1", "scene_transcript", facts[1:])
        add_evidence(self, pair, "e2", "audio_visual", facts[1:])

    def opened(self, ago: int) -> None:
        self.lead(ago + 2)
        self.open(ago)

    def open(self, ago: int) -> None:
        self.at(ago).write("opening_approved", self.course.pair[:1], approved_by=DEPUTIES[0])
        self.write("handlers_assigned", DEPUTIES[:1], handlers=list(self.course.pair))

    def order(self, ago: int, due_in: int) -> None:
        """Order correction, due `due_in` working days after today (before it when negative)."""
        self.at(ago).write("correction_ordered", self.course.pair, due_on=working_day(self.today, due_in))

    def interviewed(self, ago: int) -> None:
        pair = self.course.pair
        self.at(ago).write("interview_recorded", pair, minutes=35, certificate_shown=True, signed="yes")
        add_evidence(self, pair, "e3", "party_statement", self.course.deed.facts)
        add_evidence(self, pair, "e4", "documentary", self.course.deed.facts[:1])

    def investigated(self, ago: int) -> None:
        """All of the investigation, closed `ago` working days ago."""
        self.opened(ago + 6)
        self.order(ago + 6, -(ago + 3))
        self.interviewed(ago + 5)
        self.at(ago + 3).write("correction_rechecked", self.course.pair, minutes=20, corrected=True)
        self.case.violation["corrected_on"] = self.day
        self.at(ago).write(
            "investigation_closed",
            self.course.pair,
            minutes=60,
            tier=self.course.deed.tier,
            proposal=penalty(self.course),
        )

    def noticed(self, ago: int) -> None:
        self.investigated(ago + 2)
        self.at(ago).write(
            "prior_notice_served",
            self.course.pair,
            minutes=20,
            penalty=penalty(self.course),
            contents=list(NOTICE_CONTENTS),
            hearing_right_told=hearing_right(self.course),
            mode="direct",
        )

    def reviewed(self, ago: int) -> None:
        self.noticed(ago + 3)
        self.at(ago + 2).write("statement_waived", ())
        if hearing_right(self.course):
            self.write("hearing_waived", ())
        self.at(ago).write("legality_reviewed", REVIEWERS[:1], minutes=40, opinion="agree")

    def deliberated(self, ago: int) -> None:
        self.reviewed(ago + 2)
        members = [*HEADS, OFFICE]
        self.at(ago).write(
            "deliberated",
            (OFFICE,),
            minutes=60,
            members=members,
            chaired_by=DIRECTOR,
            votes=dict.fromkeys(members, "for"),
        )

    def decided(self, ago: int, serial: int) -> None:
        self.reviewed(ago + 1)
        keys: dict[str, Any] = decision(self.case, self.course, DEPUTIES[1], on=self.at(ago).day)
        keys |= {
            "first_violation_exemption": EXEMPTION_NOT_APPLIED,
            "number": document_number("罚决", serial, self.today.year),
        }
        self.write("decision_made", self.course.pair[:1], minutes=20, **keys)

    def served(self, ago: int, serial: int) -> None:
        self.decided(ago + 1, serial)
        self.at(ago).write(
            "instrument_served", self.course.pair, minutes=20, instrument="penalty_decision", mode="direct"
        )
        if ago > 3:
            posted = working_day(self.today, -(ago - 1))
            self.case.postings = [
                (channel, posted) for channel in ("portal", "supervision_platform", "credit_platform")
            ]


def _preserving(script: Script) -> None:
    script.opened(5)
    script.at(3).write(
        "preservation_ordered", script.course.pair, approved_by=DIRECTOR, items="宣传品支架三个、台账一册"
    )


def _investigating(script: Script) -> None:
    script.opened(3)
    script.interviewed(1)


def _correcting(script: Script) -> None:
    script.opened(6)
    script.order(4, 4)


def _answered(script: Script) -> None:
    script.noticed(4)
    script.at(1).write("statement_made", (), minutes=25, points=["p1"])


def _hearing(script: Script) -> None:
    script.noticed(9)
    script.at(7).write("hearing_requested", ())
    script.at(4).write("hearing_notified", (PRESIDING,), hearing_on=working_day(script.today, 6))


def _overdue(script: Script) -> None:
    script.served(30, 1)
    script.at(3).write("demand_served", script.course.pair, minutes=20)


def _disputed(script: Script) -> None:
    script.served(15, 2)
    received = working_day(script.today, -4)
    script.at(4).write("reconsideration_filed", (), copy_received_on=received, procedure="ordinary")


def _questioned_too_early(script: Script) -> None:
    """Defect on purpose: questioned before the case was opened (APL art. 54)."""
    script.lead(9)
    script.interviewed(8)
    script.open(6)


def _too_long(script: Script) -> None:
    """Defect on purpose: more than ninety days since the opening and no decision (APL art. 60)."""
    script.opened(70)
    script.order(70, -66)
    script.interviewed(68)


STORIES: tuple[tuple[Deed, Callable[[Script], None]], ...] = (
    (_ROAD, _too_long),
    (_SPILL, _overdue),
    (_BANNER, _disputed),
    (_ROAD, lambda script: script.served(6, 3)),
    (_BURNING, lambda script: script.decided(1, 4)),
    (_DISPOSAL, lambda script: script.deliberated(1)),
    (_DISPOSAL, lambda script: script.reviewed(1)),
    (_DISPOSAL, _hearing),
    (_SPILL, _answered),
    (_BURNING, lambda script: script.noticed(2)),
    (_BANNER, _preserving),
    (_BURNING, _questioned_too_early),
    (_ROAD, _correcting),
    (_SPILL, _investigating),
    (_BURNING, lambda script: script.lead(1)),
)


def living_cases(today: date) -> list[SampleCase]:
    """Running cases of the year of `today`, without those that would reach back into the sample year 2021."""
    parties = Parties(serial=500)
    cases = [_case(index, deed, story, parties, today) for index, (deed, story) in enumerate(STORIES)]
    return [case for case in cases if case.acts[0].at.year >= FIRST_YEAR]


def _case(
    index: int, deed: Deed, story: Callable[[Script], None], parties: Parties, today: date
) -> SampleCase:
    town = index * 7 % 24
    case = SampleCase(
        procedure="ordinary",
        matter=deed.matter,
        campaign=deed.campaign,
        town=town_name(town),
        violation={},
        party=parties.make(deed.parties[0], town=town, trade=deed.trade),
        number=document_number("罚立", index + 1, today.year),
    )
    course = Course(
        deed=deed, fine=deed.fines[0], pair=PAIRS[index % 8], answer="waived", preserved=False, start=today
    )
    story(Script(case, course, today))
    seen = case.acts[0].at.date()
    case.violation = violation(deed, seen, town, Random(index)) | case.violation
    return case
