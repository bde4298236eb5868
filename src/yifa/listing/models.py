"""What the lists keep for themselves: the search index, and queries people saved."""

from django.db import models


class SearchEntry(models.Model):
    """One thing that can be found by a fragment. Derived from a register in the same transaction; never evidence.

    `grams` is what the index reads: FTS5 on SQLite, a tsvector on PostgreSQL, both kept by the database itself.
    """

    organ = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True)
    grams = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "organ", "key"], name="search_entry_once")]


class SavedView(models.Model):
    """A query of one list under a name a person gave it (已存查询).

    No ledger entry: it is a bookmark. It changes no case, grants nobody a look at anything, and whoever opens it sees
    what the list shows to them.
    """

    organ = models.CharField(max_length=40)
    owner = models.CharField(max_length=150)
    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "slug", "owner", "name"], name="saved_view_name_once")
        ]
