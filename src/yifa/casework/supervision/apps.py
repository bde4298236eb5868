from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "yifa.casework.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.supervision import lists  # noqa: F401 - importing registers the lists
