"""Addresses of the reports, below `/desk/reports/`."""

from django.urls import path

from yifa.reports.annual import views

urlpatterns = [
    path("", views.latest, name="reports"),
    path("annual/<int:year>/", views.report, name="annual-report"),
    path("annual/<int:year>/figures/<str:key>/", views.passport, name="figure-passport"),
]
