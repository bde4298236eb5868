from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "yifa.intake.workbook"
    label = "workbook"
    default_auto_field = "django.db.models.BigAutoField"
