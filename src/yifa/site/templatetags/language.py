"""Words on a page in the reader's language. Under `/en/` Chinese that is data or law stays, and is marked as Chinese."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_noop

register = template.Library()
CHINESE = re.compile(r"[\u3007\u3400-\u9fff]")
LONGEST = 2_000
JOINTS = {"、": ", ", "；": "; ", "：": ": ", "，": ", ", "（": " (", "）": ")"}
QUANTITY = re.compile(r"([0-9][0-9,.]*) ?([\u3400-\u9fff]+)")
UNITS = frozenset(
    (gettext_noop("日"), gettext_noop("个工作日"), gettext_noop("个月"), gettext_noop("年"), gettext_noop("小时"),
     gettext_noop("分钟"), gettext_noop("秒"), gettext_noop("元"), gettext_noop("条"), gettext_noop("件"))
)  # fmt: skip
PARTS = re.compile("([" + "".join(JOINTS) + "])")


def in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def translated(text: str) -> str | None:
    """The English of a whole text; None where the catalogue has none."""
    found = gettext(text) if text.strip() else text
    if found == text and (counted := quantity(text)):
        return counted
    return None if found == text and (CHINESE.search(text) or PARTS.search(text)) else found


def quantity(text: str) -> str | None:
    """5个工作日 as 5 working days; None for what is no number with a unit we know."""
    found = QUANTITY.fullmatch(text)
    return f"{found[1]} {gettext(found[2])}" if found and found[2] in UNITS else None


def marked(text: str) -> SafeString:
    return (
        format_html('<span lang="zh-CN">{}</span>', text) if CHINESE.search(text) else format_html("{}", text)
    )


@register.filter
def data(value: Any) -> Any:
    """What was entered or what the law says: never translated, marked as Chinese on an English page."""
    if in_chinese() or value is None:
        return conditional_escape(value)
    return marked(str(value))


@register.filter
def term(value: Any) -> Any:
    """A word of the interface or the glossary, or several joined by 、；： — each in the reader's language."""
    if in_chinese() or value is None:
        return conditional_escape(value)
    text = str(value)
    whole = translated(text)
    if whole is not None:
        return conditional_escape(whole)
    pieces = PARTS.split(text)
    known = [translated(piece) for piece in pieces[::2]]
    if all(one is None for piece, one in zip(pieces[::2], known, strict=True) if piece):
        return marked(text)
    parts = [
        JOINTS[piece]
        if place % 2
        else (marked(piece) if known[place // 2] is None else conditional_escape(known[place // 2]))
        for place, piece in enumerate(pieces)
    ]
    return mark_safe("".join(parts))


@register.filter
def plain_term(value: Any) -> str:
    """The same where no element can stand (attributes, options); pair it with `chinese`."""
    text = str(value)
    return text if in_chinese() else translated(text) or text


@register.simple_tag
def chinese(value: Any) -> SafeString:
    """` lang="zh-CN"` for an element of an English page whose text or name stays Chinese."""
    text = str(value)
    stays = not in_chinese() and CHINESE.search(text) and translated(text) is None
    return mark_safe(' lang="zh-CN"' if stays else "")


@register.simple_tag
def page_language() -> str:
    """The `lang` of the whole page."""
    return "zh-CN" if in_chinese() else "en"


@register.filter
def local(address: str) -> str:
    """An address of ours in the reader's language: `/desk/…` is `/en/desk/…` on an English page."""
    if in_chinese() or not address.startswith("/") or address.startswith(("/en/", "/static/", "/log/")):
        return address
    return "/en" + address


def short(request: HttpRequest) -> bool:
    """Whether the query string is one somebody wrote, not a page pasted in by mistake."""
    return len(request.META.get("QUERY_STRING", "")) <= LONGEST


@register.simple_tag
def shown_as(request: HttpRequest, ui: str) -> str:
    """Address of this page in another display (`elder`, `sun`, `dark`, `plain`)."""
    query = request.GET.copy() if short(request) else QueryDict(mutable=True)
    query["ui"] = ui
    return f"?{query.urlencode()}"


@register.simple_tag
def same_page(request: HttpRequest, code: str) -> str:
    """Address of this page in Chinese (`zh`) or English (`en`), question mark and all."""
    path = request.get_full_path() if short(request) else request.path
    path = path[3:] if path.startswith("/en/") else path
    return f"/en{path}" if code == "en" else path
