"""Instalments of a fine (分期缴纳): a plan of days and amounts beside one approval, and what was paid of each. APL art. 66.

Payments pay the instalment that falls due first; an instalment not paid in full on its day is in default.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yifa.law.facts import day_text, yuan

ARTICLE = "行政处罚法第六十六条第二款"
PAID, PART_PAID, DUE, DEFAULT = "paid", "part_paid", "due", "default"
STATES = {PAID: "已缴清", PART_PAID: "缴了一部分", DUE: "没有到期", DEFAULT: "逾期没有缴清"}


@dataclass(frozen=True)
class Instalment:
    """One day and amount (分) of a plan."""

    due_on: date
    amount_fen: int


@dataclass(frozen=True)
class InstalmentState:
    """An instalment on a day: what was paid of it, when it was paid in full; `days_left` is negative once it is late."""

    serial: int
    plan: Instalment
    paid_fen: int
    settled_on: date | None
    state: str
    days_left: int

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def left_fen(self) -> int:
        return self.plan.amount_fen - self.paid_fen


def faults(plan: Sequence[Instalment], *, approved_on: date, last_on: date, owed_fen: int) -> list[str]:
    """What is wrong with a plan: it ends on the day the approval names, is in order, and adds up to what is owed."""
    found = []
    if len(plan) < 2:
        found.append("分期至少两期；只有一期的是暂缓，不用分期表")
    if any(one.amount_fen <= 0 for one in plan):
        found.append("每一期的金额要大于零")
    days = [one.due_on for one in plan]
    if days != sorted(set(days)):
        found.append("各期的日期要从早到晚，不能重复")
    if days and days[0] < approved_on:
        found.append(f"第一期不能早于批准之日{day_text(approved_on)}")
    if days and days[-1] != last_on:
        found.append(f"最后一期应是批准的缴清日期{day_text(last_on)}")
    total = sum(one.amount_fen for one in plan)
    if total != owed_fen:
        found.append(f"各期合计{yuan(total)}，还欠{yuan(owed_fen)}，应当相等")
    return found


def matched(
    plan: Sequence[Instalment], payments: Iterable[tuple[date, int]], day: date
) -> list[InstalmentState]:
    """The plan as of `day`; `payments`: day and 分, of those the plan was made for."""
    left = sorted((on, fen) for on, fen in payments if on <= day)
    found = []
    for serial, one in enumerate(plan, start=1):
        paid, settled = 0, None
        while left and settled is None:
            on, fen = left.pop(0)
            taken = min(fen, one.amount_fen - paid)
            paid += taken
            if paid == one.amount_fen:
                settled = on
            if fen > taken:
                left.insert(0, (on, fen - taken))
        found.append(
            InstalmentState(
                serial, one, paid, settled, _state(one, paid, settled, day), (one.due_on - day).days
            )
        )
    return found


def _state(one: Instalment, paid: int, settled: date | None, day: date) -> str:
    if settled:
        return PAID
    if day > one.due_on:
        return DEFAULT
    return PART_PAID if paid else DUE
