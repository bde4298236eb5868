"""Addresses of a case, below `/desk/cases/`."""

from django.urls import path

from yifa.casework.cases import views

urlpatterns = [
    path("<str:no>/", views.case, name="case"),
    path("<str:no>/clocks/", views.clocks, name="case-clocks"),
]
