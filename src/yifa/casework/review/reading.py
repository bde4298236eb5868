"""The form of the seven points: its controls with what was typed or kept, and what was typed as points judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.review import ties
from yifa.casework.review.actions import Judged
from yifa.casework.review.models import ReviewPoint
from yifa.law.review import FAIL, POINTS, VERDICTS, Point
from yifa.listing.errors import Problem

SLOTS = (1, 2)
LONGEST = 4000
Wrong = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """One point with its controls; `before`: what was said of it in the last round, where that did not pass."""

    point: Point
    verdict: Control
    words: Control
    slots: list[tuple[Control, Control]]
    before: ReviewPoint | None

    @property
    def tied(self) -> bool:
        """Is a place named, asked for, or to be named, as the point does not pass?"""
        said = [control.value or control.error for pair in self.slots for control in pair]
        return any(said) or self.verdict.value == FAIL


def asked(
    typed: Any, kept: Mapping[str, ReviewPoint], before: Mapping[str, ReviewPoint], known: Mapping[str, ties.Place],
    wrong: Wrong,
) -> list[Asked]:  # fmt: skip
    """All seven. `typed` is empty where the page was only read."""
    options = (("", "不指明"), *((value, words_of(one)) for value, one in known.items()))
    found = []
    for point in POINTS:
        held = kept.get(point.key)
        verdict, words = f"verdict.{point.key}", f"words.{point.key}"
        found.append(
            Asked(
                point,
                Control(verdict, point.title, "radio", (typed.get(verdict, held.verdict if held else ""),),
                        tuple(VERDICTS.items()), required=True, hint=point.asks, error=wrong.get(verdict, "")),
                Control(words, "说明", "textarea", (typed.get(words, held.words if held else ""),),
                        error=wrong.get(words, "")),
                [slot(point.key, place, typed, held, options, wrong) for place in SLOTS],
                before.get(point.key),
            )
        )  # fmt: skip
    return found


def words_of(place: ties.Place) -> str:
    kinds = {ties.EVIDENCE: "证据", ties.PAPER: "文书", ties.RECORDING: "录像"}
    return f"{kinds[place.kind]}：{place.words}"


def slot(
    key: str, place: int, typed: Any, held: ReviewPoint | None, options: Any, wrong: Wrong
) -> tuple[Control, Control]:
    what, where = f"tie.{key}.{place}", f"at.{key}.{place}"
    tie = held.ties[place - 1] if held and len(held.ties) >= place else None
    return (
        Control(what, "依据" if place == 1 else "另一依据", "select",
                (typed.get(what, f"{tie['kind']}:{tie['id']}" if tie else ""),), options, error=wrong.get(what, "")),
        Control(where, "哪一处", "text", (typed.get(where, ties.typed_at(tie) if tie else ""),),
                hint="文书写栏目名或者行号，录像写 00:41", error=wrong.get(where, "")),
    )  # fmt: skip


def read(typed: Any, known: Mapping[str, ties.Place], wrong: Wrong, *, whole: bool) -> dict[str, Judged]:
    """The points as typed. `whole`: an opinion or a return, so that a point not passed needs words and a place."""
    found = {}
    for point in POINTS:
        verdict = typed.get(f"verdict.{point.key}", "")
        words = tidy(typed.get(f"words.{point.key}", ""))
        tied = [read_tie(point.key, place, typed, known, wrong) for place in SLOTS]
        if verdict and verdict not in VERDICTS:
            wrong[f"verdict.{point.key}"] = "请选择通过、不通过或者不适用。"
        if len(words) > LONGEST:
            wrong[f"words.{point.key}"] = gettext("内容太长，最多 %(longest)s 个字。") % {"longest": LONGEST}
        elif said := fault(point.title, words, LONGEST):
            wrong[f"words.{point.key}"] = said
        if whole and verdict == FAIL and not words:
            wrong[f"words.{point.key}"] = gettext("“%(title)s”不通过，请写明问题。") % {
                "title": gettext(point.title)
            }
        if whole and verdict == FAIL and not any(tied):
            wrong.setdefault(
                f"tie.{point.key}.1",
                gettext("“%(title)s”不通过，请指明是哪件证据、文书的哪一处或者录像的哪一秒。")
                % {"title": gettext(point.title)},
            )
        found[point.key] = Judged(verdict, words, [one for one in tied if one])
    return found


def read_tie(
    key: str, place: int, typed: Any, known: Mapping[str, ties.Place], wrong: Wrong
) -> dict[str, Any] | None:
    value = typed.get(f"tie.{key}.{place}", "")
    if not value:
        return None
    found = ties.read(value, typed.get(f"at.{key}.{place}", "").strip(), known)
    if isinstance(found, str):
        wrong[f"at.{key}.{place}" if value in known else f"tie.{key}.{place}"] = found
        return None
    return found


def problems(wrong: Wrong) -> list[tuple[Problem, bool]]:
    return [(Problem(name, words), "." in name or name == "opinion") for name, words in wrong.items()]
