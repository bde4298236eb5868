"""Does the decision say what the party was told before? Facts, basis, amount: compared before sealing. APL art. 44, 45."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from yifa.casework.instruments.told import DECISIONS, Told
from yifa.law.forms.composing import empty
from yifa.law.record import Penalty
from yifa.law.rules.not_heavier import heavier

CHECKED = frozenset({"penalty_decision"})
"""A decision without a penalty burdens nobody: what it finds may be other than what was told."""
COMPARED = (("事实", "违法事实"), ("依据", "处罚依据"))


@dataclass(frozen=True)
class Comparison:
    """One line of 与事先告知书比对: what, how it compares, whether it stands in the way."""

    what: str
    words: str
    good: bool


def compare(
    form: str, values: Mapping[str, Any], notice: Mapping[str, Any] | None, told: Told
) -> list[Comparison]:
    """`notice`: the fields of the notice last issued in this case; None where it was not made here."""
    if form not in CHECKED or (notice is None and not told.last("prior_notice_served")):
        return []
    found = [_text(what, values.get(label), notice.get(label)) for what, label in COMPARED] if notice else []
    return [*found, _amount(told)]


def not_the_recorded(recorded: str, drawn: str, used_by: str) -> str:
    """Two numbers for one decision, and what to do. `used_by`: the case whose paper has the recorded one already."""
    said = {"recorded": recorded, "drawn": drawn, "case": used_by}
    why = (
        gettext("办案记录中决定的文号是%(recorded)s，已用于案件 %(case)s 的文书；这件文书取号会是%(drawn)s，两处不一致。")
        if used_by
        else gettext("办案记录中决定的文号是%(recorded)s，不是成文日期当年这类文书的文号；这件文书取号会是%(drawn)s，两处不一致。")
    ) % said  # fmt: skip
    remedy = gettext(
        "请核对文书种类和成文日期；文号记错的，由负责人记明撤销该决定，再用文号%(drawn)s重新作出决定。"
    )
    return why + remedy % said


def _text(what: str, now: Any, before: Any) -> Comparison:
    if empty(before):
        return Comparison(what, "告知书没有写明，无法比对", True)
    same = _bare(now) == _bare(before)
    return Comparison(
        what, "一致" if same else "与告知书不一致：请改回告知的内容，或者重新告知后再用印", same
    )


def _bare(value: Any) -> str:
    return "".join(str(value or "").split())


def _amount(told: Told) -> Comparison:
    before, now = told.last("prior_notice_served").get("penalty"), told.last(*DECISIONS).get("penalty")
    if not before or not now:
        return Comparison("幅度", "办案记录中还没有处罚决定或者事先告知，无法比对", True)
    more = heavier(penalty(now), penalty(before))
    return Comparison(
        "幅度", f"重于告知（{more}）：按告知的内容决定，或者重新告知" if more else "未加重", not more
    )


def penalty(told: Mapping[str, Any]) -> Penalty:
    """A penalty of the record as the rules compare it."""
    return Penalty(**{**told, "kinds": tuple(told["kinds"])})
