"""Addresses of all registered lists, below `/desk/`."""

from django.urls import URLPattern, path

from yifa.listing import views, views_saved
from yifa.listing.registry import all_pages


def list_urls() -> list[URLPattern]:
    """For each list the page, list.csv, list.json, and its saved queries."""
    found = []
    for page in all_pages():
        kwargs = {"slug": page.slug}
        found += [
            path(f"{page.slug}/", views.show, kwargs, name=f"list-{page.slug}"),
            path(f"{page.slug}/list.csv", views.as_csv, kwargs),
            path(f"{page.slug}/list.json", views.as_json, kwargs),
            path(f"{page.slug}/views/", views_saved.save, kwargs, name=f"views-{page.slug}"),
            path(f"{page.slug}/views/<int:number>/", views_saved.edit, kwargs),
        ]
    return found
