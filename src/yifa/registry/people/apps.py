from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yifa.registry.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.registry.people import lists, search  # noqa: F401 - importing registers the lists
