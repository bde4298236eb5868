from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "yifa.reports.annual"
    label = "annual"
    default_auto_field = "django.db.models.BigAutoField"
