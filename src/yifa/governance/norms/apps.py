from django.apps import AppConfig


class NormsConfig(AppConfig):
    name = "yifa.governance.norms"
    label = "norms"
    default_auto_field = "django.db.models.BigAutoField"
