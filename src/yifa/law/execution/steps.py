"""Which step of execution is possible now, from which day, until which, and why not. APL arts 66, 72; ACL arts 44–54."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yifa.law.calendar import deadline
from yifa.law.calendar.spans import DAY
from yifa.law.facts import Facts, day_text, yuan
from yifa.law.record.model import Event

if TYPE_CHECKING:
    from yifa.law.execution.standing import Standing

NOW, WAITS, DONE, NOT = "now", "waits", "done", "not"
SETTLED = "应缴款项已经缴清"
ANNULLED = "决定已被撤销或者确认无效，不再执行"


@dataclass(frozen=True)
class ExecutionStep:
    """`kind` is the act; `state`: now, waits (for `first_on`), done, not. `why` says it in Chinese, with the days."""

    kind: str
    state: str
    article: str
    why: str
    first_on: date | None = None
    last_on: date | None = None

    @property
    def unsaid(self) -> bool:
        """Has it a first and a last day of which `why` does not speak?"""
        if self.first_on is None or self.last_on is None:
            return False
        return day_text(self.last_on) not in self.why


def steps(facts: Facts, now: Standing, step: Event) -> tuple[ExecutionStep, ...]:
    """Deferral, additional fine, demand, court, in their order."""
    return (_deferral(now), _additional(now), _demand(facts, now, step), _court(facts, now, step))


def _over(now: Standing) -> str:
    """Why nothing is left to execute; empty where something is."""
    if now.state == "annulled":
        return ANNULLED
    return SETTLED if not now.owed_fen else ""


def _deferral(now: Standing) -> ExecutionStep:
    article = "行政处罚法第六十六条第二款"
    if over := _over(now):
        return ExecutionStep("deferral_approved", NOT, article, over)
    if now.deferred_to and now.deferred_to >= now.day:
        why = f"已批准，最迟{day_text(now.deferred_to)}缴清；再次申请的，另行批准"
        return ExecutionStep("deferral_approved", DONE, article, why)
    return ExecutionStep(
        "deferral_approved", NOW, article, "当事人确有经济困难并提出申请的，经批准可以暂缓或者分期缴纳"
    )


def _additional(now: Standing) -> ExecutionStep:
    article, kind = "行政处罚法第七十二条第一款第一项", "additional_fine_charged"
    if now.state == "annulled":
        return ExecutionStep(kind, NOT, article, ANNULLED)
    if now.due_on is None:
        return ExecutionStep(kind, NOT, article, "处罚决定没有送达，缴款期限没有起算")
    first = now.due_on + DAY
    if now.accrued_fen > now.charged_fen:
        why = f"缴款期限至{day_text(now.due_on)}，逾期{now.late_days}日，加处罚款{yuan(now.accrued_fen)}"
        if now.capped:
            why += "，已到罚款本数，不再增加"
        return ExecutionStep(kind, NOW, article, why, first)
    if now.charged_fen:
        return ExecutionStep(kind, DONE, article, f"已加处罚款{yuan(now.charged_fen)}", first)
    if now.settled_on:
        return ExecutionStep(kind, NOT, article, "在缴款期限内缴清，没有加处罚款")
    return ExecutionStep(kind, WAITS, article, f"缴款期限至{day_text(now.due_on)}，逾期才加处罚款", first)


def _demand(facts: Facts, now: Standing, step: Event) -> ExecutionStep:
    article, kind, last = "行政强制法第五十四条", "demand_served", latest_demand(facts, now, step)
    if over := _over(now):
        return ExecutionStep(kind, NOT, article, over)
    if now.due_on is None:
        return ExecutionStep(kind, NOT, article, "处罚决定没有送达，不能催告")
    served = demand(facts, now)
    if served is not None:
        ends = facts.due("demand_wait_days", served).due_on
        return ExecutionStep(
            kind, DONE, article, f"{day_text(served.day)}已催告，等待期至{day_text(ends)}", last_on=last
        )
    if step.day <= now.due_on:
        return ExecutionStep(
            kind,
            WAITS,
            article,
            f"缴款期限至{day_text(now.due_on)}，逾期不缴的才催告",
            now.due_on + DAY,
            last,
        )
    late = f"，最迟应在{day_text(last)}催告，否则来不及在期限内申请法院强制执行" if last else ""
    return ExecutionStep(kind, NOW, article, f"已逾期没有缴清，可以催告{late}", now.due_on + DAY, last)


def demand(facts: Facts, now: Standing) -> Event | None:
    """The latest demand after the decision."""
    found = facts.after(now.decision, "demand_served")
    return found[-1] if found else None


def latest_demand(facts: Facts, now: Standing, step: Event) -> date | None:
    """The last day on which a demand still leaves its waiting period before the end of the window."""
    if now.window.last_on is None:
        return None
    wait = facts.param("demand_wait_days", step.day)
    return deadline(
        start=now.window.last_on, length=wait.value, unit=wait.unit, before=True, holidays=facts.holidays
    ).due_on


def _court(facts: Facts, now: Standing, step: Event) -> ExecutionStep:
    article, kind, window = "行政强制法第五十三条、第五十四条", "court_execution_requested", now.window
    asked = facts.after(now.decision, kind)
    if asked:
        return ExecutionStep(
            kind, DONE, article, f"{day_text(asked[-1].day)}已申请", window.first_on, window.last_on
        )
    if over := _over(now):
        return ExecutionStep(kind, NOT, article, over)
    if window.pending:
        return ExecutionStep(kind, NOT, article, window.pending)
    served = demand(facts, now)
    waited = facts.due("demand_wait_days", served).due_on + DAY if served is not None else None
    first = max([day for day in (window.first_on, waited) if day], default=None)
    whole = _window_words(first, window.last_on, window.judged)
    if window.last_on and step.day > window.last_on:
        return ExecutionStep(
            kind, NOT, article, f"申请期限已过（{whole}）；逾期申请须说明正当理由", first, window.last_on
        )
    if served is None:
        return ExecutionStep(
            kind, WAITS, article, f"先催告，等待期满才能申请；{whole}", first, window.last_on
        )
    if first and step.day < first:
        return ExecutionStep(kind, WAITS, article, whole, first, window.last_on)
    return ExecutionStep(kind, NOW, article, whole, first, window.last_on)


def _window_words(first: date | None, last: date | None, judged: bool) -> str:
    if judged:
        return "行政诉讼已经审结，按生效裁判申请执行"
    return f"最早{day_text(first)}，最迟{day_text(last)}" if first and last else ""
