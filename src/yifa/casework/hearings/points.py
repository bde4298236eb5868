"""Points of a statement and their answers, numbered, as the notes of the record keep them: one line a point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yifa.casework.cases.models import Act
from yifa.law.labels import label

LINE = re.compile(r"^第(\S{1,20}?)点：(.*)$")
REASON = "。理由："


@dataclass(frozen=True)
class Point:
    """One point: its number, the act it was raised in, its words; `result` empty while nobody has answered it."""

    number: str
    raised: Act
    words: str
    result: str = ""
    reason: str = ""
    answered: Act | None = None

    @property
    def place(self) -> str:
        """The number as people say it: records of other hands write p1."""
        return self.number.removeprefix("p")

    @property
    def result_words(self) -> str:
        return label("reexamination_result", self.result) if self.result else ""


def one_line(text: str) -> str:
    return " ".join(text.split())


def numbered(words: Mapping[str, str]) -> str:
    """The note of a statement: 第1点：…"""
    return "\n".join(f"第{number}点：{one_line(text)}" for number, text in words.items())


def answers(results: Mapping[str, str], reasons: Mapping[str, str]) -> str:
    """The note of a re-examination: 第1点：不采纳。理由：…"""
    told = {
        number: label("reexamination_result", result)
        + (REASON + reasons[number] if reasons.get(number) else "")
        for number, result in results.items()
    }
    return numbered(told)


def read(note: str | None) -> dict[str, str]:
    """Number → words, of the lines a note has for points; a note written freely has none."""
    found = (LINE.match(line) for line in (note or "").splitlines())
    return {one[1]: one[2] for one in found if one}


def points_of(acts: Sequence[Act]) -> list[Point]:
    """Every point of the case in order, with the answer given after it. `acts` in record order."""
    found: list[Point] = []
    for place, act in enumerate(acts):
        if act.kind != "statement_made":
            continue
        words = read(act.get("note"))
        later = [one for one in acts[place + 1 :] if one.kind == "statement_reexamined"]
        found.extend(answered(number, act, words.get(number, ""), later) for number in act.data["points"])
    return found


def answered(number: str, act: Act, words: str, later: Iterable[Act]) -> Point:
    for one in later:
        if number in one.data["results"]:
            told = read(one.get("note")).get(number, "")
            return Point(number, act, words, one.data["results"][number], told.partition(REASON)[2], one)
    return Point(number, act, words)


def next_number(acts: Iterable[Act]) -> int:
    """Points are numbered on through the case."""
    return 1 + sum(len(act.data["points"]) for act in acts if act.kind == "statement_made")
