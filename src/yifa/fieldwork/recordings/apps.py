from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    name = "yifa.fieldwork.recordings"
    label = "recordings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.fieldwork.recordings import lists  # noqa: F401 - importing registers the lists
