"""Proposals for tests: submit by a handler, confirm by another log-in, as browsers would post."""

from __future__ import annotations

from typing import Any

from django.test import Client

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.proposals.models import Proposal


def propose(client: Client, case: Any, slug: str, **typed: Any) -> Any:
    url = f"/desk/cases/{case.no}/propose/{slug}/"
    shown = client.get(url)
    assert shown.status_code == 200, desk.main_of(shown)[:2000]
    return client.post(url, {"expected": desk.expected_of(shown), **typed})


def proposed(client: Client, case: Any, slug: str, **typed: Any) -> Proposal:
    answer = propose(client, case, slug, **typed)
    assert answer.status_code == 303, desk.main_of(answer)[:3000]
    return Proposal.objects.get(no=answer.url.split("/")[3])


def page_of(one: Proposal) -> str:
    return f"/desk/proposals/{one.no}/"


def act_on(client: Client, one: Proposal, deed: str, **typed: Any) -> Any:
    """Post one of the buttons of the page, having read it."""
    expected = str(Case.objects.get(no=one.case_id).act_count)
    return client.post(page_of(one), {"do": deed, "expected": expected, **typed})
