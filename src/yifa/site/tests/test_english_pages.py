"""Every address under /en/, walked with sample arguments: no Chinese that is not marked, no link out of /en/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yifa.casework.cases.offered import slug_of
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.committee.models import CommitteeMeeting
from yifa.casework.evidence import actions as evidence
from yifa.casework.evidence.tests import samples
from yifa.casework.execution.actions import receive
from yifa.casework.execution.models import BankPayment
from yifa.casework.hearings.models import Hearing
from yifa.casework.instruments.actions import begin
from yifa.casework.proposals.models import Deliberation
from yifa.casework.proposals.tests import asking
from yifa.casework.supervision.models import SupervisedHandling
from yifa.intake.workbook.tests.factories import sheets, write
from yifa.jobs.models import Job
from yifa.law.events import KINDS
from yifa.ledger.clock import now
from yifa.listing.models import SavedView
from yifa.listing.tests import registers
from yifa.site.accounts.tests import factories as accounts
from yifa.site.erasures.models import ErasureRequest
from yifa.site.tests.test_english import Unmarked

pytestmark = pytest.mark.django_db(transaction=True)
LINK = re.compile(r'<(?:a|form)\b[^>]*\b(?:href|action)="(/[^"]*)"[^>]*>')
NOT_PAGES = {
    "verifier-file",
    "verifier-page",
    "account-qr",
    "account-stay",
    "log-tile",
    "log-tile-sm3",
    "case-hearing-day",
}
BOTH_LOOK = re.compile(
    "/(committee|hearings|reviews|statement|hearing|do|proposals|deliberations|supervise|supervised|laws)/"
)
SLUGS = [slug_of(kind) for kind in KINDS]
BOTH = ["0101", "0102"]
CLOSED = {
    "at": "2021-08-05T09:00:00+08:00", "kind": "investigation_closed", "by": BOTH, "tier": "ordinary",
    "proposal": {"kinds": ["fine"], "fine_fen": 10000},
}  # fmt: skip


EVIDENCE = {
    "at": "2021-08-04T10:00:00+08:00", "kind": "evidence_added", "by": BOTH, "id": "证据1", "evidence_kind": "audio_visual",
    "verified": True, "lawful_source": True, "proves": ["乱扔废弃物"],
}  # fmt: skip


class World(NamedTuple):
    """One thing of every kind, and who looks at it."""

    case: Any
    numbers: dict[str, Any]
    readers: dict[str, Client]


@pytest.fixture
def world(monkeypatch, settings, tmp_path) -> World:
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")
    settings.HOME = tmp_path / "home"
    registers.fill("120199-cgw", 2, 50)
    case = make.case_with(make.lead(), make.opening(), make.interview(), EVIDENCE, CLOSED)
    readers = {who: desk.login(who) for who in ("0101", "0201", "0301")}
    readers |= {name: accounts.as_administrator(name) for name in ("sys", "sec", "audit")}
    readers["office"] = Client()
    readers["office"].force_login(
        registers.User.objects.create(username="office", organ=case.organ, roles="|office|")
    )
    ErasureRequest.objects.create(
        organ=case.organ, serial=1, table="person", row="0101", column="birth_on", ground="PIPL-47-1-4", words="误采",
        asked_by=1, asked_at=now(),
    )  # fmt: skip
    numbers = {
        **started(case, readers),
        **uploaded(readers["office"], tmp_path),
        "seq": received(case),
    }
    return World(case, numbers, readers)


def received(case: Any) -> int:
    """A recording with a mark, of the evidence of the case."""
    act = case.acts.get(kind="evidence_added")
    kept = evidence.receive(chunks=[samples.wav(2)], name="录音.wav")
    file = evidence.add_file(act=act, file=kept, by="0101", actor=make.ACTOR, words="现场录制")
    evidence.mark(file=file, second=1, words="出示证件", by="0101", actor=make.ACTOR)
    return act.seq


def started(case: Any, readers: dict[str, Client]) -> dict[str, Any]:
    """A proposal, a deliberation, an order, a job and a saved query."""
    ordered = readers["0301"].post(
        f"/desk/cases/{case.no}/supervise/", {"words": "补齐证据", "to": "0101", "due_on": "2021-08-23"}
    )
    assert ordered.status_code == 303
    readers["0101"].post("/desk/cases/views/", {"name": "本月", "query": "open=yes"})
    readers["0301"].post("/desk/jobs/recheck/", {"token": "1"})
    meeting = asking.propose(
        readers["0101"], case, "deliberated", question="是否减轻", members=["0301"], chair="0301"
    )
    assert meeting.status_code == 303, desk.main_of(meeting)[:1500]
    new = make.case_with(make.lead(), number="津示城管罚立字〔2021〕第002号")
    called = readers["0301"].post("/desk/committee/new/", {
        "starts_at": "2021-08-20T00:00", "place": "二楼", "members": ["0301"], "chaired_by": "0301",
    })  # fmt: skip
    assert called.status_code == 303
    gathering = CommitteeMeeting.objects.get().no
    readers["0301"].post(
        f"/desk/committee/{gathering}/", {"do": "put", "case_no": case.no, "question": "幅度"}
    )
    hearing = Hearing.objects.create(
        organ=case.organ, case=case, serial=1, no="H1", presided_by="0401", recorder="0101", starts_at=now(), place="二楼",
        arranged_by="0101", arranged_at=now(), state="notified",
    )  # fmt: skip
    return {
        "hearing": hearing.no,
        "committee-meeting": gathering,
        "committee-pack": gathering,
        "review": asking.proposed(readers["0101"], case, "legality-reviewed").no,
        "supervised": SupervisedHandling.objects.get(case=case).no,
        "deliberation": Deliberation.objects.get().no,
        "proposal": asking.proposed(readers["0101"], new, "opening-approved", by=BOTH).no,
        "account": accounts.account("new", "supervisor").pk,
        "job": Job.objects.latest("pk").pk,
        "row": SavedView.objects.get().pk,
        "bank_file": bank_file(case),
        "payment": BankPayment.objects.first().pk,
        "paper": begin(
            case=case, form="assist_letter", by="0101", actor=make.ACTOR, dated_on=now().date()
        ).no,
    }


def bank_file(case: Any) -> int:
    """A bank file waiting to be confirmed, with a fault and a payment like those the registers hold."""
    body = "决定书文号,金额,日期,流水号\n查无此号,x,2021-08-05,A1\n".encode()
    return receive(organ=case.organ, name="缴款.csv", body=body, actor=make.ACTOR).pk


def uploaded(office: Client, folder: Any) -> dict[str, Any]:
    body = write(folder / "sent.xlsx", sheets()).read_bytes()
    sent = office.post("/desk/imports/new/", {"book": SimpleUploadedFile("台账.xlsx", body)})
    return {"import": sent["Location"].split("/")[-2]}


def addresses(patterns: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def sampled(world: World) -> Iterator[str]:
    """Every address below /en/ with every argument filled in."""
    people = {
        "key": "cases.ordinary.closed",
        "name": "defence_days",
        "year": 2021,
        "serial": 1,
        "form": "prior_notice",
    }
    for route, one in addresses(get_resolver().url_patterns):
        if one.name in NOT_PAGES or route.startswith(("log/", "healthz")):
            continue
        if "<slug:slug>" in route:
            for slug in SLUGS:
                yield filled(route, {"no": world.case.no, "slug": slug})
            continue
        yield filled(route, {**people, **arguments(world, one.name or "", route)})
    yield f"/en/desk/laws/article/?label={'行政处罚法第六十二条'}&on=2021-08-20"
    yield from (
        "/en/desk/search/?q=案",
        "/en/desk/cases/?opened_from=x",
        "/en/desk/cases/?open=yes&stage=open",
    )


def arguments(world: World, name: str, route: str) -> dict[str, Any]:
    numbered = world.numbers.get(name.split("-")[0], world.numbers.get("row"))
    if name == "case-pack":
        return {"no": world.case.no, "kind": "court"}
    if name in ("bank-file", "bank-payment"):
        return {"number": world.numbers["bank_file"], "pk": world.numbers["payment"]}
    if "<str:no>" in route:
        return {
            "no": world.numbers.get(name, world.case.no),
            "paper": world.numbers["paper"],
            "seq": world.numbers["seq"],
            "case": world.case.no,
        }
    return {"pk": world.numbers["account"], "number": numbered, "job_id": world.numbers["job"], "key": 1, "code": "2222-2222", **(
        {"key": "cases.ordinary.closed"} if "figures" in route else {})}  # fmt: skip


def filled(route: str, values: dict[str, Any]) -> str:
    return "/en/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), route)


def faults(address: str, answer: Any) -> list[str]:
    """What is wrong with one page."""
    text = answer.content.decode()
    found = [] if '<html lang="en"' in text else [f"{address}: not an English page"]
    found += [f"{address} {answer.status_code}: {one}" for one in Unmarked(text).found]
    for tag, where in ((m[0], m[1]) for m in LINK.finditer(text)):
        if not where.startswith(("/en/", "/static/", "/log/")) and 'hreflang="zh-CN"' not in tag:
            found.append(f"{address} leaves English: {where}")
    return found


def looks(world: World, address: str) -> list[Client]:
    """Who opens an address: administrators the accounts, the office imports, a handler and a head what both may do."""
    if address.startswith(("/en/desk/accounts/", "/en/desk/erasures/")):
        names: tuple[str, ...] = ("sys", "sec", "0101")
    elif address.startswith("/en/desk/access/"):
        names = ("audit", "0101")
    elif "/imports/" in address:
        names = ("office", "0101")
    else:
        names = ("0101", "0301") if BOTH_LOOK.search(address) else ("0101",)
    return [world.readers[name] for name in names]


def test_every_page_under_en_is_english_and_stays_there(world):
    found, pages = set(), 0
    for address in sampled(world):
        for client in looks(world, address):
            answer = client.get(address)
            moved = answer.get("Location", "/en/")
            if not moved.startswith("/en/"):
                found.add(f"{address} leaves English for {moved}")
            if answer.status_code < 300 and not answer["Content-Type"].startswith("text/html"):
                break
            if answer.status_code in (200, 403, 404, 409):
                pages += 1
                found |= set(faults(address, answer))
    assert pages > 150
    assert not found, "\n".join(sorted(found))
