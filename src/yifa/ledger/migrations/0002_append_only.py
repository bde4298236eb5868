from django.db import migrations

from yifa.ledger import protection


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: protection.switch_on(schema_editor),
            lambda apps, schema_editor: protection.switch_off(schema_editor),
        )
    ]
