"""Which decision each payment is for, and what comes of it: paid, part of it, too much, or nobody's yet."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import records_of
from yifa.casework.execution.bank_file import SERIAL, BankFile, Fault, Row
from yifa.casework.execution.models import BankPayment
from yifa.casework.instruments.models import InstrumentNumber
from yifa.law.execution import Standing, standing
from yifa.law.facts import yuan
from yifa.ledger import clock

DECISIONS = ("decision_made", "summary_decision_made")
PAID, PART, OVER, HELD, KNOWN = "paid", "part_paid", "over_paid", "held", "known"
WORDS = {PAID: "缴清", PART: "部分缴纳", OVER: "多缴", HELD: "待核对", KNOWN: "以前已导入"}
SYMBOLS = {PAID: "✓", PART: "△", OVER: "⚠", HELD: "○", KNOWN: "·"}


@dataclass(frozen=True)
class Match:
    """One row and what taking it in would do. `case_no` is empty where it is nobody's."""

    row: Row
    outcome: str
    why: str
    case_no: str = ""
    party: str = ""
    left_fen: int = 0

    @property
    def word(self) -> str:
        return WORDS[self.outcome]

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.outcome]


@dataclass(frozen=True)
class Claim:
    """What a case owes as rows are counted against it."""

    case: Case
    now: Standing
    archived: bool


@dataclass(frozen=True)
class Checked:
    """A file against the registers: what each row would do, or why nothing is taken in."""

    matches: list[Match]
    faults: list[Fault]

    @property
    def new(self) -> list[Match]:
        return [one for one in self.matches if one.outcome != KNOWN]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome, those that occur."""
        return {
            outcome: count
            for outcome in WORDS
            if (count := sum(one.outcome == outcome for one in self.matches))
        }

    @property
    def digest(self) -> str:
        """Stands for what was shown: another digest at the confirmation means that something changed."""
        told = [(one.row.serial, one.outcome, one.case_no, one.left_fen) for one in self.matches]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def check(organ_code: str, file: BankFile) -> Checked:
    """What taking the file in would do now. Nothing is written."""
    if file.faults:
        return Checked([], file.faults)
    known = {
        one.serial: one
        for one in BankPayment.objects.filter(
            organ_id=organ_code, serial__in=[row.serial for row in file.rows]
        )
    }
    faults = [fault for row in file.rows if (fault := contradiction(row, known.get(row.serial)))]
    if faults:
        return Checked([], faults)
    fresh = [row for row in file.rows if row.serial not in known]
    claims = claims_for(organ_code, {row.number for row in fresh})
    paid: dict[str, int] = defaultdict(int)
    matches = {row.serial: match(row, claims.get(row.number, []), paid) for row in by_day(fresh)}
    return Checked([matches.get(row.serial) or repeated(row, known[row.serial]) for row in file.rows], [])


def by_day(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.paid_on, row.line))


def repeated(row: Row, known: BankPayment) -> Match:
    return Match(row, KNOWN, gettext("这个流水号已经导入过，不再记录"), known.case_id or "")


def contradiction(row: Row, known: BankPayment | None) -> Fault | None:
    """The serial is known with other contents."""
    if known is None or (known.number, known.amount_fen, known.paid_on) == (
        row.number,
        row.amount_fen,
        row.paid_on,
    ):
        return None
    said = gettext("流水号 %(serial)s 已经导入过，当时是 %(number)s、%(amount)s、%(day)s，与这一行不同") % {
        "serial": row.serial, "number": known.number, "amount": yuan(known.amount_fen), "day": known.paid_on.isoformat(),
    }  # fmt: skip
    return Fault(row.line, SERIAL, said, gettext("请向银行核对；确有更正的，去掉这一行，另行核对。"))


def claims_for(organ_code: str, numbers: set[str]) -> dict[str, list[Claim]]:
    """Decision number → what is owed under it. Several cases for one number are all given."""
    cases: dict[str, set[str]] = defaultdict(set)
    decided = Act.objects.filter(organ_id=organ_code, kind__in=DECISIONS, data__number__in=sorted(numbers))
    for number, no in decided.values_list("data__number", "case_id"):
        cases[number].add(no)
    drawn = InstrumentNumber.objects.filter(
        organ_id=organ_code, number__in=numbers, void=False,
        instrument__form__in=("penalty_decision", "summary_decision"),
    )  # fmt: skip
    for number, no in drawn.values_list("number", "instrument__case_id"):
        cases[number].add(no)
    wanted = {no for found in cases.values() for no in found}
    claims = {
        case.no: Claim(case, now, case.stage == "archived")
        for case, _, record in records_of(Case.objects.filter(organ_id=organ_code, no__in=wanted))
        if (now := standing(record, clock.now())) is not None
    }
    return {number: [claims[no] for no in sorted(found) if no in claims] for number, found in cases.items()}


def match(row: Row, claims: list[Claim], paid: dict[str, int]) -> Match:
    """One row; `paid` counts what earlier rows of the file pay of each case."""
    if not claims:
        return Match(row, HELD, gettext("本机关没有这个文号的罚款决定"))
    if len(claims) > 1:
        return Match(row, HELD, gettext("这个文号有 %(count)s 件案件") % {"count": len(claims)})
    claim = claims[0]
    case, now = claim.case, claim.now
    if stop := not_recordable(row.paid_on, claim):
        return Match(row, HELD, stop, case.no, case.party_name)
    before = now.paid_fen + paid[case.no]
    paid[case.no] += row.amount_fen
    left = now.principal_fen + now.charged_fen - before - row.amount_fen
    outcome = PART if left > 0 else OVER if left < 0 else PAID
    return Match(row, outcome, told(now, left, row.paid_on), case.no, case.party_name, left)


def not_recordable(paid_on: date, claim: Claim) -> str:
    """Why a payment cannot be entered in its case now; empty where it can."""
    if claim.archived:
        return gettext("案件已经归档，请先恢复办理")
    if claim.now.state == "annulled":
        return gettext("决定已被撤销或者确认无效，款项应当退还")
    if paid_on < claim.now.decision.day:
        return gettext("缴款日期早于决定日期 %(day)s") % {"day": claim.now.decision.day.isoformat()}
    return ""


def told(now: Standing, left: int, paid_on: date) -> str:
    """What remains, what is too much, and what the additional fine has to do with it."""
    late = gettext("；缴款晚于期限，加处罚款见本案“执行”") if now.due_on and paid_on > now.due_on else ""
    if left > 0:
        return gettext("还欠 %(yuan)s") % {"yuan": yuan(left)} + late
    if left < 0:
        return gettext("多 %(yuan)s，核对后退还当事人") % {"yuan": yuan(-left)} + late
    return gettext("应缴款项缴清") + late
