from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "yifa.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.jobs import housekeeping  # noqa: F401 - importing registers the schedules
