from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "yifa.casework.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.delivery import lists  # noqa: F401 - importing registers the list
