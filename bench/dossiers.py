"""A case file of forty sealed papers: sealed and packed, to the last byte of the ZIP, and verified without the product."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

FILE = 40
FORMS = (
    "clue_register",
    "case_filing_approval",
    "questioning_record",
    "site_sketch",
    "case_closing",
    "period_extension",
)


@dataclass(frozen=True)
class Packed:
    """Seconds: sealing (catalogue, cover, proofs), the ZIP; bytes of the ZIP; processor seconds of both."""

    seal: float
    package: float
    bytes: int
    cpu: float
    verified: bool


def measure() -> Packed:
    from yifa.casework.dossiers import actions
    from yifa.ledger import clock

    case = filed()
    started, spent = time.perf_counter(), time.process_time()
    sealed = actions.seal(organ=case.organ_id, case_no=case.no, at=clock.now(), by="bench", actor=actor(case))
    seal = time.perf_counter() - started
    data = b"".join(actions.package(sealed))
    whole, cpu = time.perf_counter() - started, time.process_time() - spent
    return Packed(seal, whole - seal, len(data), cpu, verified(data))


def actor(case: Any) -> Any:
    from yifa.ledger.actions import Actor

    return Actor(id="system:bench", role="archivist", organ=case.organ_id)


def filed() -> Any:
    """An open case of the sample year with forty sealed papers, then closed and archived as history."""
    from yifa.casework.cases.actions import History, record_histories
    from yifa.casework.cases.events import to_events
    from yifa.casework.cases.models import Case
    from yifa.casework.cases.queries import record_dict
    from yifa.casework.instruments import actions

    chosen = Case.objects.filter(procedure="ordinary", closed_on=None).exclude(opened_on=None)
    case = chosen.select_related("organ").order_by("no")[0]
    for number in range(FILE):
        paper = actions.begin(case=case, form=FORMS[number % len(FORMS)], by="bench", actor=actor(case))
        finished(paper, case)
        actions.issue(no=paper.no, actor=actor(case))
    events, at = to_events(case.acts.all())[1], case.last_act_at + timedelta(days=1)
    for kind, more in (("case_closed", {"reason": "terminated"}), ("case_archived", {})):
        at += timedelta(hours=1)
        events.append({"at": at.isoformat(), "kind": kind, "by": [], **more})
    head = {
        name: record_dict(case.no)[name] for name in ("number", "procedure", "matter", "party", "violation")
    }
    record_histories(organ=case.organ, histories=[History(head, events)], actor=actor(case))
    case.refresh_from_db()
    return case


def finished(paper: Any, case: Any) -> None:
    """Its number drawn: by the head's approval where the law asks for one, else at once."""
    from yifa.casework.instruments import actions, approving
    from yifa.casework.instruments.queries import reading
    from yifa.ledger.actions import Actor

    need = reading(paper).need
    if need is None:
        actions.fix(no=paper.no, actor=actor(case))
        return
    approving.submit(no=paper.no, by="bench", actor=actor(case))
    head = Actor(id="system:bench-head", role=need.by, organ=case.organ_id)
    approving.approve(no=paper.no, person={"id": "0001", "roles": [need.by]}, actor=head)


def verified(data: bytes) -> bool:
    from yifa.ledger.checkpoints import verifier_keys
    from yifa.proof import verify

    with tempfile.TemporaryDirectory(prefix="yifa-bench-") as folder:
        package = Path(folder) / "dossier.zip"
        package.write_bytes(data)
        command = [
            sys.executable,
            "-I",
            verify.__file__,
            "dossier",
            str(package),
            "--key",
            verifier_keys()[0],
        ]
        return subprocess.run(command, capture_output=True).returncode == 0
