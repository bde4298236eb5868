"""`{% figure "key" %}`: a number inside a sentence, linked to the list it counts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yifa.reports.figures.measuring import Measured

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(context: dict[str, Any], key: str) -> SafeString:
    """The figure of the report in the context. Raises KeyError for an unknown key: a typed report would be wrong."""
    return number(context, context["report"].figures[key])


@register.simple_tag(takes_context=True)
def number(context: dict[str, Any], measured: Measured) -> SafeString:
    """A measured figure: a link to its list on the desk, bold text where the page stands alone."""
    if not context["linked"]:
        return format_html("<b>{}</b>", measured.shown)
    return format_html(
        '<a class="figure" href="{}" title="{}">{}</a>',
        measured.url,
        measured.figure.definition,
        measured.shown,
    )


@register.filter
def four(digest: str) -> str:
    """A digest in groups of four, so that a person can compare it."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
