"""Addresses: `/` and `/log/` public, `/desk/` staff, `/login/`, `/healthz`; the same below `/en/` in English.

Lists come from their register, rooms bring their own urls. What machines read has one address and no language.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from yifa.casework.dossiers import urls as dossiers
from yifa.listing.urls import list_urls, page_urls
from yifa.site import anchoring, health, proving, style, views

handler400 = "yifa.site.views.bad_request"
handler500 = "yifa.site.unavailable.server_error"
urlpatterns: list = [
    path("healthz", health.healthz, name="healthz"),
    path("log/", include("yifa.ledger.urls")),
    *i18n_patterns(
        # first what is asked for most: the list of cases before the cases, which take any word as a number
        path("desk/cases/", include(page_urls("cases"))),
        path("desk/cases/", include(dossiers.of_cases)),
        path("desk/cases/", include("yifa.casework.cases.urls")),
        path("", views.front, name="front"),
        path("proof/", proving.proof, name="proof"),
        path("v/", include("yifa.casework.instruments.public_urls")),
        path("style/", style.style, name="style"),
        path("", include("yifa.site.accounts.urls")),
        path("desk/", views.workbench, name="workbench"),
        path("desk/search/", include("yifa.site.lookup.urls")),
        path("desk/imports/", include("yifa.intake.workbook.urls")),
        path("desk/", include(list_urls())),
        path("desk/", include(dossiers)),
        path("desk/jobs/", include("yifa.site.jobs.urls")),
        path("desk/erasures/", include("yifa.site.erasures.urls")),
        path("desk/anchors/", anchoring.anchors, name="anchors"),
        path("desk/access/", include("yifa.site.access.urls")),
        path("desk/", include("yifa.casework.proposals.urls")),
        path("desk/", include("yifa.casework.supervision.urls")),
        path("desk/", include("yifa.casework.instruments.urls")),
        path("desk/", include("yifa.casework.evidence.urls")),
        path("desk/", include("yifa.casework.hearings.urls")),
        path("desk/", include("yifa.casework.review.urls")),
        path("desk/", include("yifa.casework.committee.urls")),
        path("desk/", include("yifa.casework.delivery.urls")),
        path("desk/", include("yifa.casework.execution.urls")),
        path("desk/", include("yifa.casework.measures.urls")),
        path("desk/", include("yifa.casework.remedies.urls")),
        path("desk/laws/", include("yifa.registry.laws.urls")),
        path("desk/reports/", include("yifa.reports.annual.urls")),
        prefix_default_language=False,
    ),
]
