"""The sheets that are a register of their own: which table a row belongs to, and whether it is new, changed or same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models

from yifa.fieldwork.campaigns.models import Campaign, HandOver
from yifa.fieldwork.draws.models import Draw
from yifa.fieldwork.inspections.models import Inspection
from yifa.fieldwork.recordings.models import Recording
from yifa.governance.counsel.models import LegalReview
from yifa.governance.leadership.models import Meeting
from yifa.governance.norms.models import RuleDocument
from yifa.governance.outreach.models import Outreach
from yifa.governance.training.models import Training
from yifa.intake.workbook.cells import Moment
from yifa.intake.workbook.columns import Column
from yifa.intake.workbook.reader import Row
from yifa.intake.workbook.sheets import BY_NAME
from yifa.ledger.clock import SHANGHAI
from yifa.openness.disclosure.models import DisclosureItem
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

CHUNK = 500
MODELS: dict[str, type[models.Model]] = {
    "人员": Person, "专项行动": Campaign, "双随机": Draw, "检查": Inspection, "移交": HandOver, "执法记录": Recording,
    "培训": Training, "普法": Outreach, "公开事项": DisclosureItem, "法律审查": LegalReview, "制度文件": RuleDocument,
    "会议履职": Meeting,
}  # fmt: skip
JOINED = ("persons", "enums")


@dataclass(frozen=True)
class Compared:
    """A row beside its register: `status` new, changed or same; `values` are column values to set."""

    status: str
    row: Row
    stored: Any
    values: dict[str, Any]


def references(sheet: str) -> list[str]:
    return [column.key for column in BY_NAME[sheet].columns if column.kind in ("person", "campaign")]


def compare(
    sheet: str, organ: Organ | None, rows: Sequence[Row], present: Mapping[str, str]
) -> Iterator[Compared]:
    """Each row beside the register. `present`: the columns of the sheet; others leave a stored row as it is."""
    remaining = iter(rows)
    columns = [column for column in BY_NAME[sheet].columns if column.key in present]
    while chunk := list(islice(remaining, CHUNK)):
        stored = stored_rows(sheet, organ, chunk)
        for row in chunk:
            found = stored.get(tuple(row.get(key) for key in BY_NAME[sheet].natural))
            values = {column.key: storable(column, row.get(column.key)) for column in columns}
            if found is None:
                yield Compared("new", row, None, values)
                continue
            changed = {
                key: value
                for key, value in values.items()
                if current(found, BY_NAME[sheet].by_key[key]) != value
            }
            yield Compared("changed" if changed else "same", row, found, changed)


def stored_rows(sheet: str, organ: Organ | None, chunk: Sequence[Row]) -> dict[tuple[Any, ...], Any]:
    if organ is None or organ._state.adding:
        return {}
    natural = BY_NAME[sheet].natural
    wanted = {f"{natural[0]}__in": {row.get(natural[0]) for row in chunk}}
    found = MODELS[sheet].objects.filter(organ=organ, **wanted).select_related(*references(sheet))
    return {tuple(getattr(row, key) for key in natural): row for row in found}


def storable(column: Column, value: Any) -> Any:
    """A cell value as its column keeps it: lists as `|a|b|`, an absent text as empty, an absent answer as no."""
    if column.kind in JOINED:
        return f"|{'|'.join(value)}|" if value else ""
    if isinstance(value, Moment):
        return value.at
    if value is None and column.kind in ("text", "slug", "enum", "sha256", "retention"):
        return ""
    if value is None and column.kind == "yes_no":
        return False
    return value


def current(stored: Any, column: Column) -> Any:
    """What the register holds, in the same form. References are compared by their own code."""
    value = getattr(stored, column.key)
    if column.kind == "person":
        return value.staff_no
    if column.kind == "campaign":
        return value.code if value is not None else None
    return value.astimezone(SHANGHAI) if column.kind == "moment" else value


def apply(sheet: str, target: Any, values: Mapping[str, Any], ids: Mapping[str, Mapping[str, int]]) -> None:
    """Set column values on a row. `ids`: kind of reference → code → primary key."""
    for key, value in values.items():
        kind = BY_NAME[sheet].by_key[key].kind
        if kind in ids:
            setattr(target, f"{key}_id", ids[kind][value] if value is not None else None)
        else:
            setattr(target, key, value)


def build(sheet: str, organ: Organ, values: Mapping[str, Any], ids: Mapping[str, Mapping[str, int]]) -> Any:
    row = MODELS[sheet](organ=organ)
    apply(sheet, row, values, ids)
    return row
