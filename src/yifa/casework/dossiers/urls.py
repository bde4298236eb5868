"""Addresses of dossiers, below `/desk/`."""

from django.urls import path

from yifa.casework.dossiers import archive_views, paper_views, views

urlpatterns = [
    # before the address of every other act: archiving is asked here, where the gaps are known
    path("cases/<str:no>/do/case-archived/", archive_views.archive, name="case-archive"),
    path("cases/<str:no>/dossier/", views.dossier, name="dossier"),
    path("cases/<str:no>/dossier/package.zip", views.package, name="dossier-package"),
    path("cases/<str:no>/dossier/catalogue.csv", views.catalogue, name="dossier-catalogue"),
    path("cases/<str:no>/dossier/cover.pdf", views.cover, name="dossier-cover"),
    path("paper-dossiers/new/", paper_views.new, name="paper-dossier-new"),
    path("paper-dossiers/<str:no>/", paper_views.paper, name="paper-dossier"),
    path("paper-dossiers/<str:no>/scan/", paper_views.scan, name="paper-dossier-scan"),
]
