"""Taking in a statute text or a year's days off; confirming a parameter or a moved deadline. Each once, in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.law.calendar.notice import Notice
from yifa.law.packs import Parameter
from yifa.law.sources.text import StatuteText
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.clock import now
from yifa.registry.laws.errors import BadValue, EditionStands
from yifa.registry.laws.models import EditionKind, LawEdition, LawText, MovedDeadline
from yifa.registry.laws.queries import law_of
from yifa.registry.organs.models import Organ


@dataclass(frozen=True)
class Move:
    """A deadline that moved: the case, the rule, which of its clocks, from and to which day (ISO)."""

    case_no: str
    rule: str
    place: int
    old_due: str
    new_due: str


def take_in_text(
    *, organ: Organ, text: StatuteText, source: str, raw: bytes, actor: Actor
) -> tuple[LawText, bool]:
    """Store a statute text; (text, whether it is new). Raises EditionStands where the edition has another text."""
    articles = {str(number): list(paragraphs) for number, paragraphs in text.articles.items()}
    with writing() as unit:
        Organ.objects.select_for_update().get(pk=organ.pk)
        known = LawText.objects.filter(organ=organ, statute=text.statute, edition=text.edition).first()
        if known is not None:
            if known.articles != articles:
                raise EditionStands(
                    f"{known.title}（{known.edition}版）已于{known.recorded_at:%Y-%m-%d}载入，内容与本文件不同；"
                    "已载入的版本不能改，请核对哪一份是官方文本"
                )
            return known, False
        loaded = LawText(
            organ=organ, statute=text.statute, edition=text.edition, title=text.title[:200], articles=articles,
            source=source[:200], sha256=hashlib.sha256(raw).hexdigest(), recorded_at=now(),
        )  # fmt: skip
        unit.log(type="law_text_loaded", actor=actor, agency=organ.code, rows=[loaded])
        loaded.save(force_insert=True)
    return loaded, True


def take_in_holidays(
    *, organ: Organ, notice: Notice, moves: Iterable[Move], actor: Actor
) -> tuple[LawEdition, bool]:
    """Store a year's days off and the deadlines it moves; (edition, whether it is new). The same year again is new
    only where its days or its source differ."""
    with writing() as unit:
        Organ.objects.select_for_update().get(pk=organ.pk)
        latest = _latest(organ, EditionKind.HOLIDAYS, str(notice.year))
        if latest is not None and latest.value == notice.table():
            return latest, False
        edition = _edition(
            organ, EditionKind.HOLIDAYS, str(notice.year), latest, value=notice.table(), source=notice.source,
            valid_from=date(notice.year, 1, 1), valid_to=date(notice.year, 12, 31), decided_by="",
        )  # fmt: skip
        unit.log(type="holidays_loaded", actor=actor, agency=organ.code, rows=[edition])
        edition.save(force_insert=True)
        for move in moves:
            moved = MovedDeadline(organ=organ, notice=f"{edition.name}/{edition.serial}", **vars(move))
            unit.log(type="deadline_moved", actor=actor, agency=organ.code, rows=[moved])
            moved.save(force_insert=True)
    return edition, True


def confirm_move(*, organ: Organ, key: int, staff_no: str, actor: Actor) -> MovedDeadline:
    """A person has seen that a deadline moved. Confirming again changes nothing. Raises MovedDeadline.DoesNotExist."""
    with writing() as unit:
        moved = MovedDeadline.objects.select_for_update().get(organ=organ, pk=key)
        if moved.confirmed_by:
            return moved
        moved.confirmed_by, moved.confirmed_at = staff_no, now()
        moved.version += 1
        unit.log(type="deadline_confirmed", actor=actor, agency=organ.code, rows=[moved])
        moved.save()
    return moved


def decide_parameter(
    *,
    organ: Organ,
    name: str,
    value: Any,
    valid_from: date | None,
    source: str,
    note: str,
    staff_no: str,
    actor: Actor,
) -> LawEdition:
    """Confirm a parameter (the same value) or change it, as a new edition. Raises BadValue, UnknownParameter."""
    with writing() as unit:
        Organ.objects.select_for_update().get(pk=organ.pk)
        current = current_edition(organ, name, valid_from)
        demand_decidable(current, source)
        same = value == current.value
        if same and current.confirmed:
            raise BadValue("value", "这个值已经确认过。需要改变的，请填写新的值")
        edition = _edition(
            organ, EditionKind.PARAMETER, name, _latest(organ, EditionKind.PARAMETER, name),
            value={"value": list(value) if isinstance(value, tuple) else stored(value)}, unit=current.unit,
            valid_from=current.valid_from if same and valid_from is None else valid_from, valid_to=current.valid_to,
            source=source, note=note, decided_by=staff_no,
        )  # fmt: skip
        _save(unit, edition, "parameter_confirmed" if same else "parameter_changed", actor)
    return edition


def current_edition(organ: Organ, name: str, on: date | None) -> Parameter:
    """The edition in force on a day (None: the latest), whether or not a value is set. Raises UnknownParameter."""
    editions = law_of(organ.code, organ.territory).editions
    if name not in editions:
        from yifa.law.packs import UnknownParameter

        raise UnknownParameter(name)
    if on is None:
        return editions[name][-1]
    return next((one for one in editions[name] if one.in_force(on)), editions[name][-1])


def demand_decidable(current: Parameter, source: str) -> None:
    """A value fixed by an article is not the organ's to change; a source must be named. Raises BadValue."""
    if current.statutory and current.confirmed:
        raise BadValue("value", f"这个值由{current.source}规定，机关不能改变")
    if not source.strip():
        raise BadValue("source", "请写明依据：文件的名称和文号，或者谁在哪次会议上确定")


def stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _latest(organ: Organ, kind: str, name: str) -> LawEdition | None:
    return LawEdition.objects.filter(organ=organ, kind=kind, name=name).order_by("-serial").first()


def _edition(organ: Organ, kind: str, name: str, latest: LawEdition | None, **columns: Any) -> LawEdition:
    serial = latest.serial + 1 if latest else 1
    return LawEdition(organ=organ, kind=kind, name=name, serial=serial, recorded_at=now(), **columns)


def _save(unit: Unit, edition: LawEdition, type: str, actor: Actor) -> None:
    unit.log(type=type, actor=actor, agency=edition.organ_id, rows=[edition])
    edition.save(force_insert=True)
