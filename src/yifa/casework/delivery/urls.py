"""Addresses of service, below `/desk/`. The list of all deliveries is of the register."""

from django.urls import path

from yifa.casework.delivery import views

urlpatterns = [
    path("cases/<str:no>/deliveries/", views.of_case, name="deliveries-of-case"),
    path("cases/<str:no>/documents/<str:paper>/deliver/", views.deliver, name="deliver"),
]
