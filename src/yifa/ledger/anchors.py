"""The lower bound in time: an entry that holds a public value of a day is not older than that day, nor is any after it.

Witnesses say that an entry existed by then; an anchor that it did not exist before. A person copies the value, nothing is
fetched. Format: docs/spec/anchors.md; why, and what it does not show: docs/decisions/0017-public-values-by-hand.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.ledger.anchor_sources import AnchorRefused, PublicValue
from yifa.ledger.append import lock
from yifa.ledger.checkpoints import last_signed
from yifa.ledger.models import Event
from yifa.ledger.succession import KINDS, current

__all__ = ["Anchor", "AnchorRefused", "latest", "published", "record"]

TYPE = "anchor.in"
TABLE = "anchor"
STALE = timedelta(days=2)
"""Older than this, the newest public value is called out of date: a day nobody copied one, and a weekend day more."""
OLDEST = timedelta(days=7)
"""An older value says less than the entries before it do already."""


@dataclass(frozen=True)
class Anchor:
    """A public value as recorded at `idx` of a log."""

    idx: int
    source: str
    issue: str
    value: str
    published_on: date

    def stale(self, today: date) -> bool:
        return today - self.published_on > STALE


def record(*, told: PublicValue, published_on: date, actor: Actor) -> Anchor:
    """Enter the value in both logs; the same once more changes nothing. Raises AnchorRefused, IntegrityBroken.

    One a source and day: a second, different value would leave open which of them was the public one.
    """
    _check_day(published_on, told)
    about = f"{published_on.isoformat()}/{told.source}"
    details = {
        "source": told.source,
        "issue": told.issue,
        "value": told.value,
        "published_on": published_on.isoformat(),
    }
    with writing() as unit:
        # held from here on, so that two at the same moment are one after the other
        lock(current("case"))
        there = _read_all(_about(current("case"), f"{TABLE}:{about}"))
        if not there:
            for kind in KINDS:
                unit.tell(log=kind, type=TYPE, actor=actor, about=(TABLE, about, 1), details=details)
    found = (there or _read_all(_about(current("case"), f"{TABLE}:{about}")))[0]
    if (found.issue, found.value) != (told.issue, told.value):
        raise AnchorRefused(
            "value",
            gettext(
                "这个来源当天的数值已写入第 %(idx)s 条：%(issue)s 期，%(value)s。日志不能改；那一条抄错了的，请另选一个来源录入。"
            )
            % {"idx": found.idx, "issue": found.issue, "value": found.value},
        )
    return found


def _check_day(day: date, told: PublicValue) -> None:
    today = clock.today()
    if day > today:
        raise AnchorRefused("published_on", gettext("公布日期还没有到。请核对。"))
    if today - day > OLDEST:
        raise AnchorRefused("published_on", gettext("公布已超过 7 天的数值不再录入。请录入最近公布的一期。"))
    years = {"kl8": f"{day:%Y}", "ssq": f"{day:%Y}", "dlt": f"{day:%y}"}
    if not told.issue.startswith(years.get(told.source, "")):
        raise AnchorRefused("issue", gettext("期号的年份与公布日期不一致。请核对。"))


def latest(count: int = 1) -> list[Anchor]:
    """The values of the latest days recorded in the log of the cases, newest first."""
    return _read_all(_all(current("case")).order_by("-object", "-idx")[:count])


def published(log: str) -> dict[str, Any]:
    """`anchors.json`: these entries up to the head signed last. Raises SigningRefused."""
    signed = last_signed(log)
    rows = _all(log).filter(idx__lt=signed.size if signed else 0).order_by("idx")
    entries = [{"idx": idx, "body": bytes(body).decode()} for idx, body in rows.values_list("idx", "body")]
    return {"format": "yifa-anchors/1", "anchors": entries}


def _all(log: str) -> QuerySet[Event]:
    return Event.objects.filter(log=log, object__gte=f"{TABLE}:", object__lt=f"{TABLE};")


def _about(log: str, about: str) -> QuerySet[Event]:
    return Event.objects.filter(log=log, object=about).order_by("idx")


def _read_all(rows: QuerySet[Event]) -> list[Anchor]:
    """What cannot be read is left to verification, which names it."""
    found = [_read(idx, bytes(body)) for idx, body in rows.values_list("idx", "body")]
    return [one for one in found if one is not None]


def _read(idx: int, body: bytes) -> Anchor | None:
    try:
        told = json.loads(body)["details"]
        day = date.fromisoformat(told["published_on"])
        return Anchor(idx, told["source"], told["issue"], told["value"], day)
    except (ValueError, KeyError, TypeError):
        return None
