from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "yifa.casework.remedies"
    label = "remedies"
    default_auto_field = "django.db.models.BigAutoField"
