"""All list pages by slug. Rooms register theirs in `lists.py`, imported when the room starts."""

from __future__ import annotations

from yifa.listing.page import ListPage

_PAGES: dict[str, ListPage] = {}


class UnknownList(LookupError):
    """No list has this slug."""

    code = "unknown_list"


def register(page: ListPage) -> ListPage:
    """Raises ValueError on a slug used twice: one address cannot show two lists."""
    if page.slug in _PAGES:
        raise ValueError(f"list {page.slug} is registered twice")
    _PAGES[page.slug] = page
    return page


def get(slug: str) -> ListPage:
    """Raises UnknownList."""
    if slug not in _PAGES:
        raise UnknownList(f"没有名为 {slug} 的名单")
    return _PAGES[slug]


def all_pages() -> list[ListPage]:
    """In the order they were registered: rooms from registry upwards."""
    return list(_PAGES.values())
