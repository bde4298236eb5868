"""Addresses of proposals and deliberations, below `/desk/`."""

from django.urls import path

from yifa.casework.proposals import deliberation_views, propose_views, views

urlpatterns = [
    path("cases/<str:no>/propose/<slug:slug>/", propose_views.propose, name="case-propose"),
    path("proposals/<str:no>/", views.proposal, name="proposal"),
    path("deliberations/<str:no>/", deliberation_views.deliberation, name="deliberation"),
]
