"""Addresses of jobs, below `/desk/jobs/`."""

from django.urls import path

from yifa.site.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("recheck/", views.recheck, name="jobs-recheck"),
    path("<int:job_id>/", views.job, name="job"),
    path("<int:job_id>/cancel/", views.cancel, name="job-cancel"),
    path("<int:job_id>/retry/", views.retry, name="job-retry"),
]
