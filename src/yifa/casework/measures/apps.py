from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "yifa.casework.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.measures import lists  # noqa: F401 - importing registers the list
