from django.apps import AppConfig


class NormsConfig(AppConfig):
    name = "yifa.governance.norms"
    label = "norms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.governance.norms import lists  # noqa: F401 - importing registers the lists
