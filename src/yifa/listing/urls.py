"""Addresses of all registered lists, below `/desk/`."""

from django.urls import URLResolver, include, path

from yifa.listing import views, views_saved
from yifa.listing.registry import all_pages


def list_urls() -> list[URLResolver]:
    """For each list the page, list.csv, list.json, and its saved queries."""
    found = []
    for page in all_pages():
        kwargs = {"slug": page.slug}
        below = [
            path("", views.show, kwargs, name=f"list-{page.slug}"),
            path("list.csv", views.as_csv, kwargs),
            path("list.json", views.as_json, kwargs),
            path("views/", views_saved.save, kwargs, name=f"views-{page.slug}"),
            path("views/<int:number>/", views_saved.edit, kwargs),
        ]
        # a list a prefix: an address of another room passes it with one look
        found.append(path(f"{page.slug}/", include(below)))
    return found
