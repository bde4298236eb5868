from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_unit")]
    operations = [
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["entered_by", "id"], name="act_entered"),
        ),
    ]
