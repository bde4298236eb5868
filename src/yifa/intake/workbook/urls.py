"""Addresses of the import at the desk, below `/desk/imports/`."""

from django.urls import path

from yifa.intake.workbook import views

urlpatterns = [
    path("new/", views.new, name="import-new"),
    path("template.xlsx", views.template, name="import-template"),
    path("<int:number>/", views.show, name="import"),
    path("<int:number>/problems.csv", views.problems_csv, name="import-problems"),
]
