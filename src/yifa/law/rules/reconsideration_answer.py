"""Was the reconsideration answered in time? ARL art. 48, 54."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.editions import ARL_2023
from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Gap, Running
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running | Gap]:
    for filed in facts.all("reconsideration_filed"):
        received = filed.get("copy_received_on")
        if received is None:
            yield Gap("key_absent", "没有记入收到副本的日期（copy_received_on）")
            continue
        period = (
            "reconsideration_summary_answer_days"
            if filed.data["procedure"] == "summary" and received >= ARL_2023
            else "reconsideration_answer_days"
        )
        due = facts.due(period, filed, on=received)
        stop = next(iter(facts.after(filed, "reconsideration_answered", "reconsideration_decided")), None)
        seen_on = stop.day if stop is not None else facts.at.date()
        state = f"{day_text(stop.day)}才提出" if stop is not None else "至今没有提出"
        breach = Breach(
            f"行政复议答复逾期：{day_text(received)}收到副本，应在{day_text(due.due_on)}前提出，{state}；逾期视为没有证据、依据",
            "在案卷中说明逾期理由"
            if stop is not None
            else "立即提出书面答复，并提交当初作出行政行为的证据、依据",
        )
        yield Running(filed, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-ARL-48-1",
        title="按时答复行政复议",
        article="行政复议法第四十八条",
        article_before="行政复议法（2017年修正）第二十三条",
        switch=ARL_2023,
        clock=clock,
    )
)
