"""What surrounds every page: the top links that exist, and how the page should look."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from yifa.ledger.clock import now
from yifa.site import anchoring
from yifa.site.erasures import permissions as erasures

register = template.Library()
# In the order of the header; one whose room is not built yet has no address and is left out.
LINKS = (
    (gettext_noop("工作台"), "workbench"),
    (gettext_noop("案件"), "list-cases"),
    (gettext_noop("待办"), "todo"),
    (gettext_noop("公示"), "list-postings"),
    (gettext_noop("报告"), "reports"),
    (gettext_noop("法规"), "laws"),
)


class TopLink(NamedTuple):
    """`current`: the reader is below this address."""

    words: str
    url: str
    current: bool


def address_of(name: str) -> str:
    """Address of a named page; empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def top_links(context: dict[str, Any]) -> list[TopLink]:
    """The links of the header for pages that exist now."""
    request = context.get("request")
    path = request.path if request else ""
    found = []
    for words, name in LINKS:
        url = address_of(name)
        if url:
            current = path == url if name == "workbench" else path.startswith(url)
            found.append(TopLink(gettext(words), url, current))
    return found


@register.simple_tag
def printed_at() -> str:
    """The moment a printed page was made."""
    return f"{now():%Y-%m-%d %H:%M}"


@register.simple_tag
def page_named(name: str) -> str:
    """Address of a page another room brings; empty until it is there."""
    return address_of(name)


@register.filter
def may_enter_anchors(user: Any) -> bool:
    """Whether the public value of the day is this log-in's to enter."""
    return anchoring.enters(user)


@register.filter
def may_read_erasures(user: Any) -> bool:
    """Whether the page of requests to delete personal information is for this log-in."""
    return erasures.may_read(user)
