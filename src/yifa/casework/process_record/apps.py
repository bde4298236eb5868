from django.apps import AppConfig


class ProcessRecordConfig(AppConfig):
    name = "yifa.casework.process_record"
    label = "process_record"
    default_auto_field = "django.db.models.BigAutoField"
