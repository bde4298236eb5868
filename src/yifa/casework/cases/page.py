"""The case page: what is this, where is it, which days run, what happened, who. Read from rows at hand, few queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.act_words import act_words
from yifa.casework.cases.clocks import CaseClock, case_clocks
from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.offered import AT_FIRST, OfferedAct, offers
from yifa.casework.cases.queries import assemble, get_case, named_by
from yifa.casework.cases.step_notes import note_words
from yifa.law.check import check
from yifa.law.events import KINDS
from yifa.law.findings import Finding
from yifa.law.labels import label
from yifa.law.packs import pack
from yifa.law.procedure import Step, steps
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.queries import case_badge
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of

CORRECTIONS = ("decision_changed", "publicity_withdrawn")


@dataclass(frozen=True)
class TimelineItem:
    """One act as a reader sees it. `late`: entered afterwards, in a case that was not; `state`: correction or normal."""

    seq: int
    at: datetime
    at_is_date: bool
    title: str
    by: str
    words: list[tuple[str, str]]
    late: bool
    state: str


@dataclass(frozen=True)
class ShownFinding:
    """A finding with the act it stands on (None: on the running case)."""

    finding: Finding
    severity: str
    act_seq: int | None
    act_title: str


@dataclass(frozen=True)
class ShownStep:
    """A step of the bar with its state in words."""

    step: Step
    state: str


@dataclass(frozen=True)
class ShownPerson:
    """A person named in the case: roles in words, certificate, number of acts."""

    name: str
    staff_no: str
    roles: str
    certificate: Mapping[str, str] | None
    acts: int


@dataclass(frozen=True)
class CasePage:
    """Everything the page shows. `at` is the moment clocks and findings are judged at."""

    case: Case
    acts: list[Act]
    at: datetime
    matter: str
    handlers: str
    steps: list[ShownStep]
    findings: list[ShownFinding]
    clocks: list[CaseClock]
    timeline: list[TimelineItem]
    people: list[ShownPerson]
    badge: tuple[int, int]
    can: list[OfferedAct]
    cannot: list[OfferedAct]

    @property
    def mine(self) -> list[OfferedAct]:
        """What who looks may do now, or bring before who decides."""
        return [offer for offer in self.can if not offer.not_mine or getattr(offer, "propose", "")]

    @property
    def of_others(self) -> list[OfferedAct]:
        mine = self.mine
        return [offer for offer in self.can if offer not in mine]

    @property
    def can_first(self) -> list[OfferedAct]:
        return self.mine[:AT_FIRST]

    @property
    def can_more(self) -> list[OfferedAct]:
        return self.mine[AT_FIRST:]

    @property
    def lead(self) -> OfferedAct | None:
        """The page's one primary act: the most urgent of those who looks may do or propose."""
        return self.mine[0] if self.mine else None

    @property
    def badge_words(self) -> str:
        return f"{self.badge[0]}/{self.badge[1]}"

    @property
    def identity(self) -> list[tuple[str, str]]:
        """Name and value of each line of the identity bar."""
        case = self.case
        town = f"（{case.town}）" if case.town else ""
        rows = [
            (gettext("案号"), case.number),
            (gettext("程序"), gettext("%(procedure)s程序") % {"procedure": self.procedure_words}),
            (
                gettext("状态"),
                gettext(self.stage) + (gettext("，") + gettext("补录") if case.entered_late else ""),
            ),
            (gettext("当事人"), f"{case.party_name}（{self.party_kind}）"),
            (gettext("地点"), f"{self.place}{town}"),
            (gettext("承办"), self.handlers or gettext("还没有指派")),
            (gettext("立案"), case.opened_on.isoformat() if case.opened_on else gettext("还没有立案")),
        ]
        return rows + ([(gettext("结案"), case.closed_on.isoformat())] if case.closed_on else [])

    @property
    def step_pairs(self) -> list[tuple[Step, str]]:
        return [(shown.step, shown.state) for shown in self.steps]

    @property
    def stage(self) -> str:
        return label("stage", self.case.stage)

    @property
    def procedure(self) -> str:
        return label("procedure", self.case.procedure)

    @property
    def procedure_words(self) -> str:
        return gettext(self.procedure)

    @property
    def party_kind(self) -> str:
        return label("party_kind", self.case.party_kind)

    @property
    def place(self) -> str:
        return self.case.violation.get("place", "")

    @property
    def steps_sentence(self) -> str:
        return steps_sentence([shown.step for shown in self.steps])

    @property
    def whole(self) -> bool:
        """Whether every row is as the ledger recorded it."""
        return self.badge[0] == self.badge[1]

    @property
    def blocks(self) -> int:
        return sum(shown.finding.severity == "blocks" for shown in self.findings)


def case_page(
    organ_code: str, case_no: str, at: datetime, *, staff_no: str | None = None, extra_roles: str = ""
) -> CasePage:
    """The page of a case of this organ at a moment, as the person logged in sees it. Raises UnknownCase."""
    case = get_case(organ_code, case_no)
    staff = staff_of(organ_code)
    ordered, raw = assemble(case, case.acts.all(), staff)
    record = read_record(raw)
    answer = check(record, at)
    names = {key: person["name"] for key, person in staff.items()}
    can, cannot = offers(record, at, answer.deadlines, case, ordered, logged_in(staff, staff_no, extra_roles))
    return CasePage(
        case=case,
        acts=ordered,
        at=at,
        matter=matter_name(case),
        handlers=handler_names(case, names),
        steps=[
            ShownStep(replace(step, note=note_words(step.note)), label("step_state", step.state))
            for step in steps(record, at)
        ],
        findings=shown_findings(answer.findings, ordered),
        clocks=case_clocks(answer.deadlines, at),
        timeline=[timeline_item(act, names, all_late=case.entered_late) for act in ordered],
        people=shown_people(raw, ordered),
        badge=case_badge(case_no),
        can=can,
        cannot=cannot,
    )


def case_clock_page(organ_code: str, case_no: str, at: datetime) -> tuple[Case, list[CaseClock]]:
    """The running clocks alone. Raises UnknownCase."""
    case = get_case(organ_code, case_no)
    _, raw = assemble(case, case.acts.all(), staff_of(organ_code))
    return case, case_clocks(check(read_record(raw), at).deadlines, at)


def matter_name(case: Case) -> str:
    """Name of the matter in the packs of the organ; its code where the packs do not have it."""
    matter = pack(case.organ.territory).matters.get(case.matter)
    return matter.name if matter else case.matter


def handler_names(case: Case, names: Mapping[str, str]) -> str:
    return "、".join(names.get(key, key) for key in case.handlers.split("|") if key)


def steps_sentence(steps: Sequence[Step]) -> str:
    """Where the case is, in words: 第 4 步，共 11 步：事先告知（本案不适用：听证）. Steps that do not apply are not counted."""
    applying = [step for step in steps if step.state != "not_applicable"]
    left_out = gettext("、").join(gettext(step.label) for step in steps if step.state == "not_applicable")
    aside = gettext("（本案不适用：%(steps)s）") % {"steps": left_out} if left_out else ""
    told = {"count": len(applying), "aside": aside}
    for place, step in enumerate(applying, start=1):
        if step.state in ("current", "returned"):
            words = {**told, "place": place, "step": gettext(step.label)}
            return gettext("第 %(place)s 步，共 %(count)s 步：%(step)s%(aside)s") % words
    done = sum(step.state == "done" for step in applying)
    return gettext("共 %(count)s 步，已完成 %(done)s 步%(aside)s") % {**told, "done": done}


def timeline_item(act: Act, names: Mapping[str, str], *, all_late: bool) -> TimelineItem:
    return TimelineItem(
        seq=act.seq,
        at=act.at.astimezone(SHANGHAI),
        at_is_date=act.at_is_date,
        title=KINDS[act.kind].label,
        by="、".join(names.get(person, person) for person in act.by),
        words=act_words(act, names),
        late=act.entered_late and not all_late,
        state="correction" if act.kind in CORRECTIONS else "",
    )


def shown_findings(findings: list[Finding], ordered: list[Act]) -> list[ShownFinding]:
    """What blocks first, then in the order of the acts."""
    shown = []
    for finding in findings:
        act = None if finding.event is None else ordered[finding.event]
        shown.append(
            ShownFinding(
                finding,
                label("severity", finding.severity),
                act and act.seq,
                KINDS[act.kind].label if act else "",
            )
        )
    return sorted(shown, key=lambda one: one.finding.severity != "blocks")


def shown_people(raw: Mapping[str, Any], ordered: list[Act]) -> list[ShownPerson]:
    """Those the acts name, with the number of acts they did; those with most acts first."""
    named = named_by(ordered)
    counted = [
        ShownPerson(
            name=person["name"],
            staff_no=person["id"],
            roles="、".join(label("role", role) for role in person["roles"]),
            certificate=person.get("certificate"),
            acts=sum(person["id"] in act.by for act in ordered),
        )
        for person in raw["people"]
        if person["id"] in named
    ]
    return sorted(counted, key=lambda person: (-person.acts, person.staff_no))
