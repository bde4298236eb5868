"""A row of 案件 as the head of a record: columns and the further keys of 数据."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from yifa.intake.workbook.cells import shown
from yifa.intake.workbook.reader import Row, SheetReader
from yifa.law.packs import Pack
from yifa.law.record.head import PARTY, VIOLATION

PARTY_KEYS = {"party_kind": "kind", "party_name": "name", "identifier": "identifier", "birth_on": "birth_on"}
VIOLATION_KEYS = (
    "place", "began_on", "ended_on", "discovered_on", "harm", "corrected_on", "first_offence", "complex"
)  # fmt: skip
DEFAULTS = {"harm": "none", "first_offence": False, "complex": False}
TOP_KEYS = ("number", "procedure", "matter", "campaign")
FURTHER = ("other_proceedings", "entrustment")


def territory_of(town: str, pack: Pack, organ_territory: str) -> str:
    """Code of the town by name; the organ's own code where the pack has no town of that name."""
    for code, name in pack.towns.items():
        if town in (name, code):
            return code
    return organ_territory


def read_head(row: Row, sheet: SheetReader, pack: Pack, organ_territory: str) -> dict[str, Any] | None:
    """What the row says: only the keys whose column is on the sheet. None (and problems) where it cannot be used."""
    before = len(sheet.problems)
    matter = row.get("matter")
    if matter is not None and matter not in pack.matters:
        near = get_close_matches(matter, pack.matters, n=3, cutoff=0.0)
        sheet.complain(
            row.number, "matter", "unknown_matter", f"没有事项 {shown(matter)}；相近的有 {'、'.join(near)}"
        )
    if row.get("ended_on") and row.get("began_on") and row.get("ended_on") < row.get("began_on"):
        sheet.complain(row.number, "ended_on", "ends_before", "违法结束早于违法开始")
    head: dict[str, Any] = {key: row.get(key) for key in TOP_KEYS if key in sheet.letters}
    head["party"] = {name: plain(row.get(key)) for key, name in PARTY_KEYS.items() if key in sheet.letters}
    head["violation"] = {
        key: plain(row.get(key, DEFAULTS.get(key))) for key in VIOLATION_KEYS if key in sheet.letters
    }
    head["violation"]["territory"] = territory_of(row.get("town", ""), pack, organ_territory)
    merge(row, sheet, head, row.get("data", {}))
    return None if len(sheet.problems) > before else head


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def merge(row: Row, sheet: SheetReader, head: dict[str, Any], data: dict[str, Any]) -> None:
    """Keys of 数据 may stand in `party` and `violation`, or flat where their name says where they belong."""
    for key, value in data.items():
        if key in ("party", "violation"):
            if not isinstance(value, dict):
                sheet.complain(row.number, "data", "bad_json", f"数据里的 {key} 应为 JSON 对象")
                continue
            for name, inner in value.items():
                put(row, sheet, head[key], name, inner, filled_in(row, key, name))
        elif key in TOP_KEYS:
            put(row, sheet, head, key, value, key in row.values)
        elif key in FURTHER:
            head[key] = value
        elif key in PARTY and key not in ("kind", "name"):
            put(row, sheet, head["party"], key, value, filled_in(row, "party", key))
        elif key in VIOLATION:
            put(row, sheet, head["violation"], key, value, filled_in(row, "violation", key))
        else:
            sheet.complain(row.number, "data", "bad_json", f"数据里有不认识的键 {shown(key)}")


def filled_in(row: Row, part: str, name: str) -> bool:
    if part == "violation":
        return name in row.values
    return any(column in row.values for column, key in PARTY_KEYS.items() if key == name)


def put(row: Row, sheet: SheetReader, target: dict[str, Any], name: str, value: Any, filled: bool) -> None:
    if filled and target.get(name) != value:
        sheet.complain(
            row.number,
            "data",
            "conflict",
            f"数据里的 {name} 与本行的列不一致：{shown(value)} 和 {shown(target.get(name))}",
        )
    target[name] = value


def complete(said: dict[str, Any], stored: dict[str, Any] | None) -> dict[str, Any]:
    """The whole head: what the row says over what is stored, over the defaults of the record format."""
    base = stored or {
        "campaign": None,
        "other_proceedings": [],
        "entrustment": None,
        "party": {},
        "violation": {},
    }
    head = {**base, **said}
    head["party"] = {
        key: value for key, value in {**base["party"], **said["party"]}.items() if value is not None
    }
    head["violation"] = {
        **({} if stored else {"ended_on": None, **DEFAULTS}),
        **base["violation"],
        **said["violation"],
    }
    head["campaign"] = head["campaign"] or None
    return head
