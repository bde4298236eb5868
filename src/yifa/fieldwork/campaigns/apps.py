from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "yifa.fieldwork.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.fieldwork.campaigns import lists  # noqa: F401 - importing registers the lists
