"""Addresses of statements and hearings, below `/desk/`."""

from django.urls import path

from yifa.casework.hearings import hearing_views, statement_views, views

urlpatterns = [
    path("cases/<str:no>/statement/", statement_views.statement, name="case-statement"),
    path("cases/<str:no>/hearing/", views.of_one_case, name="case-hearing"),
    path("cases/<str:no>/hearing/day/", views.day, name="case-hearing-day"),
    path("hearings/", views.month, name="hearings"),
    path("hearings/<str:no>/", hearing_views.hearing, name="hearing"),
]
