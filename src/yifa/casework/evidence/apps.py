from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "yifa.casework.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.evidence import jobs  # noqa: F401 - importing registers them
