"""Addresses of remedies, below `/desk/`. The list of all disputes is of the register."""

from django.urls import path

from yifa.casework.remedies import views

urlpatterns = [
    path("cases/<str:no>/remedies/", views.remedies, name="case-remedies"),
    path("cases/<str:no>/pack/<slug:kind>.zip", views.pack, name="case-pack"),
]
