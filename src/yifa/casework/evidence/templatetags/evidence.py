"""`{% case_evidence page %}`: facts and their evidence on the case page; `|size` of a file in words."""

from __future__ import annotations

from typing import Any

from django import template

from yifa.casework.evidence.forms import size_words
from yifa.casework.evidence.queries import KIND, facts_of, items_of
from yifa.casework.evidence.receiving import CHUNK

register = template.Library()
register.filter("size", size_words)


@register.simple_tag
def chunk_size() -> int:
    """Bytes of one part of an upload; unlocalised."""
    return CHUNK


@register.filter
def name_in(staff_no: str, names: dict[str, str]) -> str:
    """The name of who is meant by a staff number; the number itself of who is no longer there."""
    return names.get(staff_no, staff_no)


@register.filter
def names_in(staff_nos: list[str], names: dict[str, str]) -> str:
    return "、".join(names.get(one, one) for one in staff_nos)


@register.inclusion_tag("evidence/_of_case.html")
def case_evidence(page: Any) -> dict[str, Any]:
    """Each fact with the evidence for it, and the way to add more for who may. Two queries, none where there is none."""
    case = page.case
    acts = [act for act in page.acts if act.kind == KIND]
    items = items_of(case, acts) if acts else []
    mine = any(offer.act.kind == KIND and not offer.not_mine for offer in page.can)
    return {"case": case, "items": items, "facts": facts_of(case, items), "may_add": mine}
