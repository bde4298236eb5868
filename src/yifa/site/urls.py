"""Addresses: `/` and `/log/` public, `/desk/` staff, `/login/`, `/healthz`. Lists come from their register, rooms bring their own urls."""

from django.urls import include, path

from yifa.listing.urls import list_urls
from yifa.site import health, views

handler400 = "yifa.site.views.bad_request"
urlpatterns: list = [
    path("", views.front, name="front"),
    path("healthz", health.healthz, name="healthz"),
    path("log/", include("yifa.ledger.urls")),
    path("", include("yifa.site.accounts.urls")),
    path("desk/", views.workbench, name="workbench"),
    path("desk/", include(list_urls())),
    path("desk/cases/", include("yifa.casework.cases.urls")),
    path("desk/laws/", include("yifa.registry.laws.urls")),
    path("desk/reports/", include("yifa.reports.annual.urls")),
]
