from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "yifa.casework.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.instruments.queries import register_teller
        from yifa.casework.measures import lists, papers  # noqa: F401 - importing lists registers the list

        register_teller(papers.SEIZURES, papers.of_measure)
        register_teller(papers.PRESERVATIONS, papers.of_preservation)
        register_teller(papers.DISPOSALS, papers.of_disposal)
