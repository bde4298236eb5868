"""Jurisdiction packs: the law of the country, the city, the district, chosen by the longest matching code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from yifa.law.calendar.holidays import HolidayTable
from yifa.law.packs import matters as matter_tables
from yifa.law.packs import parameters as parameter_tables
from yifa.law.packs.errors import NotInForce, UnknownParameter, UnknownTerritory, ValueNotSet
from yifa.law.packs.matters import Matter, Range
from yifa.law.packs.parameters import Parameter

__all__ = [
    "Matter", "NotInForce", "Pack", "Parameter", "Range", "UnknownParameter", "UnknownTerritory", "ValueNotSet", "pack",
]  # fmt: skip

FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Pack:
    """The law of one territory. `organ`: code, name, document_prefix of its commission, empty where none is set."""

    territory: str
    chain: tuple[str, ...]
    matters: Mapping[str, Matter]
    editions: Mapping[str, tuple[Parameter, ...]]
    holidays: HolidayTable
    towns: Mapping[str, str]
    organ: Mapping[str, str]
    demo: bool
    own_years: Mapping[str, Any] = field(default_factory=dict)

    def param(self, name: str, on: date) -> Parameter:
        """The edition of a parameter in force on a day. Raises UnknownParameter, NotInForce, ValueNotSet."""
        return chosen(self, name, on)

    def with_editions(
        self,
        editions: Mapping[str, Sequence[Parameter]] | None = None,
        holidays: Mapping[str, Any] | None = None,
    ) -> Pack:
        """The same law with further editions of parameters laid over those of the pack, and years of holidays.

        An edition from a day on ends those before it on the day before. `holidays`: tables by year, as in
        holidays.toml. Raises UnknownParameter for a parameter that does not exist.
        """
        laid = dict(self.editions)
        for name, later in (editions or {}).items():
            if name not in laid:
                raise UnknownParameter(name)
            for one in later:
                laid[name] = parameter_tables.laid_over(laid[name], one)
        years = {**self.own_years, **(holidays or {})}
        table = holiday_table(years) if holidays else self.holidays
        return replace(self, editions=laid, holidays=table, own_years=years)

    def with_year(self, year: str, table: Mapping[str, Any]) -> Pack:
        """The same law with one year of holidays in the place of what it had."""
        return self.with_editions(holidays={year: table})

    def parameters(self) -> list[Parameter]:
        """All editions of all parameters, by name."""
        return [edition for name in sorted(self.editions) for edition in self.editions[name]]


@lru_cache(maxsize=20_000)
def chosen(of: Pack, name: str, on: date) -> Parameter:
    return parameter_tables.choose(of.editions, name, on)


@cache
def pack(territory: str) -> Pack:
    """The packs whose code begins the territory, from the country down; nearer ones win. Raises UnknownTerritory."""
    layers = sorted(
        (layer for layer in all_layers() if territory.startswith(layer["prefix"])),
        key=lambda layer: len(layer["prefix"]),
    )
    if len(layers) < 2:
        raise UnknownTerritory(f"没有行政区划 {territory} 的法律包")
    found: dict[str, Matter] = {}
    editions: dict[str, tuple[Parameter, ...]] = {}
    towns: dict[str, str] = {}
    for layer in layers:
        found |= matter_tables.read(read(layer["name"], "matters.toml"), local=bool(layer["prefix"]))
        editions |= parameter_tables.read(read(layer["name"], "parameters.toml").get("parameter", ()))
        towns |= layer.get("towns", {})
    return Pack(
        territory=territory,
        chain=tuple(layer["name"] for layer in layers),
        matters=dict(sorted(found.items())),
        editions=editions,
        holidays=holidays(),
        towns=towns,
        organ=layers[-1].get("organ", {}),
        demo=layers[-1].get("demo", False),
    )


@cache
def holidays() -> HolidayTable:
    return HolidayTable.from_data(read("cn", "holidays.toml"))


def holiday_table(years: Mapping[str, Any]) -> HolidayTable:
    """The shipped table with the given years (tables as in holidays.toml) in the place of theirs."""
    shipped = read("cn", "holidays.toml")["year"]
    return HolidayTable.from_data({"year": dict(sorted({**shipped, **years}.items()))})


@cache
def all_layers() -> tuple[dict[str, Any], ...]:
    """The `pack.toml` of every folder: prefix, organ, towns, demo."""
    names = sorted(path.parent.name for path in FOLDER.glob("*/pack.toml"))
    return tuple({**read(name, "pack.toml"), "name": name} for name in names)


@cache
def title_of(name: str) -> str:
    """中文 of a parameter; its name where no pack has it."""
    rows = (
        row for layer in all_layers() for row in read(layer["name"], "parameters.toml").get("parameter", ())
    )
    return next((str(row["title"]) for row in rows if row["name"] == name), name)


def read(name: str, file: str) -> dict[str, Any]:
    """A data file of a pack; a file the pack does not have is empty."""
    path = FOLDER / name / file
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
