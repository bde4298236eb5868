"""Addresses of execution, below `/desk/`."""

from django.urls import path

from yifa.casework.execution import bank_views, views

urlpatterns = [
    path("execution/files/new/", bank_views.new, name="bank-file-new"),
    path("execution/files/template.csv", bank_views.template, name="bank-file-template"),
    path("execution/files/<int:number>/", bank_views.show, name="bank-file"),
    path("execution/payments/<int:pk>/", bank_views.payment, name="bank-payment"),
    path("cases/<str:no>/execution/", views.execution, name="case-execution"),
]
