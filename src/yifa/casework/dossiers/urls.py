"""Addresses of dossiers: those of a case below `/desk/cases/`, the paper ones below `/desk/`."""

from django.urls import path

from yifa.casework.dossiers import archive_views, paper_views, views

of_cases = [
    # before the address of every other act: archiving is asked here, where the gaps are known
    path("<str:no>/do/case-archived/", archive_views.archive, name="case-archive"),
    path("<str:no>/dossier/", views.dossier, name="dossier"),
    path("<str:no>/dossier/package.zip", views.package, name="dossier-package"),
    path("<str:no>/dossier/catalogue.csv", views.catalogue, name="dossier-catalogue"),
    path("<str:no>/dossier/cover.pdf", views.cover, name="dossier-cover"),
]
urlpatterns = [
    path("paper-dossiers/new/", paper_views.new, name="paper-dossier-new"),
    path("paper-dossiers/<str:no>/", paper_views.paper, name="paper-dossier"),
    path("paper-dossiers/<str:no>/scan/", paper_views.scan, name="paper-dossier-scan"),
]
