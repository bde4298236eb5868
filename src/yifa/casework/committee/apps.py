from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "yifa.casework.committee"
    label = "committee"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.committee.papers import FORMS, of_meeting
        from yifa.casework.instruments.queries import register_teller

        register_teller(FORMS, of_meeting)
