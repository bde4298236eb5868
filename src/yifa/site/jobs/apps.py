from django.apps import AppConfig


class JobPagesConfig(AppConfig):
    name = "yifa.site.jobs"
    label = "job_pages"
