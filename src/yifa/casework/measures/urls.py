"""Addresses of measures, below `/desk/`."""

from django.urls import path

from yifa.casework.measures import views

urlpatterns = [
    path("measures/", views.list_measures, name="measures"),
    path("measures/list.csv", views.list_measures, {"kind": "csv"}, name="measures-csv"),
    path("measures/list.json", views.list_measures, {"kind": "json"}, name="measures-json"),
    path("cases/<str:no>/measures/", views.of_case, name="measures-of-case"),
]
