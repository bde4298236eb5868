"""Entries of the access log in words, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from yifa.ledger.access import LOG
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.queries import LoggedEvent, entries_back
from yifa.ledger.succession import current
from yifa.site.access.names import PAGES, TABLES, TYPES, page_words, section_words
from yifa.site.accounts.models import User
from yifa.site.accounts.roles import keys_of, words

SHOWN = 100
LOOKED_THROUGH = 20_000
"""Entries read for one page of a question that few of them answer; the page then offers to read on."""
OF_SERVER = frozenset({"recording_opened", "recording_closed", "accesses_lost", "heartbeat"})


@dataclass(frozen=True)
class Access:
    """One line: when, who, in which roles, did what to what. `kind` and `part` are words, `key` and `more` data."""

    idx: int
    at: datetime
    who: str
    person: str
    roles: str
    did: str
    kind: str
    key: str
    part: str
    more: str
    refused: bool
    odd: bool


@dataclass(frozen=True)
class Found:
    """`before` is the place in the log to read on from; None where all was read."""

    rows: list[Access]
    before: int | None


def accesses(
    *, organ: str, about: str = "", who: str = "", type: str = "", before: int | None = None
) -> Found:
    """Of one organ, and what the server itself noted; `about` is `case:2021-0001`, `who` a log-in name."""
    wanted = f"user:{User.objects.filter(username=who).values_list('pk', flat=True).first()}" if who else ""
    chosen, last, read = [], None, 0
    for one in islice(entries_back(current(LOG), about=about, before=before), LOOKED_THROUGH):
        last, read = one.idx, read + 1
        if _answers(one, organ, wanted, type):
            chosen.append(one)
        if len(chosen) == SHOWN:
            break
    whole = len(chosen) < SHOWN and read < LOOKED_THROUGH
    return Found(_shown(chosen, organ), None if whole or not last else last)


def _answers(one: LoggedEvent, organ: str, who: str, type: str) -> bool:
    body = one.body
    if body["type"] in OF_SERVER:
        return not who and type in ("", body["type"])
    return body["agency"] == organ and who in ("", body["actor"]) and type in ("", body["type"])


def _shown(found: Iterable[LoggedEvent], organ: str) -> list[Access]:
    found = list(found)
    ids = {one.body["actor"].removeprefix("user:") for one in found}
    users = User.objects.select_related("person").in_bulk([int(pk) for pk in ids if pk.isdecimal()])
    return [_line(one, users) for one in found]


def _line(one: LoggedEvent, users: dict[int, User]) -> Access:
    body = one.body
    pk = body["actor"].removeprefix("user:")
    user = users.get(int(pk)) if pk.isdecimal() else None
    table, key = body["object"]["type"], body["object"]["id"]
    part, more = page_words(body["reason_code"], table)
    if table == "list":
        part, kind, key = part if part in PAGES.values() else "", section_words(key), ""
    elif table == "account":
        kind, key = TABLES[table], _name_of(key)
    else:
        kind = TABLES.get(table, table)
    return Access(
        idx=one.idx,
        at=datetime.fromisoformat(body["at"]).astimezone(SHANGHAI),
        who=user.username if user else "",
        person=user.person.name if user and user.person else "",
        roles=words(f"|{body['actor_role']}|") if keys_of(body["actor_role"]) else "",
        did=TYPES.get(body["type"], body["type"]),
        kind=kind, key=key, part=part, more=more,
        refused=body["type"] in ("refused", "login_failed"),
        odd=body["type"] == "accesses_lost",
    )  # fmt: skip


def _name_of(pk: str) -> str:
    found = User.objects.filter(pk=pk).values_list("username", flat=True).first() if pk.isdecimal() else None
    return found or ""
