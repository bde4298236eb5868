"""导入台账 in the browser: choose a file, see what it would do, confirm."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yifa.intake.workbook.actions import AnswerChanged, ChangedMeanwhile, NotAWorkbook
from yifa.intake.workbook.jobs import AT_ONCE, import_later, rows_to_write
from yifa.intake.workbook.models import Upload
from yifa.intake.workbook.permissions import check_can_import
from yifa.intake.workbook.template import write_template
from yifa.intake.workbook.uploads import FileGone, confirm, receive
from yifa.ledger.actions import actor_of
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.exports import BOM, Line, neutral
from yifa.registry.organs.models import Organ

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


def organ_of(request: HttpRequest) -> Organ:
    """The organ for which the person logged in may import. Raises PermissionDenied."""
    code = organ_code_of(request)
    check_can_import(request)
    return Organ.objects.get(code=code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST: check it, then its page; 422 for what is no workbook."""
    organ = organ_of(request)
    if request.method != "POST":
        return render(request, "workbook/new.html")
    sent = request.FILES.get("book")
    if sent is None:
        return render(request, "workbook/new.html", {"message": _("请先选择一个 .xlsx 文件。")}, status=422)
    name = Path("".join(char for char in sent.name if char.isprintable())).name or "台账.xlsx"
    try:
        upload = receive(
            name=name,
            size=sent.size,
            chunks=sent.chunks(),
            organ=organ,
            actor=actor_of(request.user, role="office", organ=organ.code),
        )
    except NotAWorkbook as error:
        return render(request, "workbook/new.html", {"message": str(error)}, status=422)
    return see_other(reverse("import", args=[upload.pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, number: int) -> HttpResponse:
    """What the file would do; POST imports it, 409 where the answer has changed since."""
    organ = organ_of(request)
    upload = upload_of(organ, number)
    if request.method != "POST":
        return page(request, upload)
    if upload.imported_at:
        return see_other(reverse("import", args=[upload.pk]))
    if upload.answer["problems"]:
        return page(
            request, upload, status=422, message=_("台账还有问题，没有导入任何内容。请改正后重新上传。")
        )
    if rows_to_write(upload) > AT_ONCE:
        job = import_later(
            upload,
            organ,
            actor_of(request.user, role="office", organ=organ.code),
            request.user.get_username(),
        )
        return see_other(reverse("job", args=[job.pk]))
    try:
        confirm(upload, organ, actor_of(request.user, role="office", organ=organ.code))
    except (AnswerChanged, ChangedMeanwhile, FileGone) as error:
        upload.refresh_from_db()
        return page(request, upload, status=409, message=str(error))
    return see_other(reverse("import", args=[upload.pk]))


def upload_of(organ: Organ, number: int) -> Upload:
    """Raises Http404 for another organ's as for none."""
    upload = Upload.objects.filter(organ=organ, pk=number).first()
    if upload is None:
        raise Http404
    return upload


def page(request: HttpRequest, upload: Upload, *, status: int = 200, message: str = "") -> HttpResponse:
    answer = upload.answer
    problems = answer["problems"]
    changes = any(one["new"] + one["changed"] for one in answer["imported"].values())
    context = {
        "upload": upload, "message": message, "answer": answer, "problems": problems[:SHOWN],
        "problem_count": len(problems), "changes": changes,
    }  # fmt: skip
    return render(request, "workbook/upload.html", context, status=status)


@login_required
@require_safe
def problems_csv(request: HttpRequest, number: int) -> HttpResponse:
    """All problems of the file, a line each."""
    upload = upload_of(organ_of(request), number)
    writer = csv.writer(Line())
    lines = [BOM + writer.writerow(["表", "单元格", "问题", "怎么改", "代码"])]
    for one in upload.answer["problems"]:
        texts = (one[key] for key in ("sheet", "cell", "message", "remedy", "code"))
        lines.append(writer.writerow([neutral(text) for text in texts]))
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="problems-{upload.pk}.csv"'
    return answer


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    organ_of(request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path)
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="template.xlsx"'
    return answer
