"""One lawful ordinary case from lead to archive, in the order the law wants: APL 2017 until 2021-07-14, then APL 2021."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from yifa.intake.sample.cases.catalogue import Deed
from yifa.intake.sample.cases.history import SampleAct, SampleCase
from yifa.intake.sample.cases.visits import Pen
from yifa.intake.sample.days import EVENING_HOURS, OFFICE_HOURS, PATROL_HOURS, Diary, working_day
from yifa.intake.sample.people import DEPUTIES, DIRECTOR, HEADS, OFFICE, PRESIDING, REVIEWERS

NOTICE_CONTENTS = ["content", "facts", "reasons", "basis", "rights"]
DECISION_CONTENTS = ["party", "facts", "basis", "performance", "remedies", "organ_and_date", "payee"]
NEW_TEXT_FROM = date(2021, 7, 15)
EXEMPTION_NOT_APPLIED = "已研究是否适用首违不罚：当事人经执法人员指出后方改正，且影响周边居民，不予适用"
EVIDENCE = ["e1", "e2", "e3", "e4"]


@dataclass(frozen=True)
class Course:
    """How one case runs. `answer`: waived, lapsed, statement or adopted; `fine` in 元; `pair` the two handlers."""

    deed: Deed
    fine: int
    pair: tuple[str, str]
    answer: str
    preserved: bool
    start: date


def write_case(case: SampleCase, course: Course, *, diary: Diary, rng: Random) -> None:
    """Append all acts of a closed and archived ordinary case to `case`, and its three postings."""
    pen = Pen(case, diary, course.start, offset=5 * rng.randrange(0, 50))
    investigate(pen, course, rng)
    hear_the_party(pen, course, rng)
    decide(pen, course, rng)
    perform(pen, course, rng)


def investigate(pen: Pen, course: Course, rng: Random) -> None:
    verify_lead(pen, course, rng)
    deputy = DEPUTIES[rng.randrange(3)]
    pen.desk("opening_approved", course.pair[:1], gap=rng.choice((1, 1, 2, 3)), approved_by=deputy)
    pen.write("handlers_assigned", (deputy,), minutes=5, handlers=list(course.pair))
    if not course.deed.correction_first:
        pen.visit(course.pair, 15)
        order_correction(pen, course.pair, calendar_days=rng.choice((3, 5)))
    question(pen, course, rng)
    recheck(pen, course)
    pen.desk(
        "investigation_closed",
        course.pair,
        gap=rng.choice((2, 3, 4)),
        minutes=60,
        tier=course.deed.tier,
        proposal=penalty(course, noticed=True),
    )


def verify_lead(pen: Pen, course: Course, rng: Random) -> None:
    pair, deed = course.pair, course.deed
    pen.visit(pair, 80, hours=EVENING_HOURS if deed.evening else PATROL_HOURS)
    pen.write(
        "lead_registered",
        pair[:1],
        minutes=5,
        source=rng.choice(("patrol", "patrol", "complaint", "inspection")),
    )
    pen.write("scene_recorded", pair, minutes=25, certificate_shown=True, signed="yes")
    add_evidence(pen, pair, "e1", "scene_transcript", deed.facts[1:])
    add_evidence(pen, pair, "e2", "audio_visual", deed.facts[1:])
    if deed.correction_first:
        order_correction(pen, pair, calendar_days=5)


def add_evidence(pen: Pen, pair: tuple[str, ...], key: str, kind: str, proves: tuple[str, ...]) -> None:
    pen.write(
        "evidence_added",
        pair,
        minutes=5,
        id=key,
        evidence_kind=kind,
        verified=True,
        lawful_source=True,
        proves=list(proves),
    )


def order_correction(pen: Pen, pair: tuple[str, ...], *, calendar_days: int) -> SampleAct:
    due = working_day(pen.day + timedelta(days=calendar_days))
    return pen.write("correction_ordered", pair, minutes=10, due_on=due)


def question(pen: Pen, course: Course, rng: Random) -> None:
    pair = course.pair
    pen.visit(pair, 60, gap=rng.choice((1, 2)), hours=OFFICE_HOURS)
    if course.preserved:
        pen.write(
            "preservation_ordered",
            pair,
            minutes=10,
            approved_by=DIRECTOR,
            items="经营工具一套、台账一册",
        )
    pen.write("interview_recorded", pair, minutes=35, certificate_shown=True, signed="yes")
    add_evidence(pen, pair, "e3", "party_statement", course.deed.facts)
    add_evidence(pen, pair, "e4", "documentary", course.deed.facts[:1])
    if course.preserved:
        pen.visit(pair, 15, gap=2)
        pen.write("preservation_disposed", pair, minutes=15, outcome="returned")


def recheck(pen: Pen, course: Course) -> None:
    """The order is looked at when it is due: obeyed, or (correction first) not obeyed the working day after."""
    order = pen.case.act("correction_ordered")
    if order is None:
        raise ValueError("recheck without an order")
    first = course.deed.correction_first
    day = working_day(order.data["due_on"], 1) if first else order.data["due_on"]
    pen.skip_to(day)
    pen.visit(course.pair, 20)
    pen.write("correction_rechecked", course.pair, minutes=20, corrected=not first)
    if not first:
        pen.case.violation["corrected_on"] = min(pen.day, order.data["due_on"])


def hear_the_party(pen: Pen, course: Course, rng: Random) -> None:
    pair, told = course.pair, hearing_right(course)
    pen.visit(pair, 20, gap=rng.choice((1, 2)))
    pen.write(
        "prior_notice_served",
        pair,
        minutes=20,
        penalty=penalty(course, noticed=True),
        contents=list(NOTICE_CONTENTS),
        hearing_right_told=told,
        mode="direct",
    )
    if course.answer == "hearing":
        hold_hearing(pen, course)
    elif course.answer in ("statement", "adopted"):
        answer_statement(pen, course)
    elif course.answer == "waived":
        pen.desk("statement_waived", (), gap=1)
        if told:
            pen.write("hearing_waived", (), minutes=5)
    if course.answer in ("lapsed", "statement", "adopted"):
        pen.skip_to(working_day(pen.case.moment("prior_notice_served").date(), 6))


def hearing_right(course: Course) -> bool:
    return bool(course.deed.heavy) and course.deed.heavy != "complex"


def answer_statement(pen: Pen, course: Course) -> None:
    pen.visit(course.pair, 25, gap=2)
    pen.write("statement_made", (), minutes=25, points=["p1"])
    result = "adopted" if course.answer == "adopted" else "rejected"
    pen.desk("statement_reexamined", course.pair, gap=1, minutes=30, results={"p1": result})


def hold_hearing(pen: Pen, course: Course) -> None:
    pen.desk("statement_made", (), gap=1, minutes=25, points=["p1"])
    pen.write("hearing_requested", (), minutes=5)
    hearing_on = working_day(pen.day, 10)
    pen.desk("hearing_notified", (PRESIDING,), gap=1, hearing_on=hearing_on)
    pen.desk("statement_reexamined", course.pair, gap=1, minutes=30, results={"p1": "rejected"})
    pen.skip_to(hearing_on)
    pen.visit((PRESIDING, *course.pair), 90)
    pen.write(
        "hearing_held",
        (PRESIDING,),
        minutes=90,
        presided_by=PRESIDING,
        evidence=list(EVIDENCE),
        transcript_signed=True,
        attendance="attended",
    )


def decide(pen: Pen, course: Course, rng: Random) -> None:
    pen.desk(
        "legality_reviewed",
        (REVIEWERS[rng.randrange(2)],),
        gap=rng.choice((1, 2)),
        minutes=40,
        opinion="agree",
    )
    approver = DEPUTIES[rng.randrange(3)]
    if course.deed.heavy:
        approver = DIRECTOR
        members = [*HEADS, OFFICE]
        pen.desk(
            "deliberated",
            (OFFICE,),
            gap=2,
            minutes=60,
            members=members,
            chaired_by=DIRECTOR,
            votes=dict.fromkeys(members, "for"),
        )
    pen.skip_to(decision_day(working_day(pen.day, rng.choice((1, 1, 2)))))
    pen.desk("decision_made", course.pair[:1], minutes=20, **decision(pen.case, course, approver, on=pen.day))


def decision_day(day: date) -> date:
    """A day from which three working days lie within six calendar days: no decision just before a long holiday."""
    while (working_day(day, 3) - day).days > 6:
        day = working_day(day, 1)
    return day


def decision(case: SampleCase, course: Course, approver: str, on: date) -> dict[str, Any]:
    """Keys of `decision_made`; the number is drawn later, when all decisions of the year are in order."""
    found = {
        "outcome": "penalty",
        "penalty": penalty(course),
        "tier": course.deed.tier,
        "approved_by": approver,
        "evidence": list(EVIDENCE),
        "contents": list(DECISION_CONTENTS),
        "sealed": True,
        "remedy_text": "standard",
        "to_publish": True,
    }
    if case.violation.get("corrected_on") and on >= NEW_TEXT_FROM:
        found["first_violation_exemption"] = EXEMPTION_NOT_APPLIED
    return found


def penalty(course: Course, *, noticed: bool = False) -> dict[str, Any]:
    """What is proposed; where the party's statement was adopted the decision is a fifth lighter than the notice."""
    fine = course.fine * 100
    kinds = ["warning", "fine"] if course.deed.warning else ["fine"]
    return {"kinds": kinds, "fine_fen": fine * 6 // 5 if noticed and course.answer == "adopted" else fine}


def perform(pen: Pen, course: Course, rng: Random) -> None:
    decided = pen.day
    pen.visit(course.pair, 20, gap=rng.choice((0, 0, 1, 2)))
    pen.write("instrument_served", course.pair, minutes=20, instrument="penalty_decision", mode="direct")
    posted = working_day(decided, rng.choice((1, 2, 3)))
    pen.case.postings = [
        (channel, posted) for channel in ("portal", "supervision_platform", "credit_platform")
    ]
    pen.skip_to(working_day(pen.day + timedelta(days=rng.randrange(1, 9))))
    fine = penalty(course)["fine_fen"]
    pen.desk(
        "fine_collected",
        (),
        collector="bank",
        amount_fen=fine,
        receipt=f"示例票{pen.day:%y%m%d}{rng.randrange(10**4):04d}",
    )
    if course.deed.correction_first:
        pen.visit(course.pair, 20, gap=2)
        pen.write("correction_rechecked", course.pair, minutes=20, corrected=True)
        pen.case.violation["corrected_on"] = pen.day
    pen.skip_to(posted)
    pen.desk("case_closed", course.pair[:1], gap=rng.choice((1, 2, 3)), reason="performed")
    pen.desk("case_archived", course.pair[:1], gap=rng.choice((1, 2)), minutes=15)
