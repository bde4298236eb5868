"""`{{ evidence|seq_of:id }}`: the act that entered a piece of evidence, for a link to it."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def seq_of(evidence: Mapping[str, tuple[int, str]], one: str) -> int:
    """0 where the case does not know it (any more)."""
    return evidence.get(one, (0, ""))[0]
