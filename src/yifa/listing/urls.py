"""Addresses of all registered lists, below `/desk/`."""

from django.urls import URLPattern, path

from yifa.listing import views
from yifa.listing.registry import all_pages


def list_urls() -> list[URLPattern]:
    """Three addresses for each list: the page, list.csv, list.json."""
    found = []
    for page in all_pages():
        kwargs = {"slug": page.slug}
        found += [
            path(f"{page.slug}/", views.show, kwargs, name=f"list-{page.slug}"),
            path(f"{page.slug}/list.csv", views.as_csv, kwargs),
            path(f"{page.slug}/list.json", views.as_json, kwargs),
        ]
    return found
