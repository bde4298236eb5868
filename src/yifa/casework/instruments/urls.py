"""Addresses of papers, below `/desk/`."""

from django.urls import path

from yifa.casework.instruments import template_views, views

urlpatterns = [
    path("cases/<str:no>/documents/", views.documents, name="documents"),
    path("cases/<str:no>/documents/<str:paper>/", views.document, name="document"),
    path("cases/<str:no>/documents/<str:paper>/preview/", views.preview, name="document-preview"),
    path(
        "cases/<str:no>/documents/<str:paper>/paper.pdf",
        views.document_file,
        {"kind": "pdf"},
        name="document-pdf",
    ),
    path(
        "cases/<str:no>/documents/<str:paper>/paper.docx",
        views.document_file,
        {"kind": "docx"},
        name="document-docx",
    ),
    path(
        "cases/<str:no>/documents/<str:paper>/receipt.json",
        views.document_file,
        {"kind": "json"},
        name="document-receipt",
    ),
    path("templates/", template_views.templates, name="templates"),
    path("templates/<slug:form>/", template_views.template, name="template"),
]
