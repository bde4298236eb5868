"""Addresses of the access log, below `/desk/access/`."""

from django.urls import path

from yifa.site.access import views

urlpatterns = [
    path("", views.access, name="access"),
    path("cases/<str:no>/", views.of_case, name="access-of-case"),
]
