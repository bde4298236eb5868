"""Judge the points, give the opinion, send back: on a proposal, in one transaction with what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.casework.instruments import actions as instruments
from yifa.casework.instruments.models import Instrument
from yifa.casework.proposals import actions as proposals
from yifa.casework.proposals.actions.locking import Person, locked
from yifa.casework.proposals.actions.submitting import may_handle
from yifa.casework.proposals.errors import NotPermitted
from yifa.casework.proposals.models import OPEN as SUBMITTED
from yifa.casework.proposals.models import Proposal
from yifa.casework.review import ties
from yifa.casework.review.errors import NotYet
from yifa.casework.review.models import OPEN, OPINED, RETURNED, ReviewPoint, ReviewRound
from yifa.law.labels import label
from yifa.law.review import FAIL, POINTS, TITLES, VERDICTS, fault
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing

NUMERALS = "一二三四五六七"
NOTHING_WRONG = "各项都没有“不通过”，没有要补正的。请把有问题的事项改为不通过并写明，或者出具意见。"


@dataclass(frozen=True)
class Judged:
    """What the reviewer says of one point."""

    verdict: str
    words: str = ""
    ties: list[dict[str, Any]] = field(default_factory=list)


def save(*, no: str, points: Mapping[str, Judged], person: Person, actor: Actor) -> ReviewRound:
    """Keep the points as they stand; nobody else sees them as an opinion yet. Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        case, proposal = locked(no, SUBMITTED)
        refused = may_handle(proposal, person, list(case.acts.all()))
        if refused or proposal.kind != "legality_reviewed":
            raise NotPermitted(refused or "这一件不是法制审核。")
        found = round_of(unit, proposal, person, actor)
        kept = {one.key: one for one in found.points.all()}
        for key, said in points.items():
            judge(unit, found, kept.get(key), key, said, actor)
    return found


def round_of(unit: Unit, proposal: Proposal, person: Person, actor: Actor) -> ReviewRound:
    """The open round of this reviewer, or a new one; another's open round is his to end."""
    found = ReviewRound.objects.filter(proposal=proposal, state=OPEN).first()
    if found:
        if found.reviewer != person["id"]:
            raise NotPermitted("另一名审核人员正在审核这一件，由其本人登录继续。")
        return found
    serial = ReviewRound.objects.filter(proposal=proposal).count() + 1
    made = ReviewRound(
        no=f"{proposal.no}-R{serial}", organ_id=proposal.organ_id, case_id=proposal.case_id, proposal=proposal,
        serial=serial, reviewer=person["id"], began_at=clock.now(),
    )  # fmt: skip
    unit.log(type="review_begun", actor=actor, agency=made.organ_id, rows=[made])
    made.save(force_insert=True)
    return made


def judge(
    unit: Unit, found: ReviewRound, kept: ReviewPoint | None, key: str, said: Judged, actor: Actor
) -> None:
    """One point as it stands now; written only where it changed."""
    new = kept is None
    row = kept or ReviewPoint(organ_id=found.organ_id, round=found, key=key)
    if not new and (row.verdict, row.words, row.ties) == (said.verdict, said.words, said.ties):
        return
    row.verdict, row.words, row.ties, row.at = said.verdict, said.words, said.ties, clock.now()
    if not new:
        row.version += 1
    unit.log(type="review_point_judged", actor=actor, agency=found.organ_id, rows=[row])
    row.save(force_insert=new)


def opine(
    *,
    no: str,
    opinion: str,
    words: str,
    points: Mapping[str, Judged],
    person: Person,
    actor: Actor,
    expected: int,
) -> Act:
    """The opinion: the proposal is confirmed, the act recorded, the round closed.

    Raises NotYet, AlreadyHandled, CaseMoved, NotPermitted, InvalidAct, StepRefused.
    """
    with writing() as unit:
        found = save(no=no, points=points, person=person, actor=actor)
        judged = list(found.points.all())
        wrong = fault({one.key: one.verdict for one in judged}, opinion)
        if wrong:
            raise NotYet(wrong)
        said = {"opinion": opinion, "note": "\n".join(filter(None, (told(found, judged), words)))}
        act = proposals.confirm(no=no, person=person, actor=actor, said=said, expected=expected)
        found.opinion, found.act_seq = opinion, act.seq
        end(unit, found, OPINED, words, actor)
    return act


def send_back(
    *, no: str, words: str, points: Mapping[str, Judged], person: Person, actor: Actor
) -> ReviewRound:
    """Back to who submitted it, with the numbered points to be cured. Raises NotYet, AlreadyHandled, NotPermitted."""
    with writing() as unit:
        found = save(no=no, points=points, person=person, actor=actor)
        failed = [one for one in found.points.all() if one.verdict == FAIL]
        if not failed:
            raise NotYet(NOTHING_WRONG)
        reason = "\n".join(filter(None, (told(found, failed), words)))
        proposals.return_proposal(no=no, person=person, actor=actor, reason=reason)
        end(unit, found, RETURNED, words, actor)
    return found


def end(unit: Unit, found: ReviewRound, state: str, words: str, actor: Actor) -> None:
    found.version += 1
    found.state, found.words, found.ended_at = state, words, clock.now()
    unit.log(type=f"review_{state}", actor=actor, agency=found.organ_id, rows=[found])
    found.save()


def told(found: ReviewRound, points: list[ReviewPoint]) -> str:
    """The points as lines: 二、程序合法：不通过。告知书没有载明听证权利（见：…）"""
    known = ties.places(found.case_id, list(found.case.acts.all()))
    order = [one.key for one in POINTS]
    lines = []
    for one in sorted(points, key=lambda point: order.index(point.key)):
        at = "；".join(ties.words(tie, known) for tie in one.ties)
        said = f"{NUMERALS[order.index(one.key)]}、{TITLES[one.key]}：{VERDICTS[one.verdict]}。"
        lines.append(said + " ".join(one.words.split()) + (f"（见：{at}）" if at else ""))
    return "\n".join(lines)


def prepare(*, found: ReviewRound, by: str, actor: Actor) -> Instrument:
    """The written opinion (法制审核意见书) as a draft. Raises NotYet before there is an opinion."""
    if found.state != OPINED:
        raise NotYet("出具意见之后才能制作法制审核意见书。")
    return instruments.begin(case=found.case, form="legal_review_opinion", by=by, actor=actor)


def of_review(case: Case) -> dict[str, Any]:
    """What the written opinion holds: the seven points of the last round that ended with an opinion."""
    found = ReviewRound.objects.filter(case=case, state=OPINED).order_by("ended_at").last()
    if found is None:
        return {}
    rows = [[one.title, one.verdict_words, " ".join(one.words.split())] for one in found.points.all()]
    return {"审核事项": rows, "审核意见": label("opinion", found.opinion)}
