"""At the desk, for tests: log-ins of the people of the factory, and forms as a browser would post them."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import factories as make
from yifa.ledger import clock
from yifa.ledger.clock import SHANGHAI
from yifa.registry.people.models import Person

BOTH = ["0101", "0102"]
SCENE = {"at": "2021-08-20T00:00:00", "by": BOTH, "certificate_shown": "yes", "signed": "yes"}
EXTRA = {"0401": ("丁一", "|presiding|"), "0501": ("戊一", "|auxiliary|")}


def staff() -> None:
    """The people of the factory, a hearing host and an auxiliary."""
    owner = make.organ()
    make.people(owner)
    for staff_no, (name, roles) in EXTRA.items():
        Person.objects.get_or_create(organ=owner, staff_no=staff_no, defaults={"name": name, "roles": roles})


def login(staff_no: str) -> Client:
    staff()
    user, _ = get_user_model().objects.get_or_create(
        username=f"u{staff_no}",
        defaults={"organ": make.organ(), "person": Person.objects.get(organ=make.organ(), staff_no=staff_no)},
    )
    client = Client()
    client.force_login(user)
    return client


def just_after_midnight(monkeypatch: Any) -> None:
    """Some three minutes into the fixed day, whatever time the host has."""
    host = datetime.now(SHANGHAI)
    monkeypatch.setenv("YIFA_TODAY_SHIFT", str(3 - host.hour * 60 - host.minute))
    assert clock.now().hour == 0 and 3 <= clock.now().minute <= 5


def address(case: Any, slug: str) -> str:
    return f"/desk/cases/{case.no}/do/{slug}/"


def main_of(answer: Any) -> str:
    return unescape(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def expected_of(answer: Any) -> str:
    return re.search(r'name="expected" value="(\d+)"', answer.content.decode())[1]


def do(client: Client, case: Any, slug: str, **typed: Any) -> Any:
    """Open the form, fill it in over what it holds at first, post it."""
    url = address(case, slug)
    shown = client.get(url)
    assert shown.status_code == 200, main_of(shown)[:2000]
    return client.post(url, {"expected": expected_of(shown), **typed})


def acts(case: Any) -> int:
    return Act.objects.filter(case=case).count()


def confirmed(client: Client, case: Any, slug: str, **typed: Any) -> Any:
    """The same through the page that asks to check."""
    asked = do(client, case, slug, **typed)
    assert asked.status_code == 200 and "还没有记录" in main_of(asked), main_of(asked)[:3000]
    return client.post(address(case, slug), {**typed, "expected": expected_of(asked), "confirmed": "yes"})


def lead_form(moment: str, **changes: str) -> dict[str, str]:
    """The form of a new lead, filled in."""
    return {
        "number": "津示城管罚立字〔2021〕第007号", "procedure": "ordinary", "matter": "M001 示例", "source": "patrol", "at": moment,
        "party_kind": "citizen", "party_name": "示例当事人", "place": "示例路1号", "town": "", "began_on": moment[:10],
        "ended_on": moment[:10], "discovered_on": moment[:10], "harm": "slight", "facts": "乱扔废弃物\n", **changes,
    }  # fmt: skip
