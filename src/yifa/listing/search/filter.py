"""A filter of a list that asks the search index instead of reading every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from yifa.listing.filters import Condition, Filter, Given, Input, first, read_text
from yifa.listing.models import SearchEntry
from yifa.listing.search.grams import normal, phrase
from yifa.listing.search.queries import matching


@dataclass(frozen=True)
class Fragment(Filter):
    """Rows with a fragment of a name or number. `path`: the field of the list that holds the key of the entry."""

    kind: str = "case"
    fields: Sequence[str] = ("name",)
    path: str = "pk"

    def read(self, given: Given, organ: str) -> Condition | None:
        text = read_text(given, self.name, self.title)
        if not normal(text):
            return None

        def found() -> QuerySet:
            return matching(organ=organ, kind=self.kind, fields=self.fields, fragment=text)

        return Condition(
            self,
            gettext("含“%(text)s”") % {"text": text},
            lambda rows: rows.filter(**{f"{self.path}__in": found().values("key")}),
            keys=found,
            few=lambda rows: rows.filter(self.beside(organ, text)),
        )

    def beside(self, organ: str, text: str) -> Exists:
        """The same, looked up row by row: the tokens stand in the entry just as the index has them."""
        entries = SearchEntry.objects.filter(organ=organ, kind=self.kind, key=OuterRef(self.path))
        asked = SearchEntry.objects.none()
        for field in self.fields:
            tokens, _ = phrase(self.kind, field, text)
            asked = asked | entries.filter(grams__contains=" ".join(tokens))
        return Exists(asked)

    def inputs(self, given: Given, organ: str) -> list[Input]:
        return [Input(self.name, self.title, "text", first(given, self.name))]
