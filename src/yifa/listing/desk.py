"""What the views of every room need of a request: whose organ it is, and the answer after a POST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse


def organ_code_of(request: HttpRequest) -> str:
    """The organ of the person logged in. Raises PermissionDenied for an account without one."""
    code = getattr(request, "organ_code", request.user.organ_id)
    if code is None:
        raise PermissionDenied("您的账号还没有归属机关。请联系系统管理员在账号中填写机关。")
    return code


def see_other(to: str, *arguments: Any) -> HttpResponse:
    """303 to an address or a named page: the form was sent, and loading the next page again sends nothing."""
    # `redirect` looks for a page of that name first, of an address too
    answer = HttpResponseRedirect(to if to.startswith("/") else reverse(to, args=arguments))
    answer.status_code = 303
    return answer


def kept_typing(request: HttpRequest) -> QueryDict | None:
    """What was typed here before the session ended. Who asks fills the form with it: it is not shown beside as well."""
    typed = getattr(request, "kept_typing", None)
    request.kept_filled = typed is not None
    return typed
