"""Past cases of the same matter beside a case: those most alike, and how far its fine lies from theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import within_reach
from yifa.law.discretion import Comparison, Worksheet, compared
from yifa.law.labels import label
from yifa.registry.people.reach import Reach

SHOWN = 5
CONSIDERED = 500
DECISIONS = ("decision_made", "summary_decision_made")


@dataclass(frozen=True)
class LikeCase:
    """A past case with what it was fined for. `shared`: what it has in common, in words; `points`: how much."""

    no: str
    party_kind: str
    tier: str
    circumstances: str
    fine_fen: int
    decided_on: datetime
    shared: str
    points: int


def like_cases(
    case: Case, sheet: Worksheet, at: datetime, reach: Reach | None = None
) -> tuple[list[LikeCase], Comparison | None]:
    """(the nearest past cases, newest first among equals; the comparison with all of the same grade and kind of party).

    The comparison is a figure of the organ; a case is named only to who sees it (`reach`). Two queries, or three.
    """
    past = (
        Act.objects.filter(organ_id=case.organ_id, case__matter=case.matter, kind__in=DECISIONS, at__lt=at)
        .exclude(case=case.no)
        .select_related("case")
        .order_by("-at")[:CONSIDERED]
    )
    found = [like for act in past if (like := likeness(case, sheet, act))]
    nearest = sorted(seen(found, reach), key=lambda one: -one.points)[:SHOWN]
    if sheet.fine_fen is None:
        return nearest, None
    kind, tier = label("party_kind", case.party_kind), label("tier", sheet.tier)
    others = [one.fine_fen for one in found if one.party_kind == kind and one.tier == tier]
    return nearest, compared(sheet.fine_fen, others)


def seen(found: list[LikeCase], reach: Reach | None) -> list[LikeCase]:
    if reach is None or reach.whole_organ:
        return found
    known = set(within_reach(Case.objects.all(), reach).values_list("no", flat=True))
    return [one for one in found if one.no in known]


def likeness(case: Case, sheet: Worksheet, act: Act) -> LikeCase | None:
    """How a decision of the past resembles this case; None where it imposed no fine."""
    fine = (act.data.get("penalty") or {}).get("fine_fen", 0)
    if act.data.get("outcome", "penalty") != "penalty" or not fine:
        return None
    tier, other = act.data.get("tier") or "", act.case
    shared = []
    if tier == sheet.tier:
        shared.append((3, "阶次相同"))
    if other.party_kind == case.party_kind:
        shared.append((2, "当事人种类相同"))
    own, theirs = (set(one.violation.get("circumstances", ())) for one in (case, other))
    if own == theirs:
        shared.append((2, "情节相同"))
    if other.violation.get("harm") == case.violation.get("harm"):
        shared.append((1, "危害后果相同"))
    if bool(other.violation.get("first_offence")) == bool(case.violation.get("first_offence")):
        shared.append((1, "是否初次违法相同"))
    return LikeCase(
        no=other.no,
        party_kind=label("party_kind", other.party_kind),
        tier=label("tier", tier) if tier else "未记入",
        circumstances=circumstance_words(theirs),
        fine_fen=fine,
        decided_on=act.at,
        shared="、".join(words for _, words in shared) or "只有事项相同",
        points=sum(points for points, _ in shared),
    )


def circumstance_words(keys: Iterable[str]) -> str:
    return "、".join(label("circumstance", key) for key in sorted(keys)) or "无"
