from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "yifa.casework.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.dossiers import lists  # noqa: F401 - importing registers the lists
