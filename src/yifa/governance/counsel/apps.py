from django.apps import AppConfig


class CounselConfig(AppConfig):
    name = "yifa.governance.counsel"
    label = "counsel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.governance.counsel import lists  # noqa: F401 - importing registers the lists
