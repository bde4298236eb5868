from django.apps import AppConfig


class HearingsConfig(AppConfig):
    name = "yifa.casework.hearings"
    label = "hearings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.hearings.actions.papers import FORMS, of_hearing, of_points
        from yifa.casework.instruments.queries import register_teller

        register_teller(FORMS, of_hearing)
        register_teller(("defence_record", "defence_review"), of_points)
