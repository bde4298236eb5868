from django.db import migrations, models


def each_its_own(apps, schema_editor):
    """Until now a browser knew one form, by its token: what waits during the change of version comes back too."""
    KeptTyping = apps.get_model("accounts", "KeptTyping")
    KeptTyping.objects.update(browser=models.F("token"))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_administration'),
    ]

    operations = [
        migrations.AddField(
            model_name='kepttyping',
            name='browser',
            field=models.CharField(default='', max_length=64),
        ),
        migrations.RunPython(each_its_own, migrations.RunPython.noop),
    ]
