"""Addresses of all registered lists, below `/desk/`."""

from django.urls import URLPattern, URLResolver, include, path

from yifa.listing import views, views_saved
from yifa.listing.registry import all_pages


def list_urls() -> list[URLResolver]:
    """For each list the page, list.csv, list.json, and its saved queries."""
    # a list a prefix: an address of another room passes it with one look
    return [path(f"{page.slug}/", include(page_urls(page.slug))) for page in all_pages()]


def page_urls(slug: str) -> list[URLPattern]:
    """What stands below the prefix of one list."""
    kwargs = {"slug": slug}
    return [
        path("", views.show, kwargs, name=f"list-{slug}"),
        path("list.csv", views.as_csv, kwargs),
        path("list.json", views.as_json, kwargs),
        path("views/", views_saved.save, kwargs, name=f"views-{slug}"),
        path("views/<int:number>/", views_saved.edit, kwargs),
    ]
