from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "yifa.casework.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.instruments.queries import register_teller
        from yifa.casework.proposals.papers import FORMS, of_deliberation

        register_teller(FORMS, of_deliberation)
