"""Type once: how many fields a full ordinary case asks of people, from the lead to the archive, papers included."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.dossiers.queries import dossier_of
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.casework.proposals.tests.test_lead_to_archive import BOTH, CONTENTS, TOLD, Desk
from yifa.casework.review.tests.reviewing import reviewed
from yifa.ledger import clock

pytestmark = pytest.mark.django_db
BUDGET = {"acts": 45, "points": 8, "papers": 6}
"""Fields that are typed or chosen, not those the page had filled in. A change that asks for more fails here.

`points`: what the reviewer judges, the seven points and the opinion, which nothing may fill in."""
NOT_A_FIELD = {"csrfmiddlewaretoken", "expected", "confirmed", "do", "again", "to_person"}


class Held(HTMLParser):
    """What the controls of a page hold before anybody types, and which buttons send a value."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.buttons: set[tuple[str, str]] = set()
        self.area = self.select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "button":
            self.buttons.add((name, value))
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in found:
            self.values[self.select].append(value)
        elif tag == "textarea":
            self.area = name
            self.values[name] = [""]
        elif tag == "input" and name:
            chosen = found.get("type") not in ("checkbox", "radio") or "checked" in found
            self.values.setdefault(name, []).extend([value] if chosen else [])

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


class Counting:
    """Stands between the log-ins and the pages: every posted field that the page did not hold already is one typed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.typed: dict[str, dict[str, None]] = {what: {} for what in BUDGET}
        post = Client.post

        def counted(client: Client, path: str, data: Any = None, *more: Any, **options: Any) -> Any:
            self.note(client, path, data or {})
            return post(client, path, data, *more, **options)

        monkeypatch.setattr(Client, "post", counted)

    def note(self, client: Client, path: str, data: dict[str, Any]) -> None:
        if data.get("confirmed"):
            return
        held = Held(client.get(path).content.decode())
        for name, value in data.items():
            sent = [str(one) for one in (value if isinstance(value, list) else [value])]
            now = held.values.get(name, [])
            if (
                name in NOT_A_FIELD
                or (name, sent[0] if sent else "") in held.buttons
                or name not in held.values
            ):
                continue
            if sent != now and not (name == "at" and now):
                self.typed[kind_of(path)][f"{path} {name}"] = None


def kind_of(path: str) -> str:
    if "/documents/" in path:
        return "papers"
    return "points" if "/reviews/" in path else "acts"


def made(client: Client, head: Client, case: Case, form: str) -> list[str]:
    """The paper begun by its button, what the page lacks typed, approved where it must be, fixed and sealed; the labels typed."""
    address = f"/desk/cases/{case.no}/documents/"
    answer = client.post(address, {"form": form})
    assert answer.status_code == 303, (form, desk.main_of(answer)[:2000])
    page, paper = client.get(answer.url), Instrument.objects.filter(case=case).latest("serial")
    held = Held(page.content.decode())
    values = {
        name: found[0] if found else "" for name, found in held.values.items() if name not in NOT_A_FIELD
    }
    lacking = re.findall(r"(?:缺少法定事项|✗ )“(.+?)”", desk.main_of(page))
    for label in lacking:
        key = re.search(rf'for="f-(\w+)">(?:<[^>]*>)?{label}', page.content.decode())[1]
        values[key] = "示例区示例路1号"
    submitted = ("do", "submit") in held.buttons
    answer = client.post(answer.url, {**values, "do": "submit" if submitted else "fix"})
    assert answer.status_code == 303, (form, desk.main_of(answer)[:3000])
    if submitted:
        assert head.post(answer.url.partition("?")[0], {"do": "approve"}).status_code == 303
    assert client.post(answer.url.partition("?")[0], {"do": "issue"}).status_code == 303
    paper.refresh_from_db()
    assert paper.state == ISSUED
    return lacking


def write_due(five: Desk) -> None:
    """Every paper the acts so far call for."""
    found = dossier_of("120199-cgw", five.case.no, clock.now())
    for gap in found.gaps:
        if gap.form:
            made(five.handler, five.head, five.case, gap.form)


def test_an_ordinary_case_asks_for_no_more_than_its_budget(monkeypatch):
    counting, five = Counting(monkeypatch), Desk(monkeypatch)
    five.on("2021-08-02")
    assert five.handler.post("/desk/cases/new/", desk.lead_form(five.at)).status_code == 303
    five.case = Case.objects.get()
    five.on("2021-08-03")
    five.approved("opening-approved")
    five.approved("handlers-assigned", handlers=BOTH)
    write_due(five)
    five.done("scene-recorded", certificate_shown="yes", signed="yes")
    evidence = {"evidence_kind": "scene_transcript", "verified": "yes", "lawful_source": "yes"}
    five.done("evidence-added", id="证据1", proves=["乱扔废弃物"], **evidence)
    five.done("correction-ordered", due_on="2021-08-04")
    five.on("2021-08-05")
    five.done("correction-rechecked", corrected="yes", refused="no")
    proposal = {"proposal.kinds": ["fine"], "proposal.fine": "50"}
    five.done("investigation-closed", tier="ordinary", **proposal)
    told = ["content", "facts", "reasons", "basis", "rights"]
    five.done("prior-notice-served", contents=told, hearing_right_told="no", mode="direct", **TOLD)
    write_due(five)
    five.on("2021-08-06")
    five.done("statement-waived", by=[])
    reviewed(five.handler, five.reviewer, five.case)
    five.on("2021-08-20")
    five.approved(
        "decision-made", number="津示城管罚决字〔2021〕第001号", outcome="penalty", tier="ordinary", leniency="none",
        evidence=["证据1"], sealed="yes", remedy_text="standard", to_publish="no", contents=CONTENTS,
        first_violation_exemption="不属于初次违法", **TOLD,
    )  # fmt: skip
    write_due(five)
    five.done("instrument-served", instrument="penalty_decision", mode="direct")
    five.on("2021-09-01")
    five.done("fine-collected", by=[], collector="bank", amount_fen="50", receipt="A1")
    assert (
        desk.confirmed(
            five.handler, five.case, "case-closed", at=five.at, by=BOTH, reason="performed"
        ).status_code
        == 303
    )
    write_due(five)
    assert (
        desk.confirmed(five.handler, five.case, "case-archived", at=five.at, by=["0101"]).status_code == 303
    )
    found = dossier_of("120199-cgw", five.case.no, clock.now())
    assert [gap for gap in found.gaps if gap.form] == []
    counts = {what: len(typed) for what, typed in counting.typed.items()}
    assert all(counts[what] <= BUDGET[what] for what in BUDGET), (
        counts,
        counting.typed,
    )
