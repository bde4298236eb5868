"""Who gets what from every address: each demonstration role, a handler of another organ, and nobody, by GET and POST."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.casework.committee.models import AgendaItem, CommitteeMeeting
from yifa.casework.dossiers import actions as dossiers
from yifa.casework.evidence.models import EvidenceFile
from yifa.casework.execution import actions as payments
from yifa.casework.execution.models import BankPayment
from yifa.casework.hearings.models import Hearing
from yifa.casework.instruments import actions as instruments
from yifa.casework.proposals.models import Deliberation, Proposal
from yifa.casework.supervision.models import SupervisedHandling
from yifa.intake.sample.people import PEOPLE
from yifa.intake.workbook.models import Upload
from yifa.jobs.models import Job
from yifa.ledger.actions import Actor
from yifa.ledger.clock import SHANGHAI
from yifa.listing.models import SavedView
from yifa.registry.laws.models import MovedDeadline
from yifa.registry.people.models import Person, Role
from yifa.reports.figures.registry import FIXED
from yifa.site.accounts.demo import LOGINS, create_demo_logins
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import enter_account
from yifa.site.erasures.models import ErasureRequest

ROLES = ("anonymous", *(login.username for login in LOGINS), "elsewhere")
TODAY = "2021-08-20"
HANDLERS = ["0201", "0202"]
ACTS = (
    "scene-recorded", "handlers-assigned", "opening-approved", "legality-reviewed", "hearing-held", "deliberated",
    "publicity-posted", "case-archived",
)  # fmt: skip
OLD_CASE = {
    "number": "旧〔2015〕第1号", "procedure": "ordinary", "matter": "M001", "party_kind": "citizen", "party_name": "旧案当事人",
    "decided_on": date(2015, 4, 1), "outcome": "penalty", "penalty": {"kinds": ["warning"]}, "closed_on": date(2015, 5, 1),
    "close_reason": "performed", "pages": 3, "note": "旧档",
}  # fmt: skip
TWINS = (
    "desk/", "desk/accounts/", "desk/cases/", "desk/cases/<str:no>/", "desk/cases/<str:no>/bundle.json",
    "desk/cases/<str:no>/do/<slug:slug>/", "desk/jobs/", "desk/people/list.csv", "desk/proposals/<str:no>/", "desk/search/",
)  # fmt: skip
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
EVIDENCE = {
    "at": "2021-08-04T09:00:00+08:00", "kind": "evidence_added", "by": HANDLERS, "id": "证据1", "evidence_kind": "documentary",
    "verified": True, "lawful_source": True, "proves": ["乱扔废弃物"],
}  # fmt: skip
AT = datetime(2021, 8, 5, 9, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Address:
    """One row of the matrix: `shown` stays the same from run to run, `path` has the numbers of this database."""

    shown: str
    path: str


def arguments() -> dict[tuple[str, str], tuple[Any, ...]]:
    """(beginning of the route, argument) → what stands for it. The longest beginning counts. Makes the rows there."""
    case, pk = rows_of_a_case(), other_rows()
    return {
        ("desk/cases/", "no"): (case,),
        ("desk/cases/", "slug"): ACTS,
        ("desk/cases/", "paper"): (pk["paper"],),
        ("desk/cases/", "seq"): (3,),
        ("desk/cases/", "serial"): (1,),
        ("desk/cases/", "key"): ("0" * 32,),
        ("v/", "code"): ("2222-2222",),
        ("desk/paper-dossiers/", "no"): ("ZJ-00001",),
        ("desk/cases/", "kind"): ("dispute", "court"),
        ("desk/execution/files/", "number"): (pk["bank_file"],),
        ("desk/execution/payments/", "pk"): (pk["payment"],),
        ("desk/templates/", "form"): ("prior_notice",),
        ("desk/proposals/", "no"): ("P1",),
        ("desk/deliberations/", "no"): ("T1",),
        ("desk/hearings/", "no"): ("H1",),
        ("desk/reviews/", "no"): ("P2",),
        ("desk/committee/", "no"): ("A1",),
        ("desk/committee/", "case"): (case,),
        ("desk/supervised/", "no"): ("D1",),
        ("desk/", "number"): (pk["view"],),
        ("desk/imports/", "number"): (pk["upload"],),
        ("desk/erasures/", "serial"): (1,),
        ("desk/jobs/", "job_id"): (pk["job"],),
        ("desk/accounts/", "pk"): (pk["account"],),
        ("desk/laws/parameters/", "name"): ("town_matters",),
        ("desk/laws/holidays/", "key"): (pk["move"],),
        ("desk/reports/", "year"): (2021,),
        ("desk/reports/", "key"): (next(iter(FIXED)),),
        ("desk/access/", "no"): (case,),
        ("log/", "address"): ("0/000",),
        ("log/", "log"): ("case", "access"),
    }


def rows_of_a_case() -> str:
    """A case under investigation by the demonstration's handler, with what may be pending in one."""
    owner = make.organ()
    labels = {role.label: role.value for role in Role}
    Person.objects.bulk_create(
        Person(
            organ=owner, staff_no=one.staff_no, name=one.name, unit=one.unit,
            roles=f"|{'|'.join(labels[label] for label in one.roles.split('、'))}|",
            certificate_no=f"示例执{one.staff_no}" if one.certified else "",
            certificate_from=date(2019, 3, 1) if one.certified else None,
            certificate_to=date(2035, 12, 31) if one.certified else None,
        )
        for one in PEOPLE
    )  # fmt: skip
    case = make.case_with(
        {**make.lead(), "by": HANDLERS[:1]},
        {**make.opening(), "by": HANDLERS, "approved_by": "0002"},
        EVIDENCE,
    )
    common = {
        "organ": owner,
        "case": case,
        "serial": 1,
        "submitted_by": "0201",
        "submitted_at": AT,
        "seen": 2,
    }
    Proposal.objects.create(
        **common, no="P1", kind="handlers_assigned", proposers=["0201"], to_role="head",
        event={"at": AT.isoformat(), "kind": "handlers_assigned", "by": ["0201"], "handlers": HANDLERS},
    )  # fmt: skip
    Deliberation.objects.create(**common, no="T1", members=["0001", "0104"], chaired_by="0001")
    Proposal.objects.create(
        **{**common, "serial": 2}, no="P2", kind="legality_reviewed", proposers=["0201"], to_role="reviewer",
        event={"kind": "legality_reviewed"},
    )  # fmt: skip
    Hearing.objects.create(
        organ=owner, case=case, serial=1, no="H1", presided_by="0103", recorder="0104", starts_at=AT, place="会议室",
        arranged_by="0201", arranged_at=AT, state="notified",
    )  # fmt: skip
    meeting = CommitteeMeeting.objects.create(
        organ=owner, no="A1", year=2021, serial=1, starts_at=AT, place="会议室", chaired_by="0001",
        members=["0001", "0104"], called_by="0001", called_at=AT,
    )  # fmt: skip
    AgendaItem.objects.create(
        organ=owner, meeting=meeting, serial=1, case=case, question="幅度", put_by="0001", put_at=AT
    )
    SupervisedHandling.objects.create(
        organ=owner, case=case, serial=1, no="D1", ordered_by="0001", ordered_to="0201", ordered_at=AT,
        due_on=date(2021, 9, 1),
    )  # fmt: skip
    received(case)
    return case.no


def received(case: Case) -> None:
    """A file of the evidence, whose bytes the store of these tests does not have."""
    act = case.acts.get(kind="evidence_added")
    EvidenceFile.objects.create(
        organ=case.organ, case=case, act=act, serial=1, sha256="0" * 64, sm3="0" * 64, size=1, media="image/png",
        name="照片.png", received_by="0201", received_at=AT,
    )  # fmt: skip


def other_rows() -> dict[str, Any]:
    """One row of everything else an address may name; the view, the job and the account are the handler's."""
    owner = make.organ()
    create_demo_logins(organ=owner)
    there = make.organ("120199-other")
    make.people(there)
    person = Person.objects.get(organ=there, staff_no="0101")
    enter_account(
        User(username="elsewhere", organ=there, person=person, password="!"), actor=Actor("system:test")
    )
    view = SavedView.objects.create(organ=owner.code, owner="handler", slug="cases", name="我的", query="")
    job = Job.objects.create(
        organ=owner, asked_by="handler", kind="recheck", title="重新核对", asked_at=AT, state="done"
    )
    upload = Upload.objects.create(
        organ=owner, file_name="台账.xlsx", uploaded_at=AT, uploaded_by="user:1",
        answer={"problems": [], "imported": {}},
    )  # fmt: skip
    move = MovedDeadline.objects.create(
        organ=owner, notice="2022/1", case_no="2021-0001", rule="APL-060-1", old_due="2021-11-01",
        new_due="2021-11-02",
    )  # fmt: skip
    account = User.objects.get(username="handler")
    ErasureRequest.objects.create(
        organ=owner, serial=1, table="person", row="0901", column="birth_on", ground="PIPL-47-1-4",
        words="误采", asked_by=account.pk, asked_at=AT,
    )  # fmt: skip
    paper = instruments.begin(
        case=Case.objects.get(organ=owner),
        form="assist_letter",
        by="0201",
        actor=Actor("system:test"),
        dated_on=AT.date(),
    )
    dossiers.enter_paper(
        organ=owner,
        told=OLD_CASE,
        scan=b"%PDF-1.4",
        media_type="application/pdf",
        by="0901",
        actor=Actor("system:test"),
    )
    bank_file = payments.receive(
        organ=owner,
        name="缴款.csv",
        body="决定书文号,金额,日期,流水号\n查无此号,1,2021-08-05,A1\n".encode(),
        actor=Actor("system:test"),
    )
    payment = BankPayment.objects.create(
        organ=owner, serial="A1", number="查无此号", amount_fen=100, paid_on=AT.date(), file_sha256="0" * 64, line=2, state="held",
        entered_at=AT,
    )  # fmt: skip
    return {
        "paper": paper.no,
        "bank_file": bank_file.pk,
        "payment": payment.pk,
        "view": view.pk,
        "job": job.pk,
        "upload": upload.pk,
        "move": move.pk,
        "account": account.pk,
    }


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the site as it is written, in order; without the language."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        own = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLPattern):
            yield before + own
        else:
            yield from routes(one.url_patterns, before + own)


def addresses() -> list[Address]:
    """A row for every route and sample argument, then the English twins. Raises LookupError naming a route without one."""
    given, found = arguments(), []
    for route in dict.fromkeys(routes()):
        plain = filled(route, given)
        found += plain
        if route in TWINS:
            found += [Address(f"en/{one.shown}", f"/en{one.path}") for one in plain]
    return found


def filled(route: str, given: dict[tuple[str, str], tuple[Any, ...]]) -> list[Address]:
    done = [Address(route, f"/{route}")]
    for name in CONVERTER.findall(route):
        begins = [key for key in given if key[1] == name and route.startswith(key[0])]
        if not begins:
            raise LookupError(f"{route}: no sample for <{name}>; add one in tests/house/matrix.py")
        values = given[max(begins, key=lambda key: len(key[0]))]
        several = len(values) > 1
        done = [
            Address(
                re.sub(rf"<(?:\w+:)?{name}>", str(value), one.shown) if several else one.shown,
                re.sub(rf"<(?:\w+:)?{name}>", str(value), one.path),
            )
            for one in done
            for value in values
        ]
    return done


def matrix() -> list[list[str]]:
    """Head and rows: address, method, then what each role gets. Nothing asked leaves a trace for the next."""
    logging.disable(logging.ERROR)
    try:
        asked = addresses()
        cookies, handler = [cookie_of(role) for role in ROLES], ClientHandler(enforce_csrf_checks=False)
        rows = [["address", "method", *ROLES]]
        for one in asked:
            for method in ("GET", "POST"):
                rows.append(
                    [one.shown, method, *(answer(handler, cookie, method, one.path) for cookie in cookies)]
                )
    finally:
        logging.disable(logging.NOTSET)
        translation.activate("zh-hans")
    return rows


def cookie_of(role: str) -> str:
    """The session of a log-in as a browser sends it."""
    if role == "anonymous":
        return ""
    client = Client()
    client.force_login(User.objects.get(username=role), backend="yifa.site.accounts.backends.AccountBackend")
    # the session notes once a minute that somebody is there: not again in each request to come
    client.get("/desk/account/stay/")
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def answer(handler: ClientHandler, cookie: str, method: str, path: str) -> str:
    """The status; of a redirect to the log-in, so. Whatever was written is taken back."""
    before = transaction.savepoint()
    got = handler(RequestFactory().generic(method, path, HTTP_COOKIE=cookie).environ)
    words = str(got.status_code)
    if got.status_code in (302, 303) and re.match(r"(/en)?/login/", got.get("Location", "")):
        words += "-login"
    # the end of a request would close the connection that holds this test's transaction
    request_finished.disconnect(close_old_connections)
    got.close()
    request_finished.connect(close_old_connections)
    transaction.savepoint_rollback(before)
    return words


def text_of(rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)
