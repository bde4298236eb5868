"""The bank's file in the browser: choose it, see what it would do, confirm; give a held payment its case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.errors import InvalidAct, StepRefused
from yifa.casework.cases.forms.typed import LENGTHS, fault, tidy
from yifa.casework.cases.queries import is_within_reach
from yifa.casework.execution import actions
from yifa.casework.execution.bank_file import HEAD, LARGEST, read
from yifa.casework.execution.errors import ExecutionError, NotPermitted
from yifa.casework.execution.matching import WORDS, Checked, check
from yifa.casework.execution.models import HELD, BankPayment, BankUpload
from yifa.casework.execution.permissions import check_can_take_in
from yifa.ledger import clock
from yifa.ledger.actions import Actor, actor_of
from yifa.listing.columns import yuan
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.exports import BOM
from yifa.registry.organs.models import Organ

SHOWN = 500


def roles_of(request: HttpRequest) -> set[str]:
    """Of the person and of the account."""
    user = request.user
    roles = {role for role in user.roles.split("|") if role}
    if user.person is not None and user.person.organ_id == user.organ_id:
        roles |= set(user.person.role_keys())
    return roles


def organ_of(request: HttpRequest) -> Organ:
    """The organ whose payments this person may take in. Raises PermissionDenied."""
    code = organ_code_of(request)
    try:
        check_can_take_in(roles_of(request), getattr(request, "reach", None))
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    return Organ.objects.get(code=code)


def taker(request: HttpRequest, organ: Organ) -> Actor:
    roles = roles_of(request)
    role = next(one for one in ("handler", "head", "office") if one in roles)
    return actor_of(request.user, role=role, organ=organ.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST: keep it and show what it would do; 422 without a file."""
    organ = organ_of(request)
    if request.method != "POST":
        return render(request, "execution/new_file.html", {"head": HEAD})
    sent = request.FILES.get("book")
    message = ""
    if sent is None or not sent.size:
        message = gettext("请先选择银行的缴款文件（CSV）。")
    elif sent.size > LARGEST:
        message = gettext("文件超过 1 MB，请按日期分成几个文件上传。")
    if message:
        return render(request, "execution/new_file.html", {"head": HEAD, "message": message}, status=422)
    name = Path("".join(char for char in sent.name if char.isprintable())).name or "缴款.csv"
    upload = actions.receive(organ=organ, name=name, body=sent.read(), actor=taker(request, organ))
    return see_other(reverse("bank-file", args=[upload.pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, number: int) -> HttpResponse:
    """What the file would do, checked now; POST takes it in (303), 422 where it is faulty, 409 where things changed."""
    organ = organ_of(request)
    upload = BankUpload.objects.filter(organ=organ, pk=number).first()
    if upload is None:
        raise Http404
    if request.method != "POST":
        return page(request, upload)
    if upload.taken_in_at:
        return see_other(reverse("bank-file", args=[upload.pk]))
    try:
        actions.take_in(upload=upload, expected=request.POST.get("expected", ""), actor=taker(request, organ))
    except ExecutionError as error:
        faulty = isinstance(error, actions.FileFaulty)
        return page(request, upload, message=str(error), status=422 if faulty else 409)
    return see_other(f"{reverse('bank-file', args=[upload.pk])}?done=1")


def page(request: HttpRequest, upload: BankUpload, *, message: str = "", status: int = 200) -> HttpResponse:
    checked: Checked = check(upload.organ_id, read(bytes(upload.body), clock.today()))
    counts = upload.summary if upload.taken_in_at else checked.counts
    context: dict[str, Any] = {
        "upload": upload, "checked": checked, "message": message, "faults": checked.faults[:SHOWN],
        "fault_count": len(checked.faults), "new_count": len(checked.new), "total": len(checked.matches), "shown": SHOWN,
        "rows": [(one, yuan(one.row.amount_fen)) for one in checked.matches[:SHOWN]],
        "counts": [(WORDS[name], count) for name, count in counts.items()],
        "sum": yuan(sum(one.row.amount_fen for one in checked.new)), "done": "done" in request.GET and request.method != "POST",
        "waiting": upload.summary.get(HELD, 0),
    }  # fmt: skip
    return render(request, "execution/file.html", context, status=status)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with the four heads."""
    organ_of(request)
    answer = HttpResponse(f"{BOM}{HEAD}\r\n", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bank-file.csv"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment; POST enters a held one under the decision it is for."""
    organ_code, reach = organ_code_of(request), getattr(request, "reach", None)
    found = BankPayment.objects.select_related("case").filter(organ_id=organ_code, pk=pk).first()
    if found is None or not seen(found, reach):
        raise Http404
    if request.method != "POST":
        return payment_page(request, found)
    organ = organ_of(request)
    number = tidy(request.POST.get("number", ""))
    if not number:
        return payment_page(request, found, wrong=gettext("请填写决定书文号。"), status=422)
    if said := fault("决定书文号", number, LENGTHS["number"]):
        return payment_page(request, found, wrong=said, status=422)
    try:
        actions.settle(organ=organ, pk=found.pk, number=number, actor=taker(request, organ))
    except actions.NoSuchDecision as error:
        return payment_page(request, found, wrong=str(error), status=422)
    except (ExecutionError, StepRefused, InvalidAct) as error:
        found.refresh_from_db()
        return payment_page(request, found, said=str(error), status=409)
    return see_other(f"{reverse('bank-payment', args=[found.pk])}?done=1")


def seen(found: BankPayment, reach: Any) -> bool:
    """A payment nobody has given a case is seen by those who see the whole organ."""
    if reach is None or reach.whole_organ:
        return True
    return bool(found.case_id) and is_within_reach(found.case_id, reach)


def payment_page(
    request: HttpRequest, found: BankPayment, *, wrong: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    try:
        check_can_take_in(roles_of(request), getattr(request, "reach", None))
        may = True
    except NotPermitted:
        may = False
    context = {
        "payment": found, "amount": yuan(found.amount_fen), "held": found.state == HELD, "may_settle": may and found.state == HELD,
        "wrong": wrong, "said": said, "typed": request.POST.get("number", found.number),
        "done": "done" in request.GET and request.method != "POST",
    }  # fmt: skip
    return render(request, "execution/payment.html", context, status=status)
