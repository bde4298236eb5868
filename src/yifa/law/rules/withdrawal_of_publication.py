"""Was a published decision withdrawn in time once it was changed or revoked? APL art. 48 para. 2."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

TURNED = frozenset({"changed", "revoked", "unlawful", "void"})


def clock(facts: Facts) -> Iterator[Running]:
    for _, tick in by_channel(facts):
        yield tick


def by_channel(facts: Facts) -> Iterator[tuple[str, Running]]:
    """Each clock with the channel it runs for."""
    postings = facts.all("publicity_posted")
    if not postings:
        return
    turns = [
        event
        for kind in ("decision_changed", "reconsideration_decided", "litigation_decided")
        for event in facts.all(kind)
        if event.data["result"] in TURNED
    ]
    turns.sort(key=lambda event: event.index)
    for place, turn in enumerate(turns):
        for channel in dict.fromkeys(event.data["channel"] for event in postings if event.index < turn.index):
            if not _counted_before(facts, turns[:place], channel, turn):
                yield channel, _one(facts, turn, channel)


def _counted_before(facts: Facts, earlier: list[Event], channel: str, turn: Event) -> bool:
    """An earlier change already runs for this channel, or nothing stood published there at the change."""
    state = [
        event
        for event in facts.before(turn, "publicity_posted", "publicity_withdrawn")
        if event.data["channel"] == channel
    ]
    last = state[-1]
    if last.kind == "publicity_withdrawn":
        return True
    return any(change.index > last.index for change in earlier)


def _one(facts: Facts, turn: Event, channel: str) -> Running:
    due = facts.due("publicity_withdrawal_days", turn)
    stop = next(
        (event for event in facts.after(turn, "publicity_withdrawn") if event.data["channel"] == channel),
        None,
    )
    seen_on = stop.day if stop is not None else facts.at.date()
    name = label("channel", channel)
    state = f"{day_text(stop.day)}才撤回" if stop is not None else "至今没有撤回"
    breach = Breach(
        f"被撤销或者变更的处罚信息应在{day_text(due.due_on)}前从{name}撤回：{day_text(turn.day)}"
        f"{label('event_kind', turn.kind)}（{label('dispute_result', turn.data['result'])}），{state}",
        f"立即撤回{name}上的处罚决定信息并公开说明理由" if stop is None else "在案卷中说明迟延撤回的理由",
    )
    return Running(turn, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-APL-48-2",
        title="决定被变更、撤销、确认违法或者无效后按时撤回公开信息",
        article="行政处罚法第四十八条第二款",
        article_before="国办发〔2018〕118号",
        warns_before=APL_2021,
        clock=clock,
    )
)
