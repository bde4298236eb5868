"""The texts of the sixty forms at the desk: read them, revise one with a preview, publish it as the next edition."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.instruments import actions
from yifa.casework.instruments.errors import NotPermitted
from yifa.casework.instruments.models import TemplateEdition
from yifa.casework.instruments.papers import paper
from yifa.casework.instruments.permissions import can, check_can_publish
from yifa.casework.instruments.queries import edition_in_force
from yifa.casework.instruments.views import person_of, writer
from yifa.law.forms.definitions import Definition, columns, definitions, fields
from yifa.law.forms.language import TextWrong, parse
from yifa.ledger.clock import today
from yifa.ledger.written import written_day
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.organs.models import Organ


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All forms with the edition in force today."""
    organ = organ_code_of(request)
    on = today()
    rows = [(one, edition_in_force(organ, one.id, on)[0]) for one in definitions().values()]
    return render(request, "instruments/templates.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, form: str) -> HttpResponse:
    """One text. POST do=preview shows what is typed, do=publish makes it the next edition (303)."""
    organ = organ_code_of(request)
    kind = definitions().get(form)
    if kind is None:
        return render(request, "instruments/unknown.html", {"no": "", "paper": form}, status=404)
    if request.method != "POST":
        return page(request, kind, edition_in_force(organ, form, today())[1])
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")
    if request.POST.get("do") != "publish":
        part = "instruments/_template_preview.html" if request.headers.get("HX-Request") else ""
        return page(request, kind, text, part=part)
    person = person_of(request, organ)
    try:
        check_can_publish(person)
        valid_from = written_day(request.POST.get("valid_from", "").strip())
        if valid_from < today():
            raise ValueError("earlier than today")
        actions.publish_edition(
            organ=Organ.objects.get(pk=organ), form=form, text=text, valid_from=valid_from, note=request.POST.get("note", "").replace("\x00", "").strip(),
            by=(person or {})["id"], actor=writer(request, organ, person),
        )  # fmt: skip
    except NotPermitted as error:
        return page(request, kind, text, said=str(error), status=403)
    except TextWrong:
        return page(request, kind, text, status=422)
    except ValueError:
        return page(
            request,
            kind,
            text,
            wrong={"valid_from": "请填写施行日期，今天或者以后，写成 2026-12-01"},
            status=422,
        )
    return see_other(f"{reverse('template', args=[form])}?done=publish")


def page(
    request: HttpRequest, kind: Definition, text: str, *, part: str = "", said: str = "", status: int = 200,
    wrong: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    organ = Organ.objects.get(pk=organ_code_of(request))
    faults: list[tuple[int, str]] = []
    shown: dict[str, Any] | None = None
    try:
        lines = parse(text, columns())
        shown = paper(kind=kind, lines=lines, values=example(), organ=organ.name)
    except TextWrong as error:
        faults = error.problems
    words = dict(wrong or {})
    if faults:
        words["text"] = gettext("第 %(line)s 行：%(fault)s") % {"line": faults[0][0], "fault": faults[0][1]}
    context = {
        "kind": kind, "text": text, "faults": faults, "shown": shown, "said": said, "wrong": words,
        "problems": [(Problem(name, one), True) for name, one in words.items()] if status == 422 else [],
        "fields": fields().values(), "valid_from": request.POST.get("valid_from", today().isoformat()),
        "note": request.POST.get("note", ""), "may_publish": can(check_can_publish, person_of(request, organ.code)),
        "editions": TemplateEdition.objects.filter(organ=organ, form=kind.id).order_by("-serial"),
        "done": request.GET.get("done"),
    }  # fmt: skip
    return render(request, part or "instruments/template.html", context, status=status)


def example() -> dict[str, Any]:
    """Values that stand for themselves: each field shows its name."""
    told: dict[str, Any] = {}
    for one in fields().values():
        told[one.label] = {
            "money": 200_000, "date": "2021-09-01", "moment": "2021-09-01T09:30", "rows": [[f"〔{name}〕" for name in one.columns]],
        }.get(one.type, f"〔{one.label}〕")  # fmt: skip
    return told
