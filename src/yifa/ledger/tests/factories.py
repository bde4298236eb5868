"""Cases and acts written as the product writes them, with their ledger entries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.db import models

from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.clock import SHANGHAI

CLERK = Actor(id="user:7", role="handler", organ="120115")
FIRST = datetime(2021, 3, 1, 9, 30, tzinfo=SHANGHAI)
KINDS = ["case_opened", "inquiry_done", "prior_notice_served", "decision_made"]


def organ(code: str = "120115") -> models.Model:
    model = apps.get_model("organs", "Organ")
    return model.objects.get_or_create(
        code=code,
        defaults={"name": "某区城市管理委员会", "territory": "120115", "document_prefix": "津宝城管"},
    )[0]


def case(serial: int, owner: models.Model) -> models.Model:
    return apps.get_model("cases", "Case")(
        organ=owner,
        no=f"2021-{serial:04d}",
        year=2021,
        serial=serial,
        number=f"津宝城管立字〔2021〕{serial}号",
        procedure="ordinary",
        matter="CG-01",
        party={"name": "张某\n某店", "kind": "citizen"},
        party_name="张某",
        party_kind="citizen",
        violation={"summary": "占道经营"},
        territory="120115",
    )


def act(of: models.Model, seq: int) -> models.Model:
    at = FIRST + timedelta(days=seq)
    return apps.get_model("cases", "Act")(
        organ=of.organ,
        case=of,
        seq=seq,
        at=at,
        kind=KINDS[(seq - 1) % len(KINDS)],
        by=["120115001"],
        data={"place": "南关大街", "pages": seq},
        words={"note": "当事人陈述\n“无异议”"},
        recorded_at=at,
    )


def record(unit: Unit, of: models.Model, seq: int) -> models.Model:
    """Record one act and its entry."""
    made = act(of, seq)
    of.act_count, of.version = seq, seq
    of.save()
    unit.log(type="act_recorded", actor=CLERK, agency=of.organ_id, rows=[of, made], occurred_at=made.at)
    made.save()
    return made


def histories(cases: int, acts: int) -> list[models.Model]:
    """`cases` cases of `acts` acts each; returns the cases."""
    with writing() as unit:
        owner = organ()
        made = [case(serial, owner) for serial in range(1, cases + 1)]
        for one in made:
            for seq in range(1, acts + 1):
                record(unit, one, seq)
    return made
