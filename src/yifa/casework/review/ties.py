"""Places a point of review speaks of: which there are in a case, what was typed for one, how it reads and where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from yifa.casework.cases.models import Act
from yifa.casework.instruments.models import Instrument
from yifa.casework.process_record.models import RecordingLink
from yifa.law.labels import label

EVIDENCE, PAPER, RECORDING = "evidence", "paper", "recording"
SECOND = re.compile(r"(?:(\d{1,2})[:：])?(\d{1,3})[:：](\d{2})")
LINE = re.compile(r"(?:第)?(\d{1,4})(?:行)?")


@dataclass(frozen=True)
class Place:
    """Something in the case a point may be tied to. `seq`: the act that entered it; `most`: lines, or seconds."""

    kind: str
    id: str
    words: str
    seq: int = 0
    most: int = 0
    fields: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.id}"


def places(case_no: str, acts: Sequence[Act]) -> dict[str, Place]:
    """All places of a case by their value: evidence, papers, recordings. Two queries."""
    found = [
        Place(EVIDENCE, one.data["id"], f"{one.data['id']} {label('evidence_kind', one.data['evidence_kind'])}", one.seq)
        for one in acts
        if one.kind == "evidence_added"
    ]  # fmt: skip
    for paper in Instrument.objects.filter(case_id=case_no).order_by("serial"):
        most, names = paper.text.count("\n") + 1, tuple(paper.fields)
        found.append(Place(PAPER, paper.no, f"{paper.definition.name} {paper.no}", most=most, fields=names))
    links = RecordingLink.objects.filter(act__case_id=case_no).select_related("recording", "act")
    for one in links.order_by("recording__started_at"):
        film = one.recording
        found.append(
            Place(
                RECORDING, film.number, f"{film.number}（{clock(film.seconds)}）", one.act.seq, film.seconds
            )
        )
    return {one.value: one for one in found}


def clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def read(value: str, at: str, known: Mapping[str, Place]) -> dict[str, Any] | str:
    """The tie typed, or what is wrong with it, as a sentence."""
    place = known.get(value)
    if place is None:
        return gettext("请从列表中选择证据、文书或者录像。")
    tie: dict[str, Any] = {"kind": place.kind, "id": place.id, "at": ""}
    if place.kind == PAPER:
        found = line_of(at, place)
        return {**tie, "at": found} if found else gettext(
            "请写文书的栏目名（例如 %(field)s）或者行号（1 到 %(most)s）。"
        ) % {"field": place.fields[0] if place.fields else gettext("当事人"), "most": place.most}  # fmt: skip
    if place.kind == RECORDING:
        second = second_of(at, place.most)
        return {**tie, "at": second} if second is not None else gettext(
            "请写录像的时间点，写成 00:41 的样子，不超过 %(end)s。"
        ) % {"end": clock(place.most)}  # fmt: skip
    return tie


def line_of(typed: str, place: Place) -> str:
    """A field of the paper by its name, or 第n行; empty where there is none."""
    if typed in place.fields:
        return typed
    found = LINE.fullmatch(typed)
    return f"第{int(found[1])}行" if found and 1 <= int(found[1]) <= place.most else ""


def second_of(typed: str, most: int) -> int | None:
    found = SECOND.fullmatch(typed)
    if not found or int(found[3]) > 59:
        return None
    second = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    return second if second <= most else None


def typed_at(tie: Mapping[str, Any]) -> str:
    """What the control held."""
    return clock(tie["at"]) if tie["kind"] == RECORDING else str(tie["at"])


def words(tie: Mapping[str, Any], known: Mapping[str, Place]) -> str:
    """证据1 书证；处罚决定书 2021-0001-W03 “违法事实”；R1 00:41."""
    place = known.get(f"{tie['kind']}:{tie['id']}")
    name = place.words if place else tie["id"]
    if tie["kind"] == RECORDING:
        return f"{tie['id']} {clock(tie['at'])}"
    return f"{name} “{tie['at']}”" if tie["at"] else name


def address(case_no: str, tie: Mapping[str, Any], known: Mapping[str, Place]) -> str:
    """Where the place is shown: the paper, or the act that entered it."""
    if tie["kind"] == PAPER:
        return reverse("document", args=[case_no, tie["id"]])
    place = known.get(f"{tie['kind']}:{tie['id']}")
    seconds = f"?t={tie['at']}" if tie["kind"] == RECORDING else ""
    return f"{reverse('case', args=[case_no])}{seconds}#act-{place.seq if place else ''}"
