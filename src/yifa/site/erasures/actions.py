"""Ask, agree, send back: each one transaction with its entry; what the law keeps is refused twice, when asked and when agreed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext

from yifa.law.personal import GROUNDS, kept_because
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, actor_of, writing
from yifa.ledger.digest import erased_columns
from yifa.ledger.erasure import ErasureRefused, erase
from yifa.site.accounts.models import User
from yifa.site.erasures.errors import AlreadyDecided, NotPermitted, RequestRefused
from yifa.site.erasures.models import ERASED, OPEN, SENT_BACK, ErasureRequest
from yifa.site.erasures.permissions import AGREES, ASKS, NOT_AGREEING, NOT_ASKING, may_agree, may_ask
from yifa.site.erasures.subjects import SUBJECTS, Subject

ASKED_ALREADY = "这一项已经申请删除，还没有办完，没有再次申请。"


def ask(*, by: User, subject: str, number: str, ground: str, words: str) -> ErasureRequest:
    """Raises NotPermitted, RequestRefused: no such row, already erased or asked for, or kept by law."""
    if not may_ask(by):
        raise NotPermitted(NOT_ASKING)
    chosen = SUBJECTS.get(subject)
    if chosen is None or ground not in GROUNDS:
        raise RequestRefused("请从列表中选择要删除的内容和理由。", "subject" if chosen is None else "ground")
    require_erasable(chosen, by.organ_id, number)
    with writing() as unit:
        # the organ's row is held, so that two requests do not take one number
        type(by.organ).objects.select_for_update().get(pk=by.organ_id)
        if ErasureRequest.objects.filter(
            organ=by.organ, table=chosen.table, row=number, column=chosen.column, state=OPEN
        ).exists():
            raise RequestRefused(ASKED_ALREADY, "number")
        last = ErasureRequest.objects.filter(organ=by.organ).aggregate(last=models.Max("serial"))["last"]
        made = ErasureRequest(
            organ=by.organ, serial=(last or 0) + 1, table=chosen.table, row=number, column=chosen.column, ground=ground,
            words=words, asked_by=by.pk, asked_at=clock.now(),
        )  # fmt: skip
        _log(unit, made, "erasure_asked", by, ASKS)
        made.save(force_insert=True)
    return made


def agree(*, by: User, request: ErasureRequest) -> ErasureRequest:
    """The value is destroyed now. Raises NotPermitted, AlreadyDecided, RequestRefused."""
    if not may_agree(by, request.asked_by) or _same_person(by, request.asked_by):
        raise NotPermitted(NOT_AGREEING)
    with writing() as unit:
        held = _open(request)
        chosen = SUBJECTS[f"{held.table}.{held.column}"]
        row = require_erasable(chosen, held.organ_id, held.row)
        _erase(row, held, by)
        _decide(unit, held, ERASED, by, "")
    return held


def send_back(*, by: User, request: ErasureRequest, words: str) -> ErasureRequest:
    """Raises NotPermitted, AlreadyDecided."""
    if not may_agree(by, request.asked_by):
        raise NotPermitted(NOT_AGREEING)
    with writing() as unit:
        held = _open(request)
        _decide(unit, held, SENT_BACK, by, words)
    return held


def require_erasable(chosen: Subject, organ: str, number: str) -> models.Model:
    """The row meant. Raises RequestRefused, with the law's reason where it keeps the value."""
    row = chosen.find(organ, number).first()
    if row is None:
        raise RequestRefused(
            gettext("本机关没有编号为“%(number)s”的这一类记录。请核对编号。") % {"number": number}, "number"
        )
    why = kept_because(chosen.table, chosen.column, chosen.facts(row))
    if why:
        raise RequestRefused(why)
    if chosen.column in erased_columns(row):
        raise RequestRefused("这一项已经删除过了，不需要再申请。", "number")
    return row


def _erase(row: models.Model, held: ErasureRequest, by: User) -> None:
    two = (f"user:{held.asked_by}", f"user:{by.pk}")
    actor = Actor(two[1], role=AGREES, organ=by.organ_id or "")
    try:
        erase(row=row, column=held.column, legal_basis=held.ground, approvers=two, actor=actor)
    except ErasureRefused as refused:
        raise RequestRefused(str(refused)) from refused


def _same_person(by: User, asked_by: int) -> bool:
    other = User.objects.filter(pk=asked_by).values_list("person_id", flat=True).first()
    return other is not None and other == by.person_id


def _open(request: ErasureRequest) -> ErasureRequest:
    held = ErasureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.state != OPEN:
        raise AlreadyDecided("这项申请已经办完了。页面上是现在的状态。")
    return held


def _decide(unit: Unit, held: ErasureRequest, state: str, by: User, words: str) -> None:
    held.state, held.decided_by, held.decided_at, held.answer = state, by.pk, clock.now(), words
    held.version += 1
    _log(unit, held, f"erasure_{'agreed' if state == ERASED else 'sent_back'}", by, AGREES)
    held.save()


def _log(unit: Unit, row: ErasureRequest, type: str, by: User, role: str) -> None:
    actor = actor_of(by, role=role, organ=by.organ_id or "")
    unit.log(type=type, actor=actor, agency=row.organ_id, rows=[row], legal_basis=row.ground)
