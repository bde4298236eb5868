"""Writing over HTTP: a case opened, an act recorded with its gate, beside the empty view of the same server.

Whole requests as a browser sends them: session, log-in, CSRF, permission, form, rules, ledger, durable commit. After
each run the database is asked whether every case and act answered for is there, with its entry in the ledger.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import connection

from bench import machine
from bench.pages import session_cookie
from bench.served import WARM_UP, Served, Server, seconds_until, server
from yifa.jobs.heartbeat import age, heartbeat_file
from yifa.jobs.housekeeping import sign_the_head
from yifa.ledger import clock
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ

SERIAL, PARALLEL = 300, 4
SHARE = 150
OFFICERS = ["0201", "0202"]
OPEN_ZAAK_CREATE = {1: 11.6, PARALLEL: 27.5}
OPEN_ZAAK_STATUS = {1: 8.4, PARALLEL: 18.4}
COUNTS = {1: SERIAL + WARM_UP, PARALLEL: PARALLEL * (SHARE + WARM_UP)}
Runs = dict[int, dict[str, Served]]
"""{clients: {"bare", "empty", "create", "act"}}"""


def measure() -> tuple[Runs, dict[int, float], int]:
    """(The runs, bare commits a second by clients, acts of a case before the act measured).

    The bare server and bare commits are measured before and after each run. The head is signed first, as it is every
    ten minutes, and the worker has started: what they cost once is not what an act costs.
    """
    today = clock.today()
    cases = prepared(today, sum(COUNTS.values()))
    sign_the_head()
    connection.close()
    heartbeat_file().unlink(missing_ok=True)
    runs: Runs = {}
    durable: dict[int, float] = {}
    with server(session_cookie("handler"), today.isoformat()) as at, machine.bare() as alone:
        seconds_until(lambda: age() is not None, most=60)
        for clients, count in COUNTS.items():
            mine, cases = cases[:count], cases[count:]
            before, written = machine.answers(alone, clients), machine.commits(settings.HOME)
            runs[clients] = {
                "empty": at.ask([at.get("/bench/empty/")] * count * 2, clients=clients, status=200),
                "create": created(at, today, clients, count),
                "act": acted(at, today, clients, mine),
            }
            runs[clients]["bare"] = between(before, machine.answers(alone, clients))
            durable[clients] = (written + machine.commits(settings.HOME)) / 2
    return runs, durable, len(history(today))


def between(one: Served, other: Served) -> Served:
    """The middle of two runs of as many answers."""
    middles = ((getattr(one, name) + getattr(other, name)) / 2 for name in ("rate", "p50", "p99"))
    both = one.answers + other.answers, (one.cpu + other.cpu) / 2, one.connections + other.connections
    return Served(*middles, *both)


def created(at: Server, today: date, clients: int, count: int) -> Served:
    from yifa.casework.cases.models import Act, Case

    before = Case.objects.count(), Act.objects.count(), entries()
    posts = [at.post("/desk/cases/new/", lead(today, f"bench-{clients}-{turn}")) for turn in range(count)]
    served = at.ask(posts, clients=clients, status=303, place=r"/desk/cases/\d{4}-\d+/\?recorded=1")
    after = Case.objects.count(), Act.objects.count(), entries()
    assert after == (before[0] + count, before[1] + count, before[2] + 2 * count), (before, after)
    return served


def acted(at: Server, today: date, clients: int, cases: list[str]) -> Served:
    from yifa.casework.cases.models import Case

    known, before = len(history(today)), entries()
    posts = [
        at.post(f"/desk/cases/{no}/do/investigation-closed/", closing(today, expected=known)) for no in cases
    ]
    place = rf"/desk/cases/\d{{4}}-\d+/\?recorded={known + 1}"
    served = at.ask(posts, clients=clients, status=303, place=place)
    done = Case.objects.filter(no__in=cases, act_count=known + 1, acts__kind="investigation_closed").count()
    assert (done, entries()) == (len(cases), before + len(cases)), (done, len(cases))
    return served


def entries() -> int:
    """Of the log of cases; who looked at what is written into a log of its own, after the answer."""
    from yifa.ledger.models import Event

    return Event.objects.filter(log="case").count()


def lead(today: date, number: str) -> dict[str, str]:
    """The form of a new lead, filled in."""
    return {
        "number": number, "procedure": "ordinary", "matter": "M001", "source": "patrol", "at": f"{today}T00:00:01",
        "party_kind": "citizen", "party_name": "示例当事人", "place": f"示例路{number}号", "town": "", "began_on": f"{today}",
        "ended_on": f"{today}", "discovered_on": f"{today}", "harm": "slight", "facts": "乱扔废弃物",
    }  # fmt: skip


def closing(today: date, expected: int) -> dict[str, object]:
    """The form of the end of an investigation: it has a gate, and it changes the stage of the case."""
    return {
        "expected": expected, "at": f"{today}T00:00:01", "by": OFFICERS, "tier": "",
        "proposal.kinds": ["fine"], "proposal.fine": "100",
    }  # fmt: skip


def prepared(today: date, count: int, name: str = "bench-act") -> list[str]:
    """Addresses of `count` new cases under investigation, recorded with their ledger entries as a year is taken in."""
    from yifa.casework.cases.actions import History, record_histories
    from yifa.casework.cases.models import Case

    organ = Organ.objects.get()
    day = today - timedelta(days=12)
    head = {
        "procedure": "ordinary", "matter": "M001", "campaign": None, "party": {"kind": "citizen", "name": "示例当事人"},
        "violation": {"place": "示例路1号", "territory": organ.territory, "began_on": f"{day}", "ended_on": f"{day}",
                      "discovered_on": f"{day}", "harm": "slight", "facts": ["乱扔废弃物"]},
    }  # fmt: skip
    histories = [History({**head, "number": f"{name}-{n}"}, history(today)) for n in range(count)]
    record_histories(organ=organ, histories=histories, actor=Actor(id="system:bench", organ=organ.code))
    found = Case.objects.filter(number__startswith=f"{name}-").order_by("serial")
    return list(found.values_list("no", flat=True))


def history(today: date) -> list[dict]:
    """Ten acts up to the day before: lead, opening, assignment, two minutes, five pieces of evidence."""
    acts: list[dict] = [
        {"kind": "lead_registered", "by": OFFICERS[:1], "source": "patrol"},
        {"kind": "opening_approved", "by": OFFICERS, "approved_by": "0001"},
        {"kind": "handlers_assigned", "by": ["0001"], "handlers": OFFICERS},
        {"kind": "scene_recorded", "by": OFFICERS, "certificate_shown": True, "signed": "yes"},
        {"kind": "interview_recorded", "by": OFFICERS, "certificate_shown": True, "signed": "yes"},
        *({"kind": "evidence_added", "by": OFFICERS, "id": f"E{n}", "evidence_kind": "documentary", "verified": True,
           "lawful_source": True, "proves": ["乱扔废弃物"]} for n in range(5)),
    ]  # fmt: skip
    first = today - timedelta(days=12)
    return [{"at": f"{first + timedelta(days=turn)}T10:00:00+08:00", **act} for turn, act in enumerate(acts)]
