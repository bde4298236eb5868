"""Cases as they are found by a fragment: by 案号, address, party, and the first letters of the party's pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import within_reach
from yifa.listing.search import Entry, Source, keep, register_source
from yifa.listing.search.pinyin import initials

READ = ("organ_id", "no", "number", "party_name", "party_kind")


def entry_of(case: Case) -> Entry:
    name = case.party_name
    letters = initials(name, person=case.party_kind in ("citizen", "sole_trader"))
    texts = (("number", case.number), ("number", case.no), ("name", name), ("initials", letters))
    return Entry(case.organ_id, "case", case.no, name, case.number, texts)


def index_cases(cases: Iterable[Case]) -> None:
    """Called where a case is opened or its head changes, in the same transaction."""
    keep(entry_of(case) for case in cases)


def entries() -> Iterator[Entry]:
    for case in Case.objects.only(*READ).order_by("year", "serial").iterator(chunk_size=2000):
        yield entry_of(case)


register_source(
    Source(
        "case",
        "案件",
        entries,
        lambda: Case.objects.exists(),
        lambda key: f"/desk/cases/{key}/",
        within=lambda reach: within_reach(Case.objects.all(), reach).values("no"),
    )
)
