"""Summary penalties of the sample year (简易程序): under the ceilings of the day, on a numbered form, filed in time."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from yifa.intake.sample.cases.catalogue import ON_THE_SPOT
from yifa.intake.sample.cases.history import SampleCase
from yifa.intake.sample.cases.parties import Parties, town_name
from yifa.intake.sample.cases.timeline import (
    EXEMPTION_NOT_APPLIED,
    NEW_TEXT_FROM,
    NOTICE_CONTENTS,
    add_evidence,
)
from yifa.intake.sample.cases.visits import Pen
from yifa.intake.sample.cases.year import number_decisions
from yifa.intake.sample.days import PATROL_HOURS, Diary, working_day
from yifa.intake.sample.people import DEPUTIES, PAIRS

COUNT = 30
CONTENTS = ["party", "facts", "basis", "performance", "remedies", "organ_and_date", "payee"]


def summary_cases(*, diary: Diary, parties: Parties, rng: Random) -> list[SampleCase]:
    """Thirty on-the-spot cases, numbered in order. None is posted: the year's figures speak of ordinary cases."""
    cases = [summary_case(index, diary=diary, parties=parties, rng=rng) for index in range(COUNT)]
    number_decisions(cases, "summary_decision_made", "当罚")
    cases.sort(key=lambda case: case.moment("summary_decision_made"))
    for case in cases:
        case.number = _decision_number(case)
    return cases


def _decision_number(case: SampleCase) -> str:
    act = case.act("summary_decision_made")
    if act is None:
        raise LookupError("a summary case without a decision")
    return str(act.data["number"])


def summary_case(index: int, *, diary: Diary, parties: Parties, rng: Random) -> SampleCase:
    day = working_day(date(2021, 1, 11) + timedelta(days=index * 11 + rng.randrange(0, 5)))
    matter, party_kind, before, after, fact = ON_THE_SPOT[_chosen(index, day)]
    town = (index * 5 + 1) % 24
    case = SampleCase(
        procedure="summary",
        matter=matter,
        campaign=None,
        town=town_name(town),
        party=parties.make(
            party_kind, town=town, trade="便利店" if party_kind == "sole_trader" else "保洁服务有限公司"
        ),
        violation=violation(fact, day, town, party_kind != "citizen", rng),
    )
    fine = (after if day >= NEW_TEXT_FROM else before) * 100
    kinds = (["warning"] if matter == "M030" else []) + (["fine"] if fine else [])
    write_summary(
        Pen(case, diary, day, offset=10 * rng.randrange(1, 50)), {"kinds": kinds, "fine_fen": fine}, index
    )
    return case


def _chosen(index: int, day: date) -> int:
    """The last kind needs the ceiling of 200 yuan, so it waits for the text of 2021."""
    return index % (6 if day >= NEW_TEXT_FROM else 5)


def violation(fact: str, day: date, town: int, business: bool, rng: Random) -> dict[str, Any]:
    return {
        "place": f"示例区{town_name(town)}示例街{rng.randrange(1, 90)}号",
        "began_on": day,
        "ended_on": day,
        "discovered_on": day,
        "harm": "slight",
        "corrected_on": day,
        "first_offence": True,
        "complex": False,
        "business": business,
        "facts": [fact],
    }


def write_summary(pen: Pen, penalty: dict[str, Any], index: int) -> None:
    pair = PAIRS[(index * 3 + 1) % len(PAIRS)]
    facts = tuple(pen.case.violation["facts"])
    pen.visit(pair, 60, hours=PATROL_HOURS)
    pen.write("scene_recorded", pair, minutes=10, certificate_shown=True, signed="yes")
    add_evidence(pen, pair, "e1", "scene_transcript", facts)
    pen.write("correction_ordered", pair, minutes=5, due_on=pen.day)
    pen.write("correction_rechecked", pair, minutes=5, corrected=True)
    pen.write(
        "prior_notice_served",
        pair,
        minutes=5,
        penalty=penalty,
        contents=list(NOTICE_CONTENTS),
        hearing_right_told=False,
        mode="direct",
    )
    pen.write("statement_waived", (), minutes=5)
    pen.write("summary_decision_made", pair, minutes=10, **decision(pen, penalty))
    settle(pen, pair, penalty, index)


def decision(pen: Pen, penalty: dict[str, Any]) -> dict[str, Any]:
    found = {
        "outcome": "penalty",
        "penalty": penalty,
        "tier": "minor",
        "approved_by": DEPUTIES[0],
        "evidence": ["e1"],
        "contents": list(CONTENTS),
        "sealed": True,
        "remedy_text": "standard",
        "to_publish": False,
        "numbered_form": True,
        "handed_over": True,
        "signed": "yes",
    }
    if pen.day >= NEW_TEXT_FROM:
        found["first_violation_exemption"] = EXEMPTION_NOT_APPLIED
    return found


def settle(pen: Pen, pair: tuple[str, str], penalty: dict[str, Any], index: int) -> None:
    pen.visit(pair[:1], 10)
    pen.write("summary_decision_filed", pair[:1], minutes=5)
    if penalty["fine_fen"]:
        pen.desk(
            "fine_collected",
            (),
            gap=1 + index % 4,
            collector="electronic",
            amount_fen=penalty["fine_fen"],
            receipt=f"示例票简{index:04d}",
        )
    pen.desk("case_closed", pair[:1], gap=1, reason="performed")
    pen.desk("case_archived", pair[:1], gap=1)
