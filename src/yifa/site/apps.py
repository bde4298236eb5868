from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yifa.site"
    label = "site"

    def ready(self) -> None:
        from yifa.site import catalogue

        catalogue.keep_fresh()
