from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_epoch_and_successor")]
    operations = [
        migrations.CreateModel(
            "Subtree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("log", models.CharField(max_length=10)),
                ("number", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("sm3", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("log", "number"), name="subtree_once")],
            },
        ),
    ]
