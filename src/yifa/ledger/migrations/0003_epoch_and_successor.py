from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.AddField("head", "epoch", models.PositiveIntegerField(default=0)),
        migrations.AddField("head", "successor", models.CharField(blank=True, default="", max_length=10)),
    ]
