from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "yifa.governance.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.governance.outreach import lists  # noqa: F401 - importing registers the lists
