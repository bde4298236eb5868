from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    name = "yifa.governance.leadership"
    label = "leadership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.governance.leadership import lists  # noqa: F401 - importing registers the lists
