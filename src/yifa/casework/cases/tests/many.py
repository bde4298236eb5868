"""Very many cases like one, made by copying its rows; and what a list asks of the database to show them."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yifa.casework.cases.models import Act, Case


def copies(case: Case, count: int) -> None:
    """`count` further cases with the acts and derived columns of this one."""
    acts, made = list(case.acts.all()), []
    for serial in range(5001, 5001 + count):
        one = Case.objects.get(pk=case.pk)
        one.no, one.serial, one.number = f"{case.year}-{serial}", serial, f"{case.number}-{serial}"
        made.append(one)
    Case.objects.bulk_create(made)
    rows = []
    for one in made:
        for act in acts:
            values = {field.attname: getattr(act, field.attname) for field in Act._meta.concrete_fields}
            rows.append(Act(**{**values, "id": None, "case_id": one.no}))
    Act.objects.bulk_create(rows, batch_size=500)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.getvalue().decode()


def rows(client: Client, url: str) -> list[dict[str, Any]]:
    return json.loads(text(client, url))["rows"]


def queries(client: Client, url: str) -> int:
    """How many queries an address takes once what does not change was read."""
    text(client, url)
    with CaptureQueriesContext(connection) as asked:
        text(client, url)
    return len(asked)
