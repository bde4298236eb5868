from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "yifa.openness.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.openness.disclosure import lists  # noqa: F401 - importing registers the lists
