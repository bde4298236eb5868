"""The list of legal reviews (法律审查)."""

from django.db.models import QuerySet

from yifa.governance.counsel.models import LegalReview, ReviewOpinion, ReviewSubject
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.registry.people.queries import names_of
from yifa.registry.people.reach import ASSIGNED, Reach

KINDS = dict(ReviewSubject.choices)
OPINIONS = dict(ReviewOpinion.choices)


def asked_of(rows: QuerySet, reach: Reach) -> QuerySet:
    """Counsel sees the reviews asked of counsel; everyone else those of the organ."""
    return rows.filter(reviewed_by__staff_no=reach.staff_no) if reach.kind == ASSIGNED else rows


LEGAL_REVIEWS = register(
    ListPage(
        slug="legal-reviews",
        title="法律审查",
        base=lambda organ: LegalReview.objects.filter(organ_id=organ),
        narrow=asked_of,
        filters=(
            Text("name", "名称"),
            Choice("kind", "类型", KINDS),
            Choice("opinion", "意见", OPINIONS),
            Choice("reviewer", "审查人", names_of, source="reviewed_by__staff_no"),
            Days("on", "日期"),
        ),
        front=("name", "kind", "opinion"),
        grains=(
            Grain(
                title="按件",
                unit="件",
                columns=(
                    Column("name", "名称"),
                    Column("on", "日期"),
                    Column("kind", "类型", words=KINDS),
                    Column("reviewed_by", "审查人", "reviewed_by__name"),
                    Column("opinion", "意见", words=OPINIONS),
                ),
                record_key=lambda row: f"legal_review:{row['on']}/{row['name']}",
                key_fields=("on", "name"),
                order=("-on", "name"),
            ),
        ),
    )
)
