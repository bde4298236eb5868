from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "yifa.casework.instruments"
    label = "instruments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.cases.forms.carried import register_filling
        from yifa.casework.instruments.numbers import fill_in

        for kind in ("decision_made", "summary_decision_made"):
            register_filling(kind, fill_in)
