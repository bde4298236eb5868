"""Does the decision name the collecting bank and the surcharge? FS art. 7."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["outcome"] != "penalty" or not step.data["penalty"].fine_fen:
        return None
    if "payee" in step.data["contents"]:
        return None
    return Breach(
        "决定书未载明代收机构或者逾期加处罚款事项",
        "在决定书中载明代收机构的名称、地址、缴款数额和期限、逾期不缴是否加处罚款",
    )


register(
    Rule(
        id="R-FS-07-1",
        title="决定书载明代收机构",
        article="罚款决定与罚款收缴分离实施办法第七条",
        severity=WARNS,
        guard=guard,
    )
)
