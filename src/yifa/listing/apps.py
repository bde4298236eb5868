from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "yifa.listing"
    label = "listing"
