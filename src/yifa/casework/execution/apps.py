from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    name = "yifa.casework.execution"
    label = "execution"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.execution import (
            lists,  # noqa: F401 - importing registers the list
            papers,
        )
        from yifa.casework.instruments.queries import register_teller

        register_teller((papers.APPLICATION,), papers.of_application)
        register_teller((papers.DEFERRAL,), papers.of_deferral)
