"""What import-linter cannot see: doorways between rooms, foreign keys, the standard library rule."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from tests.house.plan import LAYERS, SOURCE, WINGS_WITH_ROOMS, dotted, python_files, wing_of

DOORWAYS = {"actions", "queries", "models", "errors", "permissions", "reach"}
# (importing module, imported module) → why this pair may use another door
OTHER_DOORS: dict[tuple[str, str], str] = {}
# (importing room, imported room) → further doors: the form and the page of an act, which a proposal shows to two log-ins
SHARED_PAGES = {
    ("yifa.casework.proposals", "yifa.casework.cases"): {
        "act_words",
        "clocks",
        "doing",
        "events",
        "forms",
        "offered",
        "views",
    },
    ("yifa.casework.supervision", "yifa.casework.cases"): {"clocks", "doing", "forms", "views"},
    ("yifa.casework.instruments", "yifa.casework.cases"): {"doing", "forms", "views"},
    ("yifa.casework.evidence", "yifa.casework.cases"): {"doing", "forms", "offered", "views"},
    ("yifa.casework.dossiers", "yifa.casework.cases"): {
        "do_views",
        "doing",
        "evaluation_views",
        "forms",
        "views",
    },
    ("yifa.casework.hearings", "yifa.casework.cases"): {"doing", "forms", "offered", "repeated", "views"},
    ("yifa.casework.review", "yifa.casework.cases"): {
        "act_words",
        "clocks",
        "doing",
        "forms",
        "offered",
        "views",
    },
    ("yifa.casework.committee", "yifa.casework.cases"): {"act_words", "doing", "forms", "page", "views"},
    ("yifa.casework.delivery", "yifa.casework.cases"): {"doing", "events", "forms", "offered", "views"},
    ("yifa.casework.execution", "yifa.casework.cases"): {"doing", "forms", "offered", "views"},
    ("yifa.casework.measures", "yifa.casework.cases"): {"clocks", "doing", "forms", "views"},
    ("yifa.casework.remedies", "yifa.casework.cases"): {"clocks", "doing", "views"},
}
# The one exception of the plan: upper rooms register pure functions with cases at start-up.
PROJECTIONS = "derive"


def imports(path: Path) -> Iterator[str]:
    """Dotted names of everything a file imports, `from a import b` as a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str | None:
    """yifa.casework.cases.models → yifa.casework.cases; None for what has no tables of its own."""
    parts = module.split(".")
    if len(parts) < 3 or parts[0] != "yifa" or parts[1] not in WINGS_WITH_ROOMS:
        return None
    return ".".join(parts[:3]) if (SOURCE / parts[1] / parts[2] / "apps.py").exists() else None


def test_rooms_enter_other_rooms_only_by_their_doors():
    wrong = []
    for path in python_files():
        here = dotted(path)
        if wing_of(f"{here}.x") in ("site", "__main__") or {"tests", "migrations"} & set(path.parts):
            continue
        for name in imports(path):
            there = room_of(name)
            if there is None or there == room_of(here):
                continue
            door = name.removeprefix(f"{there}.").split(".")[0]
            allowed = DOORWAYS | {PROJECTIONS} if there == "yifa.casework.cases" else DOORWAYS
            allowed = allowed | SHARED_PAGES.get((room_of(here) or "", there), set())
            if name != there and door not in allowed and (here, f"{there}.{door}") not in OTHER_DOORS:
                wrong.append(f"{here} imports {name}")
    assert wrong == []


def test_law_and_proof_import_the_standard_library_only():
    wrong = []
    for wing in ("law", "proof"):
        for path in python_files(SOURCE / wing):
            if "tests" in path.parts:
                continue
            for name in imports(path):
                top = name.split(".")[0]
                inside = name.startswith(("yifa.law", "yifa.proof"))
                if top not in sys.stdlib_module_names and not inside:
                    wrong.append(f"{dotted(path)} imports {name}")
    assert wrong == []


def test_law_asks_no_clock():
    """Time is an argument: a rule that read the clock would answer differently tomorrow for the same record."""
    forbidden = {
        ("datetime", "now"),
        ("datetime", "today"),
        ("date", "today"),
        ("datetime", "utcnow"),
        ("time", "time"),
    }
    wrong = []
    for path in python_files(SOURCE / "law"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
                continue
            if (node.value.id, node.attr) in forbidden:
                wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert wrong == []


def relations() -> Iterator[tuple[type, object]]:
    for model in apps.get_models():
        if model.__module__.startswith("yifa."):
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model is not None:
                    yield model, field


def test_foreign_keys_follow_the_arrows():
    wrong = []
    for model, field in relations():
        target = field.related_model.__module__
        if target.startswith("yifa.") and LAYERS[wing_of(model.__module__)] < LAYERS[wing_of(target)]:
            wrong.append(f"{model._meta.label}.{field.name} → {target}")
    assert wrong == []


def test_foreign_keys_that_cross_a_wing_leave_no_reverse_accessor():
    wrong = []
    for model, field in relations():
        target = field.related_model.__module__
        crosses = target.startswith("yifa.") and wing_of(model.__module__) != wing_of(target)
        if crosses and not field.remote_field.hidden:
            wrong.append(f"{model._meta.label}.{field.name}")
    assert wrong == []


def test_relations_were_walked():
    assert sum(1 for _ in relations()) > 20
