"""What a search answers, in groups: acts of this case, cases, people, articles, pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.page import case_page
from yifa.casework.cases.queries import is_within_reach
from yifa.ledger.clock import SHANGHAI
from yifa.listing.registry import all_pages
from yifa.listing.search import find
from yifa.listing.search.grams import normal
from yifa.listing.search.pinyin import initials
from yifa.listing.search.sources import all_sources
from yifa.registry.people.reach import Reach
from yifa.site.lookup.articles import found_articles

SHOWN = 8


@dataclass(frozen=True)
class Found:
    """One line; without an address it is only read."""

    words: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    items: list[Found]


@dataclass(frozen=True)
class Reader:
    """Who searches: organ, staff number where the account is a person's, roles of the account."""

    organ: str
    staff_no: str | None
    roles: str
    reach: Reach | None = None

    @property
    def limited(self) -> bool:
        return self.reach is not None and not self.reach.whole_organ


def groups(text: str, *, case_no: str, reader: Reader, at: datetime) -> list[Group]:
    """Groups with something in them, in the order they are shown."""
    every = [Group("acts", _("可办事项"), acts(text, case_no, reader, at))]
    for source in all_sources():
        among = source.within(reader.reach) if source.within and reader.limited else None
        hits = find(organ=reader.organ, kind=source.kind, fragment=text, limit=SHOWN, among=among)
        items = [Found(hit.title, hit.detail, source.url(hit.key)) for hit in hits]
        every.append(Group(source.kind, source.title, items))
    day = at.astimezone(SHANGHAI).date()
    articles = [Found(*pair) for pair in found_articles(text, on=day, limit=SHOWN)]
    every += [Group("articles", _("条文"), articles), Group("pages", _("页面"), pages(text, day.year))]
    rank = {"acts": 0, "case": 1, "person": 2}
    return [group for group in sorted(every, key=lambda one: rank.get(one.key, 3)) if group.items]


def acts(text: str, case_no: str, reader: Reader, at: datetime) -> list[Found]:
    """What may be done now in this case by the reader; nothing for a case of another organ or beyond reach."""
    if not case_no or (reader.reach is not None and not is_within_reach(case_no, reader.reach)):
        return []
    try:
        page = case_page(reader.organ, case_no, at, staff_no=reader.staff_no, extra_roles=reader.roles)
    except UnknownCase:
        return []
    mine = [offer for offer in page.can if not offer.not_mine and fits(text, offer.act.label)]
    return [
        Found(offer.act.label, offer.act.article, reverse("case-do", args=[case_no, offer.slug]))
        for offer in mine[:SHOWN]
    ]


def pages(text: str, year: int) -> list[Found]:
    known = [
        (_("工作台"), reverse("workbench")),
        *((page.title, page.url({})) for page in all_pages()),
        (_("年度报告"), reverse("reports")),
        (_("登记线索"), reverse("case-new")),
        (_("导入台账"), reverse("import-new")),
        (_("补录纸质案卷"), reverse("paper-dossier-new")),
    ]
    return [Found(title, "", url) for title, url in known if fits(text, str(title))][:SHOWN]


def fits(text: str, title: str) -> bool:
    """Part of the title, or of the first letters of its pinyin; everything fits where nothing was typed."""
    wanted = normal(text)
    return wanted in normal(title) or (wanted.isascii() and len(wanted) > 1 and wanted in initials(title))


def count(found: Iterable[Group]) -> int:
    return sum(len(group.items) for group in found)
