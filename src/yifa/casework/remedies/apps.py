from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "yifa.casework.remedies"
    label = "remedies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.remedies import lists  # noqa: F401 - importing registers the lists
