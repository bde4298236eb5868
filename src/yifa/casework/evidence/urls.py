"""Addresses of the evidence of a case, below `/desk/`."""

from django.urls import path

from yifa.casework.evidence import adding_views, item_views, receiving_views, views

urlpatterns = [
    path("cases/<str:no>/evidence/", views.evidence, name="evidence"),
    path("cases/<str:no>/evidence.csv", views.as_csv, name="evidence-csv"),
    path("cases/<str:no>/evidence/new/", adding_views.new, name="evidence-new"),
    path("cases/<str:no>/evidence/uploads/", receiving_views.uploads, name="evidence-uploads"),
    path("cases/<str:no>/evidence/uploads/<slug:key>/", receiving_views.upload, name="evidence-upload"),
    path("cases/<str:no>/evidence/<int:seq>/", item_views.item, name="evidence-item"),
    path("cases/<str:no>/evidence/<int:seq>/add/", adding_views.add, name="evidence-add"),
    path("cases/<str:no>/evidence/<int:seq>/files/<int:serial>/", item_views.file, name="evidence-file"),
]
