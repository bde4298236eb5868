"""Addresses of erasures, below `/desk/erasures/`."""

from django.urls import path

from yifa.site.erasures import views

urlpatterns = [
    path("", views.erasures, name="erasures"),
    path("new/", views.new, name="erasure-new"),
    path("<int:serial>/", views.erasure, name="erasure"),
    path("<int:serial>/agree/", views.agree, name="erasure-agree"),
    path("<int:serial>/send-back/", views.send_back, name="erasure-send-back"),
]
