"""My jobs, one job, and the three things one can do: ask for a recheck, call off, try again."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from yifa.casework.cases.jobs import RECHECK
from yifa.jobs import actions
from yifa.jobs.errors import JobRefused, UnknownJob
from yifa.jobs.models import Job
from yifa.jobs.queries import job_of, jobs_of, open_job
from yifa.listing.desk import organ_code_of, see_other
from yifa.site.jobs.page import JobPage, job_page
from yifa.site.jobs.permissions import NO_RECHECK, NOT_YOURS, can_recheck, can_see, is_admin

SHOWN = 50


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Those of the person logged in, of everybody for the system administrator."""
    organ = organ_code_of(request)
    admin = is_admin(request.user)
    found = jobs_of(organ, None if admin else request.user.get_username())[:SHOWN]
    context = {
        "pages": [job_page(job) for job in found],
        "admin": admin,
        "may_recheck": can_recheck(request.user),
        "under_way": open_job(organ, RECHECK),
        "token": uuid4().hex,
    }
    return render(request, "jobs/jobs.html", context)


def seen(request: HttpRequest, job_id: int) -> Job:
    """Raises UnknownJob, PermissionDenied."""
    job = job_of(organ_code_of(request), job_id)
    if not can_see(request.user, job):
        raise PermissionDenied(NOT_YOURS)
    return job


@login_required
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """The whole page; to htmx the part that changes."""
    try:
        page = job_page(seen(request, job_id))
    except UnknownJob:
        return unknown(request)
    return shown(request, page, "jobs/_job.html" if request.headers.get("HX-Request") else "jobs/job.html")


def shown(request: HttpRequest, page: JobPage, template: str, **more: object) -> HttpResponse:
    answer = render(request, template, {"page": page, **more}, status=409 if "refused" in more else 200)
    # one address, two answers: Back must not find the part in the browser's cache
    answer["Vary"] = "HX-Request, Cookie"
    return answer


def unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "jobs/unknown.html", status=404)


@login_required
@require_POST
def recheck(request: HttpRequest) -> HttpResponse:
    """All open cases of the organ; one such job at a time. The form's token makes a second click the same job."""
    organ_code_of(request)
    if not can_recheck(request.user):
        raise PermissionDenied(NO_RECHECK)
    asked = actions.enqueue(
        kind=RECHECK, organ=request.user.organ, asked_by=request.user.get_username(),
        key=request.POST.get("token", "")[:64],
    )  # fmt: skip
    return _to(asked) if can_see(request.user, asked) else see_other("jobs")


@login_required
@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    try:
        found = seen(request, job_id)
    except UnknownJob:
        return unknown(request)
    try:
        actions.cancel(job=found)
    except JobRefused as refused:
        return shown(request, job_page(found), "jobs/job.html", refused=str(refused))
    return _to(found)


@login_required
@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Failed items alone, where the kind knows items."""
    try:
        found = seen(request, job_id)
    except UnknownJob:
        return unknown(request)
    try:
        again = actions.retry_failed(job=found, asked_by=request.user.get_username())
    except JobRefused as refused:
        return shown(request, job_page(found), "jobs/job.html", refused=str(refused))
    return _to(again)


def _to(job: Job) -> HttpResponse:
    return see_other("job", job.pk)
