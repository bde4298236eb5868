from django.apps import AppConfig


class ErasuresConfig(AppConfig):
    name = "yifa.site.erasures"
    label = "erasures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.ledger.erasure import FORGET
        from yifa.site.erasures.copies import forget

        FORGET.append(forget)
