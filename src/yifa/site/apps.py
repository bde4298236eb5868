from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yifa.site"
    label = "site"
