"""PUB-02 and REV-02 on their boundaries; what has no register is named and never passed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yifa.law.findings import NotEvaluated
from yifa.law.organ.registers import Inspection, OrganFinding, judge
from yifa.law.packs import pack
from yifa.law.record import moment
from yifa.law.record.model import Certificate, Person

PACK = pack("120199")
LAST_DAY = "2024-05-31"
"""Twenty working days after 2024-05-06; Saturday 2024-05-11 was worked."""


def found(
    at: str, inspections: Sequence[Inspection] = (), people: Sequence[Person] = ()
) -> list[tuple[str, str]]:
    answers = judge(PACK, moment(at), inspections=inspections, people=people)
    return [(one.rule, one.subject) for one in answers if isinstance(one, OrganFinding)]


def officer(name: str, *, valid_to: str = "2030-12-31", revoked_on: str | None = None) -> Person:
    revoked = date.fromisoformat(revoked_on) if revoked_on else None
    held = Certificate(name, date(2020, 1, 1), date.fromisoformat(valid_to), revoked)
    return Person(name, name, ("handler",), held)


def inspection(published_on: str | None) -> Inspection:
    return Inspection("J1", date(2024, 5, 6), date.fromisoformat(published_on) if published_on else None)


def test_an_inspection_not_made_public_in_time_is_found() -> None:
    assert found("2024-06-01", [inspection(None)]) == [("PUB-02", "inspection:J1")]
    assert found("2024-08-01", [inspection("2024-06-03")]) == [("PUB-02", "inspection:J1")]


def test_an_inspection_public_on_the_last_day_or_still_in_time_is_not() -> None:
    assert found("2024-08-01", [inspection(LAST_DAY)]) == []
    assert found(LAST_DAY, [inspection(None)]) == []


def test_a_publication_later_than_the_moment_of_the_check_is_not_seen() -> None:
    assert found("2024-06-10", [inspection("2024-06-20")]) == [("PUB-02", "inspection:J1")]
    assert found("2024-05-01", [inspection(None)]) == []


def test_too_few_reviewers_are_found_and_five_per_cent_rounds_up() -> None:
    reviewer = Person("r", "审核", ("reviewer",))
    twenty = [officer(f"o{number}") for number in range(20)]
    assert found("2024-06-01", people=twenty) == [("REV-02", "people")]
    assert found("2024-06-01", people=[*twenty, reviewer]) == []
    assert found("2024-06-01", people=[*twenty, officer("o21"), reviewer]) == [("REV-02", "people")]


def test_who_holds_no_valid_certificate_does_not_count_as_an_officer() -> None:
    gone = [officer("a", valid_to="2023-12-31"), officer("b", revoked_on="2024-01-01")]
    assert found("2024-06-01", people=gone) == []


def test_rules_without_a_register_say_why_they_were_not_judged() -> None:
    gaps = [
        one
        for one in judge(PACK, moment("2024-06-01"), inspections=(), people=())
        if isinstance(one, NotEvaluated)
    ]
    assert [(one.rule, one.reason) for one in gaps] == [
        ("PUB-05", "needs_database"),
        ("REC-08", "needs_database"),
    ]
    assert all(one.detail for one in gaps)
