"""Addresses of follow-ups, below `/desk/`."""

from django.urls import path

from yifa.casework.supervision import views

urlpatterns = [
    path("cases/<str:no>/supervise/", views.order, name="case-supervise"),
    path("supervised/<str:no>/", views.supervised, name="supervised"),
]
