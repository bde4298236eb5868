"""What a case has told so far, in the words of papers: type once. Reads the record of the case, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.law.calendar.spans import DAY
from yifa.law.events import KINDS
from yifa.law.forms.amounts import amount
from yifa.law.forms.composing import day_words
from yifa.law.forms.sentences import NotSet, cited, payment, sentence, words_of
from yifa.law.hearings import why_heard
from yifa.law.labels import form, label, labels
from yifa.law.packs import Matter, Pack, UnknownParameter, pack
from yifa.registry.laws.queries import read_record

Event = Mapping[str, Any]
DECISIONS = ("decision_made", "summary_decision_made")


@dataclass(frozen=True)
class Told:
    """A case record (docs/spec/record.md) and the day the paper is dated."""

    raw: Mapping[str, Any]
    on: date

    @property
    def law(self) -> Pack:
        return pack(self.raw["agency"]["territory"])

    @property
    def matter(self) -> Matter | None:
        return self.law.matters.get(self.raw["matter"])

    def last(self, *kinds: str) -> Event:
        """The latest act of these kinds; an empty one where there is none."""
        found = [event for event in self.raw["events"] if event["kind"] in kinds]
        return found[-1] if found else {}

    def all(self, kind: str) -> list[Event]:
        return [event for event in self.raw["events"] if event["kind"] == kind]

    def name(self, who: str | None) -> str:
        return next((one["name"] for one in self.raw["people"] if one["id"] == who), "")

    def names(self, whose: list[str]) -> str:
        return "、".join(filter(None, map(self.name, whose)))

    def handlers(self) -> list[str]:
        """Who was assigned; in a summary case, which assigns nobody, who acted on the spot."""
        assigned = self.last("handlers_assigned").get("handlers") or self.last("opening_approved").get("by")
        return assigned or self.last("summary_decision_made", "scene_recorded", "evidence_added").get(
            "by", []
        )

    def officers(self) -> str:
        """Names with certificate numbers: who decided on the spot, else who handles the case."""
        numbers = {one["id"]: (one.get("certificate") or {}).get("number", "") for one in self.raw["people"]}
        whose = self.last("summary_decision_made").get("by") or self.handlers()
        return "、".join(
            f"{self.name(who)}（{numbers[who]}）" if numbers.get(who) else self.name(who) for who in whose
        )

    def penalty(self, event: Event, key: str = "penalty") -> str:
        """警告；罚款2,000元（人民币贰仟元整）. Empty without a penalty."""
        told = event.get(key) or {}
        amounts = {"fine": told.get("fine_fen", 0), "confiscation_of_gains": told.get("confiscation_fen", 0)}
        parts = [
            label("penalty_kind", kind) + (amount(amounts[kind]) if amounts.get(kind) else "")
            for kind in told.get("kinds", [])
        ]
        return "；".join(parts) + "。" if parts else ""


def given(told: Told) -> str:
    """What was decided: the penalty, or in a word that there is none."""
    event = decision(told)
    outcome = event.get("outcome")
    return told.penalty(event) or (f"{label('outcome', outcome)}。" if outcome else "")


def proposed(told: Told) -> str:
    """What the investigation proposed; a proposal without a kind of penalty is one to give none."""
    closed = told.last("investigation_closed")
    words = told.penalty(closed, "proposal")
    return words or (f"{label('outcome', 'no_penalty')}。" if closed.get("proposal") is not None else "")


def noticed(told: Told) -> str:
    """When and of what the party was told; empty where nothing had to be told."""
    notice = told.last("prior_notice_served")
    return f"{chinese(day(notice))}告知：{told.penalty(notice)}" if notice else ""


def day(event: Event) -> str:
    return event["at"][:10] if event else ""


def approver(told: Told, kind: str) -> str:
    return told.name(told.last(kind).get("approved_by"))


def facts(told: Told) -> str:
    found = "；".join(told.raw["violation"].get("facts") or [])
    return f"{found}。" if found else ""


def basis(told: Told) -> str:
    return cited(told.matter.basis) if told.matter else ""


def decision(told: Told) -> Event:
    return told.last(*DECISIONS)


def fine(told: Told) -> int | None:
    return (decision(told).get("penalty") or {}).get("fine_fen") or None


def kinds(told: Told) -> str:
    chosen = (decision(told).get("penalty") or {}).get("kinds", [])
    return "、".join(label("penalty_kind", kind) for kind in chosen)


def tier(told: Told) -> str:
    key = decision(told).get("tier") or told.last("investigation_closed").get("tier")
    return label("tier", key) if key else ""


def discretion(told: Told) -> str:
    words = f"对照裁量基准，属于“{tier(told)}”档次。" if tier(told) else ""
    deviation = decision(told).get("deviation_reason")
    return words + (f"{deviation}。" if deviation else "")


def pay(told: Told) -> str:
    return payment(told.on, told.law, fine(told) or 0) if fine(told) else ""


def remedies(told: Told) -> str:
    return sentence("remedies", told.on, told.law)


def notice_remedies(told: Told) -> str:
    return sentence("remedies", told.on, told.law, act="通知")


def summary_remedies(told: Told) -> str:
    return sentence("summary_remedies", told.on, told.law)


def hearing_right(told: Told) -> str:
    """As it was told; before it is told, where the penalty proposed is of hearing level. APL art. 63."""
    notice = told.last("prior_notice_served")
    try:
        right = notice["hearing_right_told"] if notice else why_heard(read_record(told.raw), told.on)
    except UnknownParameter as error:
        raise NotSet("本机关还没有设定听证数额，请核对是否告知听证权利") from error
    return sentence("hearing_right", told.on, told.law) if right else ""


def param(name: str) -> Callable[[Told], str]:
    return lambda told: words_of(name, told.on, told.law)


def evidence(told: Told) -> list[list[str]]:
    return [
        [
            label("evidence_kind", one["evidence_kind"]),
            str(one["id"]),
            "、".join(one["proves"]),
            chinese(day(one)),
        ]
        for one in told.all("evidence_added")
    ]


def course(told: Told) -> str:
    """The acts up to the day of the paper, and to the end of the investigation; several of a kind on one day are one step."""
    closed = told.last("investigation_closed").get("at", "9999")
    before = [one for one in told.raw["events"] if one["at"] <= closed and day(one) <= told.on.isoformat()]
    steps = dict.fromkeys(f"{chinese(day(one))}{KINDS[one['kind']].label}" for one in before)
    return "；".join(steps) + "。" if steps else ""


def statement(told: Told) -> str:
    if told.last("statement_waived"):
        return "当事人放弃陈述、申辩。"
    made, answered = told.last("statement_made"), told.last("statement_reexamined")
    if not made:
        return ""
    results = [label("reexamination_result", one) for one in (answered.get("results") or {}).values()]
    outcome = f"，经复核：{'、'.join(dict.fromkeys(results))}" if results else ""
    return f"当事人于{chinese(day(made))}提出陈述、申辩{outcome}。"


def points(told: Told) -> list[list[str]]:
    results = told.last("statement_reexamined").get("results") or {}
    return [
        [str(one), "", label("reexamination_result", results[one]) if one in results else "", ""]
        for one in told.last("statement_made").get("points", [])
    ]


def hearing(told: Told) -> str:
    if told.last("hearing_waived"):
        return "当事人放弃听证。"
    held = told.last("hearing_held")
    return f"我机关于{chinese(day(held))}举行听证，充分听取了当事人的意见。" if held else ""


def review(told: Told) -> str:
    found = told.last("legality_reviewed")
    return (
        f"{chinese(day(found))}{told.names(found['by'])}：{label('opinion', found['opinion'])}"
        if found
        else ""
    )


def votes(told: Told) -> list[list[str]]:
    found = told.last("deliberated").get("votes") or {}
    return [[told.name(who), label("vote", vote), ""] for who, vote in found.items()]


def deliberated(told: Told) -> str:
    found = [row[1] for row in votes(told)]
    counted = [f"{words}{found.count(words)}人" for words in labels("vote").values() if words in found]
    return f"参加{len(found)}人，{'，'.join(counted)}。" if found else ""


def deliberation(told: Told) -> str:
    return f"{chinese(day(told.last('deliberated')))}{deliberated(told)}" if votes(told) else ""


def items(*kinds: str) -> Callable[[Told], list[list[str]]]:
    """Names of the items of every such act; the other columns are for whoever counts them."""

    def found(told: Told) -> list[list[str]]:
        width = 5 if "preservation_ordered" in kinds else 4
        return [
            [name] + [""] * (width - 1)
            for event in told.raw["events"]
            if event["kind"] in kinds
            for name in event.get("items", [])
        ]

    return found


def preserved_until(told: Told) -> str:
    ordered = told.last("preservation_ordered")
    if not ordered:
        return ""
    days = told.law.param("preservation_days", date.fromisoformat(day(ordered)))
    return add_days(told, date.fromisoformat(day(ordered)), int(days.value), days.unit).isoformat()


def add_days(told: Told, start: date, count: int, unit: str) -> date:
    """The last day of a period that begins the day after `start`."""
    return told.law.holidays.add(start, count) if unit == "working_day" else start + count * DAY


def outcomes(told: Told) -> list[list[str]]:
    found = told.last("preservation_disposed")
    names = told.last("preservation_ordered").get("items", [])
    words = label("preservation_outcome", found["outcome"]) if found else ""
    return [[name, words, ""] for name in names] if found else []


CHECKS = {
    "certificate_shown": "出示执法证件", "party_present": "通知当事人到场", "told_rights": "告知理由、依据、权利和救济途径",
    "heard": "听取陈述和申辩", "list_delivered": "交付决定书和清单", "witness": "当事人不到场的，邀请见证人",
    "necessities": "不涉及生活必需品",
}  # fmt: skip


def measure_checks(told: Told) -> list[list[str]]:
    found = told.last("measure_ordered")
    return [[words, checked(key, found)] for key, words in CHECKS.items()] if found else []


def checked(key: str, measure: Event) -> str:
    """The record says whether necessities of life are concerned, the paper that they are not."""
    if key == "necessities":
        return "否" if measure.get(key) else "是"
    if key == "witness" and measure.get("party_present") and not measure.get(key):
        return "不适用"
    return "是" if measure.get(key) else "否"


def urgent(told: Told) -> str:
    found = told.last("measure_ordered")
    return ("是" if found.get("urgent") else "否") if found else ""


def services(told: Told) -> list[list[str]]:
    return [
        [form(one["instrument"]).name, "", label("mode", one["mode"]), chinese(day(one))]
        for one in told.all("instrument_served")
    ]


def owed(told: Told) -> int | None:
    """What is left of the fine after what was paid."""
    paid = sum(one["amount_fen"] for one in told.all("fine_collected"))
    return max((fine(told) or 0) - paid, 0) or None


def place_of_payment(told: Told) -> str:
    return sentence("payment_place", told.on, told.law)


def collected(told: Told) -> str:
    paid = [one["amount_fen"] for one in told.all("fine_collected")]
    words = f"已缴纳{amount(sum(paid))}，共{len(paid)}笔。" if paid else ""
    changed = told.last("decision_changed")
    return words + (
        f"{chinese(day(changed))}，处罚决定被{label('decision_change', changed['result'])}。"
        if changed
        else ""
    )


def chinese(iso: str) -> str:
    return day_words(date.fromisoformat(iso)) if iso else ""


def shown(told: Told) -> str:
    found = told.last("scene_recorded", "interview_recorded")
    return {True: "已出示", False: "没有出示"}.get(found.get("certificate_shown"), "")


def recheck(told: Told) -> str:
    found = told.last("correction_rechecked")
    return ("已改正。" if found["corrected"] else "没有改正。") if found else ""


def worded(enum: str, kind: str, key: str) -> Callable[[Told], str]:
    """The label of an enum value of the latest act of a kind."""
    return lambda told: labels(enum).get(told.last(kind).get(key, ""), "")
