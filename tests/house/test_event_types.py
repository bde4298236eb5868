"""The closed list of what the log records (docs/spec/events.md): nothing is logged that is not in it, nothing in it is unused."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTED = re.findall(
    r"`([a-z_.]+)`", (ROOT / "docs/spec/events.md").read_text(encoding="utf-8").partition("|---|---|")[2]
)
NAMED = re.compile(r"[a-z]+[_.][a-z_]+")


def sources() -> list[ast.Module]:
    paths = sorted((ROOT / "src/yifa").rglob("*.py"))
    return [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if not {"tests", "migrations"} & set(path.parts)
    ]


def texts_of(node: ast.expr) -> list[str]:
    """Both branches of a choice, else the one text."""
    if isinstance(node, ast.IfExp):
        return texts_of(node.body) + texts_of(node.orelse)
    return [pattern(node)]


def pattern(node: ast.expr) -> str:
    """A literal as it stands, an f-string with * for what is filled in; empty for a name."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
    return ""


def logged() -> set[str]:
    """What `.log(type=…)` and the functions of the rooms that end in it (`store`, `log`, `change`, …) are given."""
    found = set()
    for module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                given = [one.value for one in node.keywords if one.arg == "type"]
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in ("store", "log", "_log", "_save"):
                    given += node.args
                found |= {
                    one
                    for value in given
                    for one in texts_of(value)
                    if NAMED.fullmatch(one.replace("*", "x"))
                }
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "type":
                found |= {one for one in texts_of(node.value) if NAMED.fullmatch(one)}
    return found


def written() -> set[str]:
    """Every text and f-string of the sources: a type may be named away from the call that logs it."""
    nodes = (node for module in sources() for node in ast.walk(module) if isinstance(node, ast.expr))
    return {text for text in map(pattern, nodes) if text and text != "*"}


def test_what_is_logged_is_listed():
    assert len(LISTED) == len(set(LISTED)) > 80
    unlisted = {one for one in logged() if not any(fnmatchcase(name, one) for name in LISTED)}
    assert not unlisted


def test_what_is_listed_is_logged():
    texts = written()
    patterns = {one for one in logged() if "*" in one}
    assert not [
        name for name in LISTED if name not in texts and not any(fnmatchcase(name, one) for one in patterns)
    ]
