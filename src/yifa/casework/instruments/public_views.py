"""`/v/`: to everyone who holds a paper, whether we sealed it and whether it stands. Nothing of its contents is told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yifa.casework.instruments.codes import code_of, content_beginning
from yifa.casework.instruments.models import CORRECTED, Instrument
from yifa.casework.instruments.queries import corrected_by, sealed_with

WRONG = "核验码是二维码旁边的 8 个字符，没有 0、O、1、I。请照文书再输入一次。"
NONE = (
    "没有用这个核验码的文书。请核对是否输错；输入无误的，这件文书不是本机关出具的，请保留原件并与机关联系。"
)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The form; with `?code=`, the page of that code."""
    typed = request.GET.get("code", "").strip()[:40]
    if not typed:
        return render(request, "instruments/verify.html", {})
    try:
        return redirect("paper-verified", code=code_of(content_beginning(typed)))
    except ValueError:
        return render(request, "instruments/verify.html", {"typed": typed, "said": WRONG}, status=422)


@require_safe
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What stands behind a code: 404 where nothing does, the withdrawal with 200."""
    try:
        beginning = content_beginning(code)
    except ValueError:
        return render(request, "instruments/verify.html", {"typed": code[:40], "said": WRONG}, status=404)
    papers = sealed_with(beginning)
    if not papers:
        return render(request, "instruments/verify.html", {"typed": code[:40], "said": NONE}, status=404)
    found = [(paper, now_in_force(paper)) for paper in papers]
    return render(request, "instruments/verify.html", {"typed": code_of(beginning), "papers": found})


def now_in_force(paper: Instrument) -> tuple[Instrument, str] | None:
    """The paper that corrects this one, with its code; None where none does."""
    later = corrected_by(paper) if paper.state == CORRECTED else None
    return later and (later, code_of(later.content))
