"""The evaluation of a case (案卷评查): the sheet of law/evaluation as a page, CSV and JSON. It only reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import assemble, get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.law.evaluation import Evaluation, Line, Reason, evaluate
from yifa.law.events import KINDS
from yifa.law.packs import title_of
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of
from yifa.listing.exports import BOM, neutral
from yifa.listing.exports import Line as CsvLine
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of

READERS = frozenset({"handler", "head", "reviewer", "supervisor"})
NOT_YOURS = gettext_noop("案卷评查由承办人、负责人、法制审核人员和监督人员查看。需要查看，请联系他们。")
STATE_WORDS = (
    gettext_noop("已得"), gettext_noop("扣分"), gettext_noop("待完成"), gettext_noop("不涉及"), gettext_noop("须人工核对"),
    gettext_noop("没有评"), gettext_noop("未发现"), gettext_noop("否决"),
    gettext_noop("优秀"), gettext_noop("良好"), gettext_noop("合格"), gettext_noop("不合格"),
    gettext_noop("主体与管辖"), gettext_noop("事实与证据"), gettext_noop("法律适用与裁量"), gettext_noop("程序"),
    gettext_noop("文书"), gettext_noop("执行"), gettext_noop("公开与归档"),
)  # fmt: skip
BADGES = {
    "lost": "badge-bad",
    "pending": "badge-warn",
    "earned": "badge-ok",
    "by_hand": "badge-warn",
    "unjudged": "badge-warn",
}
HEADS = (
    "部分",
    "项目",
    "查看内容",
    "依据",
    "分值",
    "扣分",
    "状态",
    "环节",
    "问题",
    "问题依据",
    "补救",
    "规则",
    "没有评的规则",
)
VETO = "一票否决"


@dataclass(frozen=True)
class ShownReason:
    """A reason with the act it stands on (None: the running case)."""

    reason: Reason
    act: Act | None

    @property
    def act_words(self) -> str:
        return KINDS[self.act.kind].label if self.act else ""

    @property
    def unconfirmed(self) -> list[tuple[str, str]]:
        return [(name, title_of(name)) for name in self.reason.assumed]


@dataclass(frozen=True)
class ShownLine:
    line: Line
    reasons: list[ShownReason]

    @property
    def badge(self) -> str:
        return BADGES.get(self.line.state, "")


@login_required
@require_safe
def evaluation(request: HttpRequest, no: str) -> HttpResponse:
    """A closed case is evaluated, an open one previewed, at this moment."""
    try:
        case, ordered, found = judged(request, no)
    except UnknownCase:
        return unknown(request, no)
    context = {
        "case": case, "found": found,
        "vetoes": [shown(line, ordered) for line in found.vetoes],
        "parts": [(part, [shown(line, ordered) for line in part.lines]) for part in found.parts],
        "unconfirmed": [(name, title_of(name)) for name in found.assumed],
    }  # fmt: skip
    return render(request, "cases/evaluation.html", context)


@login_required
@require_safe
def as_csv(request: HttpRequest, no: str) -> HttpResponse:
    """The sheet, a line for each reason and for each entry without one."""
    try:
        case, ordered, found = judged(request, no)
    except UnknownCase:
        return unknown(request, no)
    writer = csv.writer(CsvLine())
    rows = [HEADS, *(row for part, line in all_lines(found) for row in csv_rows(part, line, ordered))]
    text = BOM + "".join(writer.writerow([neutral(str(cell)) for cell in row]) for row in rows)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="evaluation-{case.no}.csv"'
    return answer


@login_required
@require_safe
def as_json(request: HttpRequest, no: str) -> HttpResponse:
    try:
        found = judged(request, no)[2]
    except UnknownCase:
        return unknown(request, no)
    return JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False})


def judged(request: HttpRequest, no: str) -> tuple[Case, list[Act], Evaluation]:
    """The case, its acts in order, its evaluation now. Raises UnknownCase, PermissionDenied."""
    organ = organ_code_of(request)
    case, staff = get_case(organ, no), staff_of(organ)
    person = logged_in(staff, staff_no_of(request), request.user.roles)
    roles = set(person["roles"]) if person else set(request.user.roles.split("|"))
    if not roles & READERS:
        raise PermissionDenied(NOT_YOURS)
    ordered, raw = assemble(case, case.acts.all(), staff)
    return case, ordered, evaluate(read_record(raw), now())


def shown(line: Line, ordered: list[Act]) -> ShownLine:
    reasons = [
        ShownReason(reason, None if reason.event is None else ordered[reason.event])
        for reason in line.reasons
    ]
    return ShownLine(line, reasons)


def all_lines(found: Evaluation) -> Iterator[tuple[str, Line]]:
    """Every line with the name of its part."""
    yield from ((VETO, line) for line in found.vetoes)
    yield from ((part.part.title, line) for part in found.parts for line in part.lines)


def csv_rows(part: str, line: Line, ordered: list[Act]) -> Iterator[tuple[object, ...]]:
    entry = line.entry
    head = (part, entry.title, entry.looks_at, entry.article)
    points = (entry.points, line.lost) if entry.section else ("", "")
    unjudged = "；".join(line.unjudged)
    if not line.reasons:
        yield (*head, *points, line.state_words, "", "", "", "", "、".join(entry.rules), unjudged)
    for one in shown(line, ordered).reasons:
        reason = one.reason
        yield (
            *head, *points, line.state_words, one.act_words, reason.message, reason.article, reason.remedy,
            reason.rule, unjudged,
        )  # fmt: skip
