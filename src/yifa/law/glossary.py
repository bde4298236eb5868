"""Prints GLOSSARY.md from glossary.toml: `python -m yifa.law.glossary`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from yifa.law.labels import GLOSSARY

HEAD = """\
# Glossary

Generated from `src/yifa/law/glossary.toml` by `make generate`; do not edit. English identifiers in the code, Chinese
words in the interface: one of each for every concept. Mark: official = official English translation of the statute;
customary = usual in published translations; ours = our choice."""


def row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield row(*head)
    yield "|" + " --- |" * len(head)
    yield from (row(*cells) for cells in rows)


def sections(terms: list[dict[str, Any]]) -> Iterator[str]:
    """Terms by section, in the order of the file."""
    for name in dict.fromkeys(term["section"] for term in terms):
        yield f"\n## {name}\n"
        chosen = (term for term in terms if term["section"] == name)
        keys = ("zh", "id", "gloss", "article", "mark")
        yield from table(
            ("中文", "identifier", "gloss", "article", "mark"),
            (
                tuple(f"`{term[key]}`" if key == "id" else term.get(key, "") for key in keys)
                for term in chosen
            ),
        )


def lines(data: dict[str, Any]) -> Iterator[str]:
    yield HEAD
    yield from sections(data["term"])
    yield "\n## Values\n\nEnum keys never change."
    for name, values in data["enum"].items():
        yield f"\n### `{name}`\n"
        yield from table(("key", "中文"), ((f"`{key}`", word) for key, word in values.items()))
    yield "\n## Instruments (文书)\n"
    forms = ((form["code"], f"`{form['id']}`", form["name"]) for form in data["form"])
    yield from table(("code", "identifier", "中文"), forms)


def main() -> None:
    data = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    sys.stdout.write("\n".join(lines(data)) + "\n")


if __name__ == "__main__":
    main()
