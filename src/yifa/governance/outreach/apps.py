from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "yifa.governance.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"
