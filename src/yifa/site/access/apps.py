from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yifa.site.access"
    label = "access"

    def ready(self) -> None:
        from django.contrib.auth import signals

        from yifa.site.access import recording

        signals.user_logged_in.connect(recording.logged_in, dispatch_uid="yifa.site.access.in")
        signals.user_logged_out.connect(recording.logged_out, dispatch_uid="yifa.site.access.out")
        signals.user_login_failed.connect(recording.login_failed, dispatch_uid="yifa.site.access.failed")
