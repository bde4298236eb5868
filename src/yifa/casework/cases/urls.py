"""Addresses of a case, below `/desk/cases/`."""

from django.urls import path

from yifa.casework.cases import (
    discretion_views,
    do_views,
    evaluation_views,
    new_views,
    proof_views,
    views,
)

urlpatterns = [
    path("new/", new_views.new, name="case-new"),
    path("<str:no>/", views.case, name="case"),
    path("<str:no>/bundle.json", views.case_bundle, name="case-bundle"),
    path("<str:no>/proof/", proof_views.proof, name="case-proof"),
    path("<str:no>/discretion/", discretion_views.discretion, name="case-discretion"),
    path("<str:no>/evaluation/", evaluation_views.evaluation, name="case-evaluation"),
    path("<str:no>/evaluation.csv", evaluation_views.as_csv, name="case-evaluation-csv"),
    path("<str:no>/evaluation.json", evaluation_views.as_json, name="case-evaluation-json"),
    path("<str:no>/clocks/", views.clocks, name="case-clocks"),
    path("<str:no>/do/<slug:slug>/", do_views.do, name="case-do"),
]
