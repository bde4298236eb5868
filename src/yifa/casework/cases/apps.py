from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yifa.casework.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.cases import jobs, lists, search  # noqa: F401 - importing registers them
