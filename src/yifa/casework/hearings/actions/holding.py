"""At the hearing: lines of the transcript, signatures, its end (the act of the case), the host's report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Act
from yifa.casework.cases.queries import acts_of
from yifa.casework.hearings.actions.arranging import locked, store
from yifa.casework.hearings.actions.statements import record_statement
from yifa.casework.hearings.errors import WrongState
from yifa.casework.hearings.models import HELD, NOTIFIED, Hearing, TranscriptLine, TranscriptSignature
from yifa.casework.hearings.permissions import Person, check_presides, check_records
from yifa.casework.hearings.points import next_number
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.ledger.repeated import require_not_repeated

PARTY_SIDES = ("party", "agent")
TOO_EARLY = "听证还没有到时间，不能记录笔录。需要提前的，请取消后重新安排并通知。"
NO_PARTY = "当事人（代理人）还没有签名，也没有注明拒签。请先请其核对笔录。"
SIGNED_ALREADY = "笔录已经有人签名，不能再增加内容。有更正的，写在签名的说明里。"


def say(
    *, no: str, side: str, speaker: str, words: str, evidence: Sequence[str], point: bool, corrects: int | None,
    person: Person, actor: Actor, again: str = "",
) -> TranscriptLine:  # fmt: skip
    """One more line; one written wrongly is put right by another. Raises WrongState, NotPermitted, Repeated."""
    with writing() as unit:
        _, found = locked(no, NOTIFIED)
        check_records(person, found)
        require_begun(found)
        if found.signatures.exists():
            raise WrongState(SIGNED_ALREADY)
        count = found.lines.count()
        if corrects is not None and not 1 <= corrects <= count:
            raise WrongState("没有要更正的这一行，请重新选择。")
        line = TranscriptLine(
            organ_id=found.organ_id, hearing=found, serial=count + 1, side=side, speaker=speaker, words=words,
            evidence=list(evidence), point=point and side in PARTY_SIDES, corrects=corrects, by=person["id"], at=clock.now(),
        )  # fmt: skip
        require_not_repeated(line, found.lines.last(), written="at", again=again)
        unit.log(type="hearing_line_recorded", actor=actor, agency=found.organ_id, rows=[line])
        line.save(force_insert=True)
    return line


def sign(
    *, no: str, side: str, name: str, outcome: str, words: str, person: Person, actor: Actor, again: str = ""
) -> TranscriptSignature:
    """Who checked the transcript and signed, or refused. Raises WrongState, NotPermitted, Repeated."""
    with writing() as unit:
        _, found = locked(no, NOTIFIED)
        check_records(person, found)
        require_begun(found)
        made = TranscriptSignature(
            organ_id=found.organ_id, hearing=found, serial=found.signatures.count() + 1, side=side, name=name,
            outcome=outcome, words=words, by=person["id"], at=clock.now(),
        )  # fmt: skip
        require_not_repeated(made, found.signatures.last(), written="at", again=again)
        unit.log(type="hearing_signed", actor=actor, agency=found.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def require_begun(found: Hearing) -> None:
    """Raises WrongState before the moment it was notified for."""
    if clock.now() < found.starts_at:
        raise WrongState(TOO_EARLY)


def close(*, no: str, attendance: str, person: Person, actor: Actor, expected: int) -> Act:
    """The host ends it: one act `hearing_held`; the party's points, where it raised any, one act `statement_made`.

    Raises WrongState, NotPermitted, StaleEdition, InvalidAct, StepRefused.
    """
    with writing() as unit:
        case, found = locked(no, NOTIFIED)
        acts = list(case.acts.all())
        check_presides(person, found, acts)
        require_begun(found)
        lines = live_lines(found)
        signed = any(one.side in PARTY_SIDES for one in found.signatures.all())
        if attendance == "attended" and not signed:
            raise WrongState(NO_PARTY)
        at = clock.now()
        event = {
            "at": at.isoformat(timespec="seconds"), "kind": "hearing_held", "by": [person["id"]],
            "presided_by": person["id"], "evidence": list(dict.fromkeys(e for one in lines for e in one.evidence)),
            "transcript_signed": signed, "attendance": attendance,
        }  # fmt: skip
        act = record_act(case_no=case.no, event=event, actor=actor, expected=expected)
        points = [one.words for one in lines if one.point]
        if points:
            raised(case.no, next_number(acts_of(case)), points, at, actor, expected + 1, found)
        found.state, found.held_seq, found.attendance = HELD, act.seq, attendance
        store(unit, "hearing_held", found, actor)
    return act


def raised(
    case_no: str, first: int, words: list[str], at: datetime, actor: Actor, expected: int, found: Hearing
) -> Act:
    note = f"听证中提出（听证 {found.no}）"
    return record_statement(
        case_no=case_no, first=first, words=words, at=at, by=[], actor=actor, expected=expected, note=note
    )


def live_lines(found: Hearing) -> list[TranscriptLine]:
    """The lines as they stand: those put right by a later one are left out."""
    lines = list(found.lines.all())
    wrong = {one.corrects for one in lines if one.corrects}
    return [one for one in lines if one.serial not in wrong]


def report(*, no: str, words: str, person: Person, actor: Actor) -> Hearing:
    """The host's report with his opinion. Raises WrongState, NotPermitted."""
    with writing() as unit:
        case, found = locked(no, HELD)
        check_presides(person, found, list(case.acts.all()))
        if found.report:
            raise WrongState("听证报告已经提交，不能更改。")
        found.report, found.reported_by, found.reported_at = words, person["id"], clock.now()
        store(unit, "hearing_reported", found, actor)
    return found
