"""Addresses: `/` public, `/desk/` staff, `/login/`. Rooms bring their own urls."""

from django.urls import path

urlpatterns: list = []
