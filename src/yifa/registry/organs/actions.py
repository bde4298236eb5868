"""Founding an organ in this installation."""

from __future__ import annotations

from yifa.law.packs import pack
from yifa.ledger.actions import Actor, writing
from yifa.registry.organs.models import Organ


def found_organ(*, territory: str, actor: Actor) -> Organ:
    """Register the organ that the pack of `territory` describes. Raises LookupError where the pack names none."""
    law = pack(territory)
    if not law.organ:
        raise LookupError(f"{territory} 没有可用的机关设置")
    organ = Organ(
        code=law.organ["code"],
        name=law.organ["name"],
        document_prefix=law.organ["document_prefix"],
        territory=territory,
        demo=law.demo,
    )
    with writing() as unit:
        unit.log(type="organ_founded", actor=actor, agency=organ.code, rows=[organ])
        organ.save(force_insert=True)
    return organ
