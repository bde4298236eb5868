from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "yifa.openness.publicity"
    label = "publicity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.openness.publicity import lists  # noqa: F401 - importing registers the lists
