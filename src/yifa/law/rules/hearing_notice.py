"""Was the hearing notified the full days before it? APL art. 64 (2)."""

from __future__ import annotations

from datetime import date

from yifa.law.facts import Facts, day_text, period_text
from yifa.law.findings import Breach
from yifa.law.hearings import FULL, NOTICE, latest_notice
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.kind == "hearing_notified":
        return None if step.bare else _short(facts, step, step.data["hearing_on"])
    if step.kind == "hearing_held":
        return _held(facts, step)
    hearing = facts.last_before(step, "hearing_held")
    return None if hearing is None else _held(facts, hearing)


def _held(facts: Facts, hearing: Event) -> Breach | None:
    notice = facts.last_before(hearing, "hearing_notified")
    if notice is None:
        return Breach(
            f"{day_text(hearing.day)}的听证之前没有通知当事人听证的时间、地点", "另定听证日期，按期通知当事人"
        )
    return _short(facts, notice, notice.data["hearing_on"]) or _short(facts, notice, hearing.day)


def _short(facts: Facts, notice: Event, hearing_on: date) -> Breach | None:
    period = facts.param(NOTICE, notice.day)
    full = bool(facts.param(FULL, notice.day).value)
    latest = latest_notice(hearing_on, period, full=full, holidays=facts.holidays).due_on
    if notice.day <= latest:
        return None
    return Breach(
        f"听证通知距听证日不足{period_text(period)}：{day_text(notice.day)}通知，{day_text(hearing_on)}听证，"
        f"最迟应在{day_text(latest)}通知",
        f"推迟听证，使通知与听证之间有完整的{period_text(period)}，并重新通知当事人",
    )


register(
    Rule(
        id="R-APL-64-2",
        title="听证提前通知",
        article="行政处罚法第六十四条第二项",
        article_before="行政处罚法（2017年修正）第四十二条第一款第二项",
        guard=guard,
    )
)
