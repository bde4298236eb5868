"""ROWS cases of 15 acts each, copied by SQL from one case of the sample year, each against a party of its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, models, transaction

YEAR = 2020
CHUNK = 20_000


def copy_rows(
    model: type[models.Model], where: str, replaced: Mapping[str, str], first: int, last: int
) -> None:
    """INSERT … SELECT each matching row once per n in first..last; `replaced` maps a column to SQL over n."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.column == "id")
    ]
    chosen = [replaced.get(column, f't."{column}"') for column in columns]
    table = model._meta.db_table
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}) "
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(chosen)} FROM numbers CROSS JOIN "{table}" t WHERE {where}'
        )


def template(acts: int = 15):
    """The ordinary case of the sample whose number of acts is nearest to `acts`."""
    from yifa.casework.cases.models import Case

    return min(Case.objects.order_by("no"), key=lambda case: abs(case.act_count - acts))


def seed(rows: int) -> str:
    """Copy, in chunks, what is missing of ROWS copies; returns the address number of one of them."""
    from yifa.casework.cases.models import Act, Case, CaseFinding
    from yifa.listing.search import rebuild

    source = template().no.replace("'", "")
    new_no = f"'{YEAR}-' || substr('000000000' || n, -7)"
    head = {
        "no": new_no,
        "year": str(YEAR),
        "serial": "n",
        "number": "'bench-' || n",
        "party_name": "t.party_name || n",
        "party": "json_set(t.party, '$.name', t.party_name || n, '$.identifier', 'bench-' || n)",
    }
    if connection.vendor == "postgresql":
        new_no = head["no"] = f"'{YEAR}-' || lpad(n::text, 7, '0')"
        head["party"] = (
            "t.party || jsonb_build_object('name', t.party_name || n, 'identifier', 'bench-' || n)"
        )
    there = Case.objects.filter(year=YEAR, number__startswith="bench-").count()
    for first in range(there + 1, rows + 1, CHUNK):
        last = min(first + CHUNK - 1, rows)
        with transaction.atomic():
            copy_rows(Case, f"t.no = '{source}'", head, first, last)
            for model in (Act, CaseFinding):
                copy_rows(model, f"t.case_id = '{source}'", {"case_id": new_no}, first, last)
    rebuild("case")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return f"{YEAR}-{rows // 2 + 1:07d}"
