"""Every value has one name: labels of enums come from the glossary, columns are classified, documents are fresh."""

from __future__ import annotations

import subprocess
import sys

from django.apps import apps
from django.db import models

from tests.house.plan import ROOT, python_files
from yifa.law import labels
from yifa.ledger.bound import BINDINGS, BoundModel


def choices() -> list[tuple[str, str, str]]:
    """(where, key, 中文) of every choice of every column of ours."""
    found = []
    for model in apps.get_models():
        if model.__module__.startswith("yifa."):
            for field in model._meta.concrete_fields:
                found += [
                    (f"{model._meta.label}.{field.name}", key, str(text)) for key, text in field.flatchoices
                ]
    return found


def test_every_label_of_a_column_is_in_the_glossary():
    known = {(key, text) for enum in labels.enums() for key, text in labels.labels(enum).items()}
    assert choices(), "no column has choices: nothing was compared"
    assert [row for row in choices() if row[1:] not in known] == []


def test_no_label_of_the_glossary_is_empty_or_given_twice_in_one_enum():
    for enum in labels.enums():
        words = list(labels.labels(enum).values())
        assert all(words), enum
        assert len(words) == len(set(words)), enum


def test_every_bound_model_is_classified_column_by_column():
    """`bound` refuses at import time; here: nobody forgot to use it, and nothing was added afterwards."""
    for model in apps.get_models():
        if not issubclass(model, BoundModel):
            continue
        binding = BINDINGS[model]
        classified = [*binding.legal, *binding.personal, *binding.technical]
        columns = {field.attname for field in model._meta.concrete_fields}
        assert sorted(classified) == sorted(columns), model._meta.label


def test_money_is_whole_fen():
    """No decimal or floating column: money is integer 分 and is named so."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("yifa.")
        for field in model._meta.concrete_fields
        if isinstance(field, (models.DecimalField, models.FloatField))
    ]
    assert wrong == []


def test_generated_documents_are_fresh():
    done = subprocess.run(
        [sys.executable, "tools/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_no_pinyin_column():
    """Spot check of a house rule: identifiers come from the glossary, never pinyin."""
    pinyin = ("anjian", "dangshiren", "fakuan", "wenshu", "lian_", "chufa", "zhifa")
    wrong = [
        str(path)
        for path in python_files()
        if any(f"def {word}" in path.read_text("utf-8") for word in pinyin)
    ]
    assert wrong == []
