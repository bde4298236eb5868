from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "yifa.reports.annual"
    label = "annual"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.cases.derive import register_projection
        from yifa.reports.figures.upkeep import count_steps

        register_projection(count_steps)
