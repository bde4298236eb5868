from django.apps import AppConfig


class DrawsConfig(AppConfig):
    name = "yifa.fieldwork.draws"
    label = "draws"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.fieldwork.draws import lists  # noqa: F401 - importing registers the lists
