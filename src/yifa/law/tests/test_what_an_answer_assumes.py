"""A finding or clock that rests on a value nobody has confirmed says which (待确认)."""

from dataclasses import replace

from yifa.law.check import check
from yifa.law.packs import pack
from yifa.law.record import moment, parse
from yifa.law.scenarios import base, scenarios


def early_decision() -> dict:
    """The lawful base with its decision one day after the notice: the defence period has not run out."""
    data = base("ordinary")
    for event in data["events"]:
        if event["kind"] == "decision_made":
            event["at"] = moment("2024-05-16T10:00:00+08:00")
    data["events"].sort(
        key=lambda event: moment(str(event["at"])) if isinstance(event["at"], str) else event["at"]
    )
    return data


def assumed(data: dict, rule: str, law=None) -> tuple[str, ...]:
    return next(one.assumed for one in check(parse(data, law=law)).findings if one.rule == rule)


def confirmed(name: str):
    shipped = pack("120115")
    return shipped.with_editions({name: [replace(shipped.editions[name][-1], confirmed=True)]})


def test_a_finding_names_the_unconfirmed_period_it_rests_on():
    assert assumed(early_decision(), "R-APL-62-1") == ("defence_days",)


def test_once_confirmed_the_finding_rests_on_nothing_unconfirmed():
    assert assumed(early_decision(), "R-APL-62-1", confirmed("defence_days")) == ()


def test_a_statutory_period_is_never_an_assumption():
    for one in scenarios("R-APL-51-1"):
        data = one.record()
        if data.party.kind == "sole_trader":
            continue
        assert all(f.assumed == () for f in one.answer().findings if f.rule == "R-APL-51-1")


def test_a_running_clock_names_its_unconfirmed_period():
    data = base("ordinary")
    data["events"] = data["events"][:1]
    clocks = check(parse(data)).deadlines
    assert {clock.rule: clock.assumed for clock in clocks}["R-APL-54-2"] == ("filing_decision_days",)


def test_the_organ_s_own_edition_decides():
    shipped = pack("120115")
    longer = shipped.with_editions(
        {"defence_days": [replace(shipped.editions["defence_days"][-1], value=30)]}
    )
    record = base("ordinary")
    assert all(one.rule != "R-APL-62-1" for one in check(parse(record)).findings)
    assert any(one.rule == "R-APL-62-1" for one in check(parse(record, law=longer)).findings)
