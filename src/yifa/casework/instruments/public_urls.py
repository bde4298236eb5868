"""Public addresses of papers, below `/v/`."""

from django.urls import path

from yifa.casework.instruments import public_views

urlpatterns = [
    path("", public_views.ask, name="paper-verify"),
    path("<str:code>/", public_views.verified, name="paper-verified"),
]
