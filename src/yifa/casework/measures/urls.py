"""Addresses of measures, below `/desk/`."""

from django.urls import path

from yifa.casework.measures import views

urlpatterns = [
    path("cases/<str:no>/measures/", views.of_case, name="measures-of-case"),
]
