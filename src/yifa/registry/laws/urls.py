"""Addresses of the law an organ uses, below `/desk/laws/`."""

from django.urls import path

from yifa.registry.laws import decide_views, views

urlpatterns = [
    path("", views.index, name="laws"),
    path("coverage/", views.coverage, name="law-coverage"),
    path("article/", views.article, name="law-article"),
    path("parameters/", views.parameters, name="law-parameters"),
    path("parameters/<slug:name>/", decide_views.parameter, name="law-parameter"),
    path("holidays/", views.holidays, name="law-holidays"),
    path("holidays/<int:key>/confirm/", decide_views.confirm, name="law-confirm-move"),
]
