"""Enter a thing held under a measure, and its return."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from yifa.casework.cases.models import Case
from yifa.casework.measures.errors import AlreadyReturned, UnknownMeasure
from yifa.casework.measures.models import HeldItem
from yifa.casework.measures.queries import held_in
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.ledger.repeated import require_not_repeated


def list_item(
    *, case: Case, family: str, measure: str, name: str, specification: str, quantity: str, condition: str, place: str,
    by: str, actor: Actor, again: str = "",
) -> HeldItem:  # fmt: skip
    """One more thing on the list of a measure that stands. Raises UnknownMeasure, Repeated."""
    with writing() as unit:
        # the row of the case is locked, so that serials do not collide
        Case.objects.select_for_update().filter(pk=case.pk).values_list("pk").get()
        standing = {(one.hold.family, one.hold.id) for one in held_in(case, clock.now()) if one.hold.standing}
        if (family, measure) not in standing:
            raise UnknownMeasure(gettext("这项措施没有，或者已经解除，不能再登记物品。请刷新页面核对。"))
        serial = HeldItem.objects.filter(case=case).count() + 1
        made = HeldItem(
            no=f"{case.no}-K{serial:02d}", organ_id=case.organ_id, case=case, serial=serial, family=family, measure=measure,
            name=name, specification=specification, quantity=quantity, condition=condition, place=place, listed_by=by,
            listed_at=clock.now(),
        )  # fmt: skip
        newest = HeldItem.objects.filter(case=case).order_by("serial").last()
        require_not_repeated(made, newest, written="listed_at", again=again)
        unit.log(type="item_listed", actor=actor, agency=case.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def return_item(
    *, case: Case, no: str, returned_on: date, returned_to: str, by: str, actor: Actor
) -> HeldItem:
    """The thing went back. Raises AlreadyReturned, UnknownMeasure."""
    with writing() as unit:
        found = HeldItem.objects.select_for_update().filter(case=case, no=no).first()
        if found is None:
            raise UnknownMeasure(gettext("本案没有这件物品。"))
        if found.returned_on:
            raise AlreadyReturned(gettext("这件物品已经退还，没有再次记录。"))
        found.returned_on, found.returned_to, found.returned_by = returned_on, returned_to, by
        found.version += 1
        unit.log(type="item_returned", actor=actor, agency=case.organ_id, rows=[found])
        found.save()
    return found
