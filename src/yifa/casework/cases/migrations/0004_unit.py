"""The unit of a case and everyone it names: what reach is decided by. Derived, so it is filled from the acts there are."""

from django.db import migrations, models

CHUNK = 500


def strings(value, found):
    if isinstance(value, str):
        found.add(value)
    elif isinstance(value, dict):
        found.update(value)
        for item in value.values():
            strings(item, found)
    elif isinstance(value, list):
        for item in value:
            strings(item, found)


def fill(apps, schema_editor):
    Case, Act, Person = (
        apps.get_model(*name.split("."))
        for name in ("cases.Case", "cases.Act", "people.Person")
    )
    units = {}
    for organ, staff_no, unit in Person.objects.values_list("organ_id", "staff_no", "unit"):
        units.setdefault(organ, {})[staff_no] = unit
    numbers = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), CHUNK):
        part = list(Case.objects.filter(pk__in=numbers[start : start + CHUNK]))
        acts = {}
        for act in Act.objects.filter(case__in=[case.pk for case in part]).order_by("at", "seq"):
            acts.setdefault(act.case_id, []).append(act)
        for case in part:
            known, found = units.get(case.organ_id, {}), set()
            officers = [who for act in acts.get(case.pk, []) for who in act.by if who in known]
            handlers = [who for who in case.handlers.split("|") if who]
            for act in acts.get(case.pk, []):
                found.update(act.by)
                strings(act.data, found)
            case.unit = next((known[who] for who in [*handlers[:1], *officers] if who in known), "")
            named = sorted(found & known.keys())
            case.named = f"|{'|'.join(named)}|" if named else ""
        Case.objects.bulk_update(part, ["unit", "named"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_open_cases"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("case", "unit", models.CharField(blank=True, max_length=100, default=""), preserve_default=False),
        migrations.AddField("case", "named", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddIndex(
            "case", models.Index(fields=["organ", "unit", "year", "serial"], name="case_unit")
        ),
        # after the index: PostgreSQL does not index a table with changes pending in the same transaction
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
