"""A process that opens cases and approves their opening without end, and says on a pipe what was acknowledged."""

from __future__ import annotations

import os
import time
import uuid
from typing import Any, NoReturn

ACTOR = "system:faults"
HEAD = {
    "procedure": "ordinary",
    "matter": "M001",
    "party": {"kind": "citizen", "name": "示例当事人"},
    "violation": {
        "place": "示例路1号", "territory": "120199", "began_on": "2021-08-02", "ended_on": "2021-08-02",
        "discovered_on": "2021-08-02", "harm": "slight", "facts": ["乱扔废弃物"],
    },
}  # fmt: skip
LEAD = {"at": "2021-08-02T09:00:00+08:00", "kind": "lead_registered", "by": ["0201"], "source": "patrol"}
OPENING = {
    "at": "2021-08-03T09:00:00+08:00", "kind": "opening_approved", "by": ["0201", "0202"], "approved_by": "0001",
}  # fmt: skip


def start(pipe: int, *, patient: bool = False) -> int:
    """Fork a writer; returns its process id. The parent must hold no connection to the database.

    A patient writer tries again where the database does not answer; what it was doing then is not acknowledged."""
    child = os.fork()
    if not child:
        _write_for_ever(pipe, patient)
    return child


def _write_for_ever(pipe: int, patient: bool) -> NoReturn:
    from django.db import InterfaceError, OperationalError, connection

    from yifa.ledger.actions import Actor
    from yifa.registry.organs.models import Organ

    try:
        organ = Organ.objects.get()
        actor = Actor(ACTOR, role="handler", organ=organ.code)
        while True:
            try:
                _write(pipe, organ, actor)
            except (OperationalError, InterfaceError):
                if not patient:
                    raise
                connection.close()
                time.sleep(0.05)
    except BaseException as error:  # noqa: BLE001 - a forked child must never return into the parent's code
        os.write(2, f"writer ended by itself: {type(error).__name__}: {error}\n".encode())
        os.write(pipe, b"ended\n")
    finally:
        os._exit(1)


def _write(pipe: int, organ: Any, actor: Any) -> None:
    from yifa.casework.cases.actions import open_case, record_act

    number = f"故障〔2021〕{uuid.uuid4().hex}号"
    case = open_case(organ=organ, head={**HEAD, "number": number}, event=LEAD, actor=actor)
    os.write(pipe, f"{case.no}/1\n".encode())
    record_act(case_no=case.no, event=OPENING, actor=actor)
    os.write(pipe, f"{case.no}/2\n".encode())
