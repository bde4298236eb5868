from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_due")]
    operations = [
        migrations.RemoveIndex(model_name="case", name="case_closed"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", False)), fields=["organ", "closed_on"], name="case_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", True)), fields=["organ", "year", "serial"], name="case_open"
            ),
        ),
    ]
