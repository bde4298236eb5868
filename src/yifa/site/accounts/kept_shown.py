"""What was kept, for the reader: on its own page above the forms, with their labels, or all of it on a page of its own."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop

from yifa.casework.cases.act_words import KEY_LABELS
from yifa.site.accounts.labels import Control, controls_of
from yifa.site.accounts.models import KeptTyping

PLACE = b"<!-- kept -->"
"""Where page.html wants it. It is put in afterwards, because the labels stand in the forms further down."""
NOT_TYPED = {"do", "expected", "back", "confirmed", "again", "next", "step", "form", "id"}
"""Buttons, and what a page sends along by itself."""


OTHER = gettext_noop("其他内容")
OWN_LABELS = {"name": gettext_noop("名称"), "words": gettext_noop("说明"), "query": gettext_noop("查询条件")}
TICKS = {"yes", "no", "on"}


def put_in(request: HttpRequest, answer: HttpResponse, row: KeptTyping) -> HttpResponse:
    """The answer with what was kept for its address; unchanged where the page filled its own form with it."""
    if answer.streaming or PLACE not in answer.content:
        return answer
    filled = answer.status_code == 200 and getattr(request, "kept_filled", False)
    banner = "" if filled else shown(request, row, controls_of(answer.content.decode()))
    answer.content = answer.content.replace(PLACE, banner.encode(), 1)
    return answer


def shown(request: HttpRequest, row: KeptTyping, controls: dict[str, Control]) -> str:
    one = told(row, controls)
    return (
        render_to_string("accounts/_kept.html", {"one": one, "here": True}, request) if one["lines"] else ""
    )


def told(row: KeptTyping, controls: dict[str, Control]) -> dict[str, Any]:
    """A kept form as templates show it: label and values of every field that somebody typed or chose."""
    lines = []
    for name, values in json.loads(row.fields):
        control = controls.get(name, Control(hidden=False))
        given = [value for value in values if value.strip()]
        label = control.label or known_label(name)
        if not given or name in NOT_TYPED or control.hidden or (label is None and TICKS.issuperset(given)):
            continue
        words = [control.options.get(value, value) for value in given]
        lines.append({"label": label or gettext(OTHER), "values": words})
    return {"row": row, "lines": lines}


def known_label(name: str) -> str | None:
    """How records call a field, for forms whose page is not at hand."""
    label = OWN_LABELS.get(name) or KEY_LABELS.get(name)
    return gettext(label) if label else None
