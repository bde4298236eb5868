from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    name = "yifa.governance.leadership"
    label = "leadership"
    default_auto_field = "django.db.models.BigAutoField"
