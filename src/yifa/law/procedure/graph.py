"""Prints docs/procedure/steps.md: the steps of each procedure as a graph: `python -m yifa.law.procedure.graph`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from yifa.law.events import KINDS
from yifa.law.glossary import table
from yifa.law.procedure import guards_of
from yifa.law.procedure.acts import ORDINARY, SUMMARY, Act

HEAD = """\
# Steps of a case

Generated from `src/yifa/law/procedure` by `make fix`; do not edit. An arrow is the usual order; a dashed step is not
needed in every case. Only the guards named in the tables refuse an act."""


def graph(acts: Iterable[Act]) -> Iterator[str]:
    """A Mermaid flow chart; optional steps dashed."""
    found = list(acts)
    yield "```mermaid\nflowchart TD"
    for act in found:
        yield f'  {act.key}["{act.label}"]'
    for act in found:
        arrow = "-.->" if act.optional else "-->"
        yield from (f"  {before} {arrow} {act.key}" for before in act.after)
    optional = ",".join(act.key for act in found if act.optional)
    if optional:
        yield "  classDef optional stroke-dasharray:4 3\n  class " + optional + " optional"
    yield "```\n"


def acts_table(acts: Iterable[Act]) -> Iterator[str]:
    rows = (
        (
            act.label,
            "、".join(KINDS[kind].label for kind in act.done_by),
            "、".join(KINDS[kind].label for kind in act.begun_by),
            " ".join(
                f"`{rule}`" for rule in dict.fromkeys(r for kind in act.done_by for r in guards_of(kind))
            ),
        )
        for act in acts
    )
    yield from table(("环节", "完成于", "开始于", "把关的规则"), rows)


def lines() -> Iterator[str]:
    yield HEAD
    for title, acts in (("普通程序", ORDINARY), ("简易程序", SUMMARY)):
        yield f"\n## {title}\n"
        yield from graph(acts)
        yield from acts_table(acts)


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
