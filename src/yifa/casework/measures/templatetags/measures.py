"""`{% own_field … as one %}`: a field of one of several equal forms on a page; only the one that was sent is filled."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.simple_tag
def own_field(
    name: str, wrong: Mapping[str, str], typed: Mapping[str, str], mine: str, key: str, count: int
) -> dict[str, str]:
    """Id, value and error of the field in the form number `count`, which stands for `key`."""
    if mine == key:
        return {"id": f"f-{name}", "value": typed.get(name, ""), "error": wrong.get(name, "")}
    return {"id": f"f-{name}-{count}", "value": "", "error": ""}
