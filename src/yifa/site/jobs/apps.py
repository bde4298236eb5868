from django.apps import AppConfig


class JobPagesConfig(AppConfig):
    name = "yifa.site.jobs"
    label = "job_pages"

    def ready(self) -> None:
        from yifa.site.jobs import verifying  # noqa: F401 - importing registers the schedule
