"""For the style page only: an example by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def entry(examples: Mapping[str, Any], name: str) -> Any:
    return examples[name]
