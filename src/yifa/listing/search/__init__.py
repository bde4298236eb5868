"""Search by fragments: two or more characters of a name or number, or the first letters of its pinyin."""

from yifa.listing.search.index import Entry, keep, remove, write_anew
from yifa.listing.search.queries import Hit, find, matching
from yifa.listing.search.sources import Source, bring_up_to_date, rebuild, register_source

__all__ = [
    "Entry", "Hit", "Source", "bring_up_to_date", "find", "keep", "matching", "rebuild", "register_source", "remove",
    "write_anew",
]  # fmt: skip
