"""Logging in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from yifa.site.accounts.views import login

urlpatterns = [
    path("login/", login, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
