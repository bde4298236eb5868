from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "yifa.casework.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.delivery import (
            lists,  # noqa: F401 - importing registers the list
            papers,
        )
        from yifa.casework.instruments.queries import register_teller

        register_teller((papers.RECEIPT,), papers.of_receipt)
        register_teller((papers.NOTE,), papers.of_note)
        register_teller((papers.ANNOUNCEMENT,), papers.of_announcement)
