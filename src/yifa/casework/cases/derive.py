"""What a case shows in lists, derived from its acts; and the tallies upper rooms keep. Nothing here is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import connection

from yifa.casework.cases.models import Act, Case, Tally
from yifa.law.check import Answer, Clock
from yifa.law.execution import owed
from yifa.law.procedure import stage
from yifa.ledger.clock import SHANGHAI

DECISIONS = ("decision_made", "summary_decision_made")

Projection = Callable[[Act, Case], dict[str, int]]
PROJECTIONS: list[Projection] = []


def register_projection(projection: Projection) -> None:
    """An upper room's pure function (act, case before it) -> {counter name: delta}. It reads and writes nothing else."""
    PROJECTIONS.append(projection)


def derive(case: Case, acts: Sequence[Act], units: Mapping[str, str]) -> None:
    """Set the derived columns of `case` from all its `acts`, given in record order; `units`: staff number → unit."""
    case.act_count = len(acts)
    case.stage = stage(acts)
    case.opened_on = case.decided_on = case.closed_on = None
    case.fine_fen = 0
    handlers: list[str] = []
    for act in acts:
        day = act.at.astimezone(SHANGHAI).date()
        if act.kind == "opening_approved":
            case.opened_on = case.opened_on or day
        elif act.kind == "handlers_assigned":
            handlers += [person for person in act.data.get("handlers", []) if person not in handlers]
        elif act.kind in DECISIONS:
            case.decided_on = day
            case.fine_fen = (act.get("penalty") or {}).get("fine_fen", 0)
        elif act.kind == "case_closed":
            case.closed_on = day
        elif act.kind == "case_reopened":
            case.closed_on = None
    case.handlers = "|" + "|".join(handlers) + "|" if handlers else ""
    case.last_act_at = acts[-1].at if acts else None
    case.unit, case.named = unit_of(acts, handlers, units), named_in(acts, units)


def unit_of(acts: Iterable[Act], handlers: Sequence[str], units: Mapping[str, str]) -> str:
    """The unit of the first handler assigned, else of the first officer who acted."""
    officers = [who for act in acts for who in act.by if who in units]
    return next((units[who] for who in [*handlers[:1], *officers] if who in units), "")


def named_in(acts: Iterable[Act], units: Mapping[str, str]) -> str:
    """Everyone of the organ the acts name, as `|0101|0102|`: who acted, approved, reviewed, presided."""
    found: set[str] = set()
    for act in acts:
        found |= act.mentioned
    named = sorted(found & units.keys())
    return f"|{'|'.join(named)}|" if named else ""


def set_judged(case: Case, answer: Answer | None) -> None:
    """What the law's answer after the last act says of the case in lists: the nearest deadline, what is owed until when."""
    set_due(case, answer.deadlines if answer else ())
    found = owed(answer.facts) if answer else None
    case.owed_fen = found.amount_fen if found else None
    case.pay_by = found.pay_by if found else None


def set_due(case: Case, running: Iterable[Clock]) -> None:
    """Keep the nearest of the clocks that run after the last act, so that lists can be sorted by days left."""
    nearest = min(running, key=lambda one: (one.running.deadline.due_on, one.rule), default=None)
    deadline = nearest.running.deadline if nearest else None
    case.due_rule = nearest.rule if nearest else ""
    case.due_on = deadline.due_on if deadline else None
    case.due_from = deadline.starts_on if deadline else None
    case.due_unit = deadline.unit if deadline else ""


def deltas(acts: Iterable[Act], case: Case) -> Counter[tuple[str, str, str]]:
    """What the registered projections add for these acts: {(organ, name, month): delta}."""
    total: Counter[tuple[str, str, str]] = Counter()
    for act in acts:
        month = act.at.astimezone(SHANGHAI).strftime("%Y-%m")
        for projection in PROJECTIONS:
            for name, delta in projection(act, case).items():
                total[case.organ_id, name, month] += delta
    return total


def apply_deltas(total: Counter[tuple[str, str, str]]) -> None:
    """Add all deltas in one statement, inside the act's own transaction."""
    if not total:
        return
    table = connection.ops.quote_name(Tally._meta.db_table)
    rows = [(*key, value) for key, value in sorted(total.items())]
    places = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (organ_id, name, period, value) VALUES {places} "
            f"ON CONFLICT (organ_id, name, period) DO UPDATE SET value = {table}.value + excluded.value",
            [item for row in rows for item in row],
        )
