from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yifa.site.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from yifa.site.accounts.idle import begin

        user_logged_in.connect(begin, dispatch_uid="yifa.site.accounts.idle")
