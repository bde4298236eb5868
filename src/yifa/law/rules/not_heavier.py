"""Is the decision no heavier than what was told, and no notice heavier because the party spoke? APL art. 45 para. 2."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty, yuan
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event, Penalty
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    notices = facts.before(step, "prior_notice_served")
    if not notices or not is_penalty(step):
        return None
    if not step.bare:
        more = heavier(step.data["penalty"], notices[-1].data["penalty"])
        if more:
            return Breach(
                f"处罚决定重于{day_text(notices[-1].day)}的事先告知（{more}），不得因当事人陈述申辩加重处罚",
                "按告知的处罚内容作出决定；有新的事实和证据确需加重的，重新告知并听取陈述申辩",
            )
    return _heavier_notice(facts, notices)


def _heavier_notice(facts: Facts, notices: list[Event]) -> Breach | None:
    for earlier, later in zip(notices, notices[1:], strict=False):
        more = heavier(later.data["penalty"], earlier.data["penalty"])
        if not more or not _between(facts, "statement_made", earlier, later):
            continue
        if not _between(facts, "evidence_added", earlier, later):
            return Breach(
                f"{day_text(later.day)}的告知在当事人陈述申辩后加重（{more}），其间没有新的证据",
                "恢复原告知的处罚内容重新告知；有新的事实的，补充证据后再行告知",
            )
    return None


def _between(facts: Facts, kind: str, earlier: Event, later: Event) -> bool:
    return any(earlier.index < event.index < later.index for event in facts.all(kind))


def heavier(new: Penalty, old: Penalty) -> str:
    """What makes `new` heavier than `old`, in Chinese; empty where nothing does."""
    added = [label("penalty_kind", kind) for kind in new.kinds if kind not in old.kinds]
    parts = [f"增加{'、'.join(added)}"] if added else []
    if new.fine_fen > old.fine_fen:
        parts.append(f"罚款由{yuan(old.fine_fen)}增至{yuan(new.fine_fen)}")
    if new.confiscation_fen > old.confiscation_fen:
        parts.append(f"没收由{yuan(old.confiscation_fen)}增至{yuan(new.confiscation_fen)}")
    return "，".join(parts)


register(
    Rule(
        id="R-APL-45-2",
        title="不因陈述申辩加重处罚",
        article="行政处罚法第四十五条第二款",
        article_before="行政处罚法（2017年修正）第三十二条第二款",
        guard=guard,
    )
)
