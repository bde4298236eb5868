from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "yifa.intake.workbook"
    label = "workbook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.intake.workbook import jobs, lists  # noqa: F401 - registers the kind of job and the list page
