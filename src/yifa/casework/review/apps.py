from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "yifa.casework.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yifa.casework.instruments.queries import register_teller
        from yifa.casework.review.actions import of_review

        register_teller(("legal_review_opinion",), of_review)
