"""What a list page shows most of, in one go: the body of a table, the options of a select, a query form not filled in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from yifa.site.templatetags.language import chinese, in_chinese, local, plain_term, term

register = template.Library()


@register.simple_tag
def table_body(rows: Iterable[Iterable[Any]], chosen: Collection[int] = ()) -> SafeString:
    """`<tr>`s of cells (text, label, look, url); the first of a row is its head. `chosen`: numbers of selected rows."""
    plain = in_chinese()
    say: Callable[[Any], str] = escape if plain else term
    lead: Callable[[str], str] = str if plain else local
    # most values of a column come again: a cell that is the same object is written once
    written: dict[int, tuple[Any, str]] = {}
    labels: dict[str, str] = {}

    def label(cell: Any) -> str:
        if cell.label not in labels:
            labels[cell.label] = escape(str(plain_term(cell.label)))
        return labels[cell.label]

    lines = []
    for number, row in enumerate(rows, start=1):
        first, *rest = row
        cells = [_head(first, label(first), say, lead)]
        for cell in rest:
            found = written.get(id(cell))
            if found is None:
                found = written[id(cell)] = cell, _cell(cell, label(cell), say)
            cells.append(found[1])
        picked = ' aria-selected="true"' if number in chosen else ""
        lines.append(f"<tr{picked}>{''.join(cells)}</tr>\n")
    return mark_safe("".join(lines))


def _head(cell: Any, label: str, say: Callable[[Any], str], lead: Callable[[str], str]) -> str:
    words = say(str(cell.text))
    inner = f'<a href="{escape(lead(cell.url))}">{words}</a>' if cell.url else f"<span>{words}</span>"
    return f'<th scope="row" class="{cell.look}" data-label="{label}">{inner}</th>'


def _cell(cell: Any, label: str, say: Callable[[Any], str]) -> str:
    text = str(cell.text)
    if not text:
        return "<td></td>"
    return f'<td class="{cell.look}" data-label="{label}"><span>{say(text)}</span></td>'


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


@register.simple_tag
def query_form(
    front: Any, more: Any, sorting: Any, kept: Any, open_more: bool, clear: str, chips: Any
) -> str:
    """The query form of a list. One nobody has typed into is the same for everyone with the same choices: it is kept."""
    controls = (*front, *more, *([sorting] if sorting else ()))
    typed = open_more or kept or chips or any(control.value or control.error for control in controls)
    if typed:
        return _form(front, more, sorting, kept, open_more, clear, chips)
    return _untouched(get_language() or "", tuple(front), tuple(more), sorting, clear)


@lru_cache(maxsize=128)
def _untouched(language: str, front: tuple, more: tuple, sorting: Any, clear: str) -> str:
    return _form(front, more, sorting, (), False, clear, ())


def _form(front: Any, more: Any, sorting: Any, kept: Any, open_more: bool, clear: str, chips: Any) -> str:
    context = {
        "front": front, "more": more, "sorting": sorting, "kept": kept, "open_more": open_more, "clear": clear,
        "chips": chips,
    }  # fmt: skip
    return render_to_string("components/query-form.html", context)
