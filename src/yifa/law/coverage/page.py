"""Prints docs/procedure/duties-by-article.md: `python -m yifa.law.coverage.page`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from yifa.law.coverage import articles
from yifa.law.glossary import table
from yifa.law.rules import RULES

HEAD = """\
# Duties by article: 行政处罚法

Generated from `src/yifa/law/coverage` and the rules by `make fix`; do not edit. The middle column is our own one-line
summary, not the text of the law. Every article has the rules that check it, or the reason why there is nothing to check.
"""


def lines() -> Iterator[str]:
    found = articles()
    with_rules = sum(bool(one.rules) for one in found)
    yield HEAD
    yield f"{len(found)} articles: {with_rules} with rules, {len(found) - with_rules} with nothing to encode.\n"
    rows = (
        (
            one.label.removeprefix("行政处罚法"),
            one.summary,
            "<br>".join(f"`{name}` {RULES[name].title}" for name in one.rules)
            or f"无可编入的规则：{one.why}",
            " ".join(f"`{name}`" for name in one.parameters),
        )
        for one in found
    )
    yield from table(("条", "我们的摘要", "规则", "参数"), rows)


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
