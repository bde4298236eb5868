from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "yifa.governance.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.governance.training import lists  # noqa: F401 - importing registers the lists
