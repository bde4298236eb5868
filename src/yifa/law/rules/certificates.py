"""Were the certificates of the acting officers valid that day and in that place? APL art. 42."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, needs_two_officers
from yifa.law.findings import Breach
from yifa.law.record.model import Event, Person
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or not needs_two_officers(step):
        return None
    faults = []
    for who in dict.fromkeys(step.by):
        if who in facts.officers:
            person = facts.record.people[who]
            fault = _fault(facts, person, step)
            if fault:
                faults.append(f"{person.name}{fault}")
    if not faults:
        return None
    return Breach(
        f"执法人员证件无效或者已过期：{'；'.join(faults)}",
        "换由证件有效的执法人员重新进行该环节；证件信息登记有误的，先在人员名册中更正",
    )


def _fault(facts: Facts, person: Person, step: Event) -> str:
    held = person.certificate
    if held is None:
        return "没有执法证件"
    if not held.valid_from <= step.day <= held.valid_to:
        return f"的证件有效期为{day_text(held.valid_from)}至{day_text(held.valid_to)}，{day_text(step.day)}不在其内"
    if held.revoked_on is not None and held.revoked_on <= step.day:
        return f"的证件已于{day_text(held.revoked_on)}注销"
    if held.territory is not None and not _covers(held.territory, facts.record.violation.territory):
        return f"的证件适用区域{held.territory}不含违法行为发生地{facts.record.violation.territory}"
    return ""


def _covers(certificate: str, place: str) -> bool:
    """Codes end in zeros where they stand for a whole province or city: 120000 covers 120115."""
    wide = certificate
    while len(wide) > 2 and wide.endswith("00"):
        wide = wide[:-2]
    return place.startswith(wide) or wide.startswith(place)


register(
    Rule(
        id="R-APL-42-2",
        title="办理该环节的执法人员证件有效",
        article="行政处罚法第四十二条第一款",
        article_before="行政处罚法（2017年修正）第三十七条第一款",
        guard=guard,
    )
)
