"""The evidence of a case: by fact to be proved, by kind or by time; the fact matrix; the list as CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.evidence.errors import NotPermitted
from yifa.casework.evidence.models import FORMS
from yifa.casework.evidence.permissions import can, check_can_add, check_can_read
from yifa.casework.evidence.queries import Fact, Item, facts_of, items_of, recordings_of
from yifa.law.labels import label, labels
from yifa.ledger.actions import Actor, actor_of
from yifa.ledger.clock import SHANGHAI
from yifa.listing.desk import organ_code_of
from yifa.listing.exports import BOM, Line, neutral
from yifa.registry.people.queries import staff_of

BY = {"fact": "按证明对象", "kind": "按种类", "time": "按时间"}
HEADS = (
    "编号", "种类", "证明对象", "取得时间", "取证人", "已查证", "来源合法", "文件", "原件或复制件", "大小(字节)", "SHA-256", "SM3",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A case as who is logged in sees it: the case, its acts, the people, and who looks (None: nobody of the organ)."""

    case: Case
    acts: list[Act]
    staff: dict[str, dict[str, Any]]
    person: dict[str, Any] | None

    @property
    def names(self) -> dict[str, str]:
        return {key: one["name"] for key, one in self.staff.items()}


def seen_by(request: HttpRequest, no: str) -> Seen:
    """Raises UnknownCase; PermissionDenied with the reason for who may not look at evidence."""
    organ = organ_code_of(request)
    case = get_case(organ, no)
    staff = staff_of(organ)
    person = logged_in(staff, staff_no_of(request), request.user.roles)
    own = getattr(request.user, "person", None)
    roles = {
        *(person["roles"] if person else ()),
        *request.user.roles.split("|"),
        *(own.role_keys() if own else ()),
    }
    try:
        check_can_read(roles)
    except NotPermitted as error:
        raise PermissionDenied(gettext(str(error))) from error
    return Seen(case, acts_of(case), staff, person)


def keeper(request: HttpRequest, seen: Seen) -> Actor:
    roles = seen.person["roles"] if seen.person else request.user.roles.split("|")
    role = next((one for one in ("handler", "reviewer", "head") if one in roles), roles[0] if roles else "")
    return actor_of(request.user, role=role, organ=seen.case.organ_id)


@login_required
@require_safe
def evidence(request: HttpRequest, no: str) -> HttpResponse:
    """All evidence with what it proves. `?by=fact|kind|time`, `?show=unchecked`."""
    try:
        seen = seen_by(request, no)
    except UnknownCase:
        return unknown(request, no)
    items = items_of(seen.case, seen.acts)
    by = request.GET.get("by", "fact")
    by = by if by in BY else "fact"
    unchecked = [item for item in items if item.unchecked]
    only = request.GET.get("show") == "unchecked"
    facts = facts_of(seen.case, items)
    context = {
        "case": seen.case, "items": items, "by": by, "ways": BY.items(), "only": only, "unchecked": len(unchecked),
        "groups": groups(by, unchecked if only else items, seen.case), "facts": facts, "matrix": matrix(facts, items),
        "unproved": sum(fact.listed and not fact.items for fact in facts), "names": seen.names,
        "recordings": recordings_of(seen.case), "may_add": can(check_can_add, seen.person, seen.case, seen.acts),
    }  # fmt: skip
    return render(request, "evidence/evidence.html", context)


def groups(by: str, items: Sequence[Item], case: Case) -> list[tuple[str, list[Item], bool]]:
    """(title, items, whether an empty one is a fault) of each group."""
    if by == "time":
        return [("", sorted(items, key=lambda item: (item.act.at, item.seq)), False)]
    if by == "kind":
        kinds = labels("evidence_kind")
        found = [
            (words, [item for item in items if item.kind == kind], False) for kind, words in kinds.items()
        ]
        return [group for group in found if group[1]]
    return [(fact.words, fact.items, fact.listed) for fact in facts_of(case, items)]


def matrix(facts: Sequence[Fact], items: Sequence[Item]) -> list[tuple[Fact, list[Item | None]]]:
    """A row for each fact: the item where it proves it, None where not."""
    return [(fact, [item if item in fact.items else None for item in items]) for fact in facts]


@login_required
@require_safe
def as_csv(request: HttpRequest, no: str) -> HttpResponse:
    """The list of evidence (证据目录): a line for each file, one for evidence without a file."""
    try:
        seen = seen_by(request, no)
    except UnknownCase:
        return unknown(request, no)
    writer = csv.writer(Line())
    lines = [BOM + writer.writerow(HEADS)]
    for item in items_of(seen.case, seen.acts):
        lines += [writer.writerow([neutral(str(cell)) for cell in row]) for row in rows_of(item, seen.names)]
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="evidence-{seen.case.no}.csv"'
    return answer


def rows_of(item: Item, names: dict[str, str]) -> list[list[Any]]:
    data = item.act.data
    common = [
        item.name, item.kind_words, "；".join(item.proves), f"{item.act.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        "、".join(names.get(who, who) for who in item.act.by), label("boolean", data["verified"]),
        label("boolean", data["lawful_source"]),
    ]  # fmt: skip
    files = [[one.name, FORMS[one.form], one.size, one.sha256, one.sm3] for one in item.files]
    return [[*common, *file] for file in files or [["", "", "", "", ""]]]
