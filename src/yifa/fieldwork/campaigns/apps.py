from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "yifa.fieldwork.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
