"""The clock of an answer to a remedy (复议答复、应诉答辩): from the day the copy was received to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Gap, Running
from yifa.law.record.model import Event


def answer_clock(
    facts: Facts, family: str, what: str, period: Callable[[Event, date], str]
) -> Iterator[Running | Gap]:
    """Every remedy of a family (`reconsideration`, `litigation`); `period` names the parameter of its days."""
    for filed in facts.all(f"{family}_filed"):
        received = filed.get("copy_received_on")
        if received is None:
            yield Gap("key_absent", "没有记入收到副本的日期（copy_received_on）")
            continue
        due = facts.due(period(filed, received), filed, on=received)
        stop = next(iter(facts.after(filed, f"{family}_answered", f"{family}_decided")), None)
        seen_on = stop.day if stop is not None else facts.at.date()
        state = f"{day_text(stop.day)}才提出" if stop is not None else "至今没有提出"
        breach = Breach(
            f"{what}逾期：{day_text(received)}收到副本，应在{day_text(due.due_on)}前提出，{state}；逾期视为没有证据、依据",
            "在案卷中说明逾期理由"
            if stop is not None
            else "立即提出书面答复，并提交当初作出行政行为的证据、依据",
        )
        yield Running(filed, due, stop, breach, late=seen_on > due.due_on)
