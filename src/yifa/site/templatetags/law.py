"""The law on a page: a duty by the id of its rule, with its article as cited today. Templates write no article themselves."""

from __future__ import annotations

from typing import NamedTuple

from django import template

from yifa.law.rules import RULES
from yifa.ledger.clock import today

register = template.Library()


class Duty(NamedTuple):
    title: str
    article: str


@register.simple_tag
def duty(rule: str) -> Duty:
    """`{% duty "R-APL-45-1" as answer %}`. Raises KeyError for a rule that is not in the book."""
    found = RULES[rule]
    return Duty(found.title, found.article_on(today()))
