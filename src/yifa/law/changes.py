"""What differs between two states of the law: two days, or two files of a pack. Pure comparison, no case is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from yifa.law.packs import Matter, Pack, Parameter, Range, holiday_table
from yifa.law.packs import matters as matter_tables
from yifa.law.packs import parameters as parameter_tables
from yifa.law.packs.catalogue import term_words, value_words
from yifa.law.rules import RULES
from yifa.law.sources import UnknownArticle, edition, statutes

NOTHING = "没有"
PARTIES = {"citizen": "公民", "unit": "单位", "sole_trader": "个体工商户", "any": ""}


@dataclass(frozen=True)
class Change:
    """One difference. `kind`: statute, rule, parameter, matter, holidays; `before` and `after` in words."""

    kind: str
    name: str
    title: str
    before: str
    after: str
    source: str = ""


def between_days(law: Pack, old: date, new: date) -> list[Change]:
    """What is different on day `new` from day `old`."""
    return [
        *_statutes(old, new),
        *_rules(old, new),
        *(
            change
            for name, editions in sorted(law.editions.items())
            if (change := _parameter(name, _on(editions, old), _on(editions, new)))
        ),
        *(
            change
            for code, matter in law.matters.items()
            if (change := _matter(code, matter.on(old), matter.on(new)))
        ),
    ]


def between_packs(old: Pack, new: Pack) -> list[Change]:
    """What the editions of one pack say differently from another's, whatever their days."""
    found = [
        *_pairs("parameter", old.editions, new.editions, _editions_words),
        *_pairs("matter", old.matters, new.matters, matter_words),
    ]
    for year in sorted({*old.holidays.years, *new.holidays.years}):
        before, after = (_year_words(law, year) for law in (old, new))
        if before != after:
            found.append(Change("holidays", str(year), f"{year}年放假安排", before, after))
    return found


def with_file(law: Pack, data: Mapping[str, Any]) -> Pack:
    """The pack with what a file of a pack says in its place: `[[parameter]]`, `[[matter]]`, `[year.YYYY]`.

    Raises ValueError, KeyError for what is none of these.
    """
    known = {"parameter", "matter", "year"} & data.keys()
    if not known:
        raise ValueError("文件里没有 [[parameter]]、[[matter]] 或者 [year.年份]")
    return replace(
        law,
        editions={**law.editions, **parameter_tables.read(data.get("parameter", ()))},
        matters={**law.matters, **matter_tables.read(data, local=True)},
        holidays=holiday_table(data["year"]) if "year" in data else law.holidays,
    )


def _statutes(old: date, new: date) -> Iterator[Change]:
    for key in statutes():
        before, after = (_edition_words(key, day) for day in (old, new))
        if before != after:
            yield Change("statute", key, after if after != NOTHING else before, before, after)


def _edition_words(key: str, on: date) -> str:
    try:
        found = edition(key, on=on)
    except UnknownArticle:
        return NOTHING
    return f"{found.cited_as}（{found.valid_from.isoformat()}起）"


def _rules(old: date, new: date) -> Iterator[Change]:
    for rule in RULES.values():
        before, after = (_rule_words(rule.id, day) for day in (old, new))
        if before != after:
            yield Change("rule", rule.id, rule.title, before, after, rule.article)


def _rule_words(name: str, on: date) -> str:
    rule = RULES[name]
    if rule.since is not None and on < rule.since:
        return "尚未施行"
    return f"{rule.article_on(on)}，{'阻止' if rule.severity_on(on) == 'blocks' else '提醒'}"


def _on(editions: tuple[Parameter, ...], on: date) -> Parameter | None:
    return next((one for one in editions if one.in_force(on)), None)


def _parameter(name: str, old: Parameter | None, new: Parameter | None) -> Change | None:
    before, after = (NOTHING if one is None else value_words(one.value, one.unit) for one in (old, new))
    if before == after:
        return None
    known = new or old
    return Change(
        "parameter", name, known.title if known else name, before, after, known.source if known else ""
    )


def _matter(code: str, old: Matter, new: Matter) -> Change | None:
    before, after = matter_words(old), matter_words(new)
    return None if before == after else Change("matter", code, new.name, before, after, new.basis)


def _pairs(
    kind: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Callable[[Any], str]
) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        before, after = (words(side[name]) if name in side else NOTHING for side in (old, new))
        if before != after:
            yield Change(kind, name, _title(new.get(name) or old[name]), before, after)


def _title(what: Any) -> str:
    return what[-1].title if isinstance(what, tuple) else what.name


def _editions_words(editions: tuple[Parameter, ...]) -> str:
    return "；".join(
        f"{value_words(one.value, one.unit)}（{term_words(one)}，{'已确认' if one.confirmed else '待确认'}）"
        for one in editions
    )


def matter_words(matter: Matter) -> str:
    """Ranges and standing of a matter in one line."""
    if not matter.punished:
        return "不再处罚"
    ranges = "、".join(f"{PARTIES[kind]}{_range_words(one)}" for kind, one in sorted(matter.ranges.items()))
    return f"{matter.basis}：{ranges or '没有罚款'}{'（待核实）' if matter.draft else ''}"


def _range_words(of: Range) -> str:
    if of.unit == "yuan":
        return f"{value_words(of.min, 'fen')}至{value_words(of.max, 'fen')}"
    return f"{of.min}至{of.max}（{of.unit}）"


def _year_words(law: Pack, year: int) -> str:
    if not law.holidays.has_year(year):
        return NOTHING
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    rest = [day for day in days if day.weekday() < 5 and not law.holidays.is_working_day(day)]
    work = [day for day in days if law.holidays.is_make_up_day(day)]
    return f"休{_days(rest)}；班{_days(work)}"


def _days(days: list[date]) -> str:
    return "、".join(f"{day.month}-{day.day}" for day in days) or "无"
