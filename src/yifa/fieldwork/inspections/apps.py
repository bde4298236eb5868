from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "yifa.fieldwork.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.fieldwork.inspections import lists  # noqa: F401 - importing registers the lists
