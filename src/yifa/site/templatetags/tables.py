"""The body of a register's table, and the options of a select, in one go: a template takes many times as long."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from yifa.site.templatetags.language import chinese, in_chinese, local, plain_term, term

register = template.Library()


@register.simple_tag
def table_body(rows: Iterable[Iterable[Any]], chosen: Collection[int] = ()) -> SafeString:
    """`<tr>`s of cells (text, label, look, url); the first of a row is its head. `chosen`: numbers of selected rows."""
    say: Callable[[Any], str] = escape if in_chinese() else term
    labels: dict[str, str] = {}
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for place, cell in enumerate(row):
            if cell.label not in labels:
                labels[cell.label] = escape(str(plain_term(cell.label)))
            cells.append(_cell(cell, labels[cell.label], say, head=place == 0))
        picked = ' aria-selected="true"' if number in chosen else ""
        lines.append(f"<tr{picked}>{''.join(cells)}</tr>\n")
    return mark_safe("".join(lines))


def _cell(cell: Any, label: str, say: Callable[[Any], str], *, head: bool) -> str:
    text = str(cell.text)
    if head:
        words = say(text)
        inner = f'<a href="{escape(local(cell.url))}">{words}</a>' if cell.url else f"<span>{words}</span>"
        return f'<th scope="row" class="{escape(cell.look)}" data-label="{label}">{inner}</th>'
    if not text:
        return "<td></td>"
    return f'<td class="{escape(cell.look)}" data-label="{label}"><span>{say(text)}</span></td>'


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """`<option>`s of (value, words), the one `chosen` selected."""
    plain = in_chinese()
    return mark_safe(
        "".join(
            f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}{"" if plain else chinese(words)}>'
            f"{escape(str(words) if plain else plain_term(words))}</option>"
            for value, words in choices
        )
    )
