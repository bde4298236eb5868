"""A few rows in every register of an organ, so that each list has something to show and something to leave out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.search import index_cases
from yifa.casework.delivery.models import Delivery
from yifa.casework.dossiers.models import PaperDossier
from yifa.casework.execution.models import BankPayment
from yifa.casework.instruments.models import Instrument
from yifa.casework.remedies.models import Dispute
from yifa.casework.supervision.models import SupervisedHandling
from yifa.fieldwork.campaigns.models import Campaign, HandOver
from yifa.fieldwork.draws.models import Draw
from yifa.fieldwork.inspections.models import Inspection, Visit
from yifa.fieldwork.recordings.models import Recording
from yifa.governance.counsel.models import LegalReview
from yifa.governance.leadership.models import Meeting
from yifa.governance.norms.models import RuleDocument
from yifa.governance.outreach.models import Outreach
from yifa.governance.training.models import Training
from yifa.intake.workbook.models import WorkbookImport
from yifa.ledger.clock import SHANGHAI
from yifa.openness.disclosure.models import DisclosureItem
from yifa.openness.publicity.models import Posting
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.models import User

DAY = date(2021, 6, 30)
NOON = datetime(2021, 6, 30, 12, tzinfo=SHANGHAI)


def organ(code: str, *, demo: bool = False) -> Organ:
    return Organ.objects.get_or_create(
        code=code,
        defaults={"name": f"机关{code}", "territory": "120199", "document_prefix": "示", "demo": demo},
    )[0]


def user(owner: Organ | None, name: str = "reader") -> User:
    return User.objects.create(username=name, organ=owner)


def case(owner: Organ, serial: int, **more) -> Case:
    made = Case.objects.create(
        organ=owner,
        no=f"2021-{serial:04d}",
        year=2021,
        serial=serial,
        number=f"{owner.code}〔2021〕{serial}号",
        matter="M001",
        party={},
        party_kind="citizen",
        violation={},
        territory="120199",
        **{"procedure": "ordinary", "party_name": f"{owner.code}的当事人{serial}", **more},
    )
    index_cases([made])
    return made


def act(owner: Case, kind: str, at: datetime = NOON) -> Act:
    return Act.objects.create(
        organ=owner.organ, case=owner, seq=owner.acts.count() + 1, at=at, kind=kind, recorded_at=at
    )


def inspection(owner: Organ, number: str, officers: list[Person], **more) -> Inspection:
    found = Inspection.objects.create(
        organ=owner,
        number=number,
        officers="".join(f"|{one.staff_no}" for one in officers) + "|",
        **{"on": DAY, "town": "示例镇01", "target": "甲店", "result": "normal", **more},
    )
    Visit.objects.bulk_create(Visit(inspection=found, person=one) for one in officers)
    return found


def fill(code: str, rows: int = 2, first: int = 1) -> Organ:
    """An organ with `rows` rows in every register; case addresses begin at serial `first`."""
    owner = organ(code)
    people = [
        Person.objects.create(organ=owner, staff_no=f"01{i:02}", name=f"{code}的人员{i}", roles="|handler|")
        for i in range(rows)
    ]
    for i in range(rows):
        fill_row(owner, people, i, case(owner, first + i, opened_on=DAY, decided_on=DAY, fine_fen=100 + i))
    return owner


def fill_row(owner: Organ, people: list[Person], i: int, owned: Case) -> None:
    """One row in each register but people; `i` keeps natural keys apart."""
    on, name = DAY + timedelta(days=i), f"{owner.code}的第{i}项"
    act(owned, "opening_approved")
    act(owned, "measure_ordered")
    campaign = Campaign.objects.create(organ=owner, code=f"c{i}", name=name, starts_on=on)
    HandOver.objects.create(
        organ=owner, number=f"Y{i}", on=on, campaign=campaign, material=name, receiver="某局"
    )
    inspection(owner, f"J{i}", people[:2], campaign=campaign, on=on, target=f"{name}店")
    Draw.objects.create(
        organ=owner,
        number=f"S{i}",
        subject=name,
        drawn_on=on,
        targets_total=9,
        targets_drawn=3,
        officers_total=9,
        officers_drawn=2,
    )
    Recording.objects.create(
        organ=owner,
        number=f"R{i}",
        device="D1",
        officers="|0100|",
        started_at=NOON,
        seconds=61,
        bytes=700,
        retention="permanent",
    )
    SupervisedHandling.objects.create(
        organ=owner, no=f"{owned.no}-D1", case=owned, serial=1, ordered_by="0101", ordered_to="0100", ordered_at=NOON,
        due_on=on,
    )  # fmt: skip
    Posting.objects.create(organ=owner, case=owned, channel="portal", on=on)
    BankPayment.objects.create(
        organ=owner, serial=f"L{i}", number=name, amount_fen=100 * i, paid_on=on, file_sha256="0" * 64, line=2, state="held",
        entered_at=NOON,
    )  # fmt: skip
    paper = Instrument.objects.create(
        organ=owner, no=f"{owned.no}-W01", case=owned, serial=1, form="penalty_decision", template_edition="标准1", text="",
        made_by="0100", made_at=NOON,
    )  # fmt: skip
    Delivery.objects.create(
        organ=owner, no=f"{owned.no}-S01", case=owned, serial=1, instrument=paper, mode="direct", outcome="served", at=NOON,
        entered_at=NOON,
    )  # fmt: skip
    Dispute.objects.create(organ=owner, case=owned, kind="litigation", filed_on=on)
    serial = PaperDossier.objects.filter(organ=owner).count() + 1
    PaperDossier.objects.create(
        organ=owner, no=f"ZJ-{serial:05d}", serial=serial, number=f"{owner.code}〔2015〕第{serial}号", procedure="ordinary",
        matter="M001", party_kind="citizen", party_name=name, decided_on=on, outcome="penalty", closed_on=on,
        close_reason="performed", pages=1, note="", scan_sha256="", entered_by="", entered_at=NOON,
    )  # fmt: skip
    Training.objects.create(organ=owner, on=on, name=name, form="other", attendances=45)
    Outreach.objects.create(organ=owner, on=on, name=name, form="other", audience=7)
    DisclosureItem.objects.create(
        organ=owner,
        category="greening",
        name=name,
        operation="added",
        on=on,
        reviewed_by=people[0],
        released_by=people[0],
    )
    LegalReview.objects.create(
        organ=owner, on=on, kind="contract", name=name, reviewed_by=people[0], opinion="agree"
    )
    RuleDocument.objects.create(organ=owner, name=name, category="other", operation="enacted", on=on)
    Meeting.objects.create(organ=owner, on=on, kind="study", chaired_by=people[0], topic=name)
    WorkbookImport.objects.create(
        organ=owner, file_name=f"{name}.xlsx", sha256="0" * 64, imported_at=NOON, imported_by="user:1"
    )
