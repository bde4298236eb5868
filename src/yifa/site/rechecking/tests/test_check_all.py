"""`yifa check --all` finds what one file cannot show, writes nothing, and never passes over a case it cannot read."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yifa.casework.cases.actions import History, record_histories
from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.casework.cases.tests.factories import ACTOR, HEAD, case_with, interview, lead, organ, people
from yifa.fieldwork.inspections.models import Inspection
from yifa.law.scenarios import base
from yifa.site.cli import check as command
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import build_parser
from yifa.site.rechecking.running import recheck

pytestmark = pytest.mark.django_db
WHO = {"li": "0101", "zhao": "0102", "review": "0201", "head": "0301", "head2": "0301"}
AT = "2024-06-01"


def renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: renamed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item) for item in value]
    return WHO.get(value, value.isoformat() if hasattr(value, "isoformat") else value)


def fined(number: str, day: int = 6, *, place: str = "示例路1号", more: tuple = (), **party: Any) -> None:
    """A citizen fined on the spot in May 2024, all papers in order."""
    owner = organ()
    people(owner)
    data = renamed(base("summary"))
    for event in data["events"]:
        event["at"] = f"2024-05-{day + int(event['at'][8:10]) - 6:02d}{event['at'][10:]}"
        if "due_on" in event:
            event["due_on"] = f"2024-05-{day:02d}"
    when = dict.fromkeys(("began_on", "ended_on", "discovered_on"), f"2024-05-{day:02d}")
    head = {
        **HEAD,
        "number": number,
        "procedure": "summary",
        "party": {"kind": "citizen", "name": "王小明", **party},
        "violation": {**HEAD["violation"], **when, "place": place},
    }
    record_histories(organ=owner, histories=[History(head, [*data["events"], *more])], actor=ACTOR)


def check(*options: str) -> int:
    parser = build_parser(["check"], "check")
    return command.run(parser.parse_args(["check", "--all", "--at", AT, *options]))


def found(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[tuple[str, str]], dict]:
    capsys.readouterr()
    code = check("--json", *options)
    answer = json.loads(capsys.readouterr().out)
    return code, [(one["number"], one["rule"]) for one in answer["findings"]], answer


@pytest.mark.parametrize(
    "options",
    [["--year", "soon"], ["--year", "0"], ["--processes", "0"], ["--next", "case_closed"], ["case.json"],
     ["--organ", "nobody"], ["--csv", "/no/such/folder/out.csv"]],
)  # fmt: skip
def test_an_option_that_is_not_understood_is_refused(options: list[str]) -> None:
    organ()
    with pytest.raises(Refused) as refused:
        check(*options)
    assert refused.value.code == 2


@pytest.mark.parametrize("options", [[], ["case.json", "--year", "2024"], ["case.json", "--csv", "out.csv"]])
def test_an_option_of_all_without_all_is_refused(options: list[str]) -> None:
    parser = build_parser(["check"], "check")
    with pytest.raises(Refused) as refused:
        command.run(parser.parse_args(["check", *options]))
    assert refused.value.code == 2


def test_a_second_fine_for_the_same_act_is_found_in_the_later_case(capsys) -> None:
    fined("甲1")
    fined("甲2")
    fined("甲3", place="示例路2号")
    code, findings, _ = found(capsys)
    assert (code, findings) == (1, [("甲2", "R-APL-29-1")])


def test_a_fine_that_was_revoked_stands_in_nobodys_way(capsys) -> None:
    revoked = {"at": "2024-05-20T09:00:00+08:00", "kind": "decision_changed", "by": [], "result": "revoked"}
    withdrawn = {
        "at": "2024-05-20T10:00:00+08:00",
        "kind": "publicity_withdrawn",
        "by": [],
        "channel": "portal",
    }
    fined("甲1", more=(revoked, withdrawn))
    fined("甲2")
    assert found(capsys)[:2] == (0, [])


def test_the_identifier_tells_two_parties_of_one_name_apart(capsys) -> None:
    fined("甲1", identifier="120000199001010011")
    fined("甲2", identifier="120000199001010029")
    assert found(capsys)[1] == []
    fined("甲3", identifier="120000199001010029", name="王晓明")
    assert found(capsys)[1] == [("甲3", "R-APL-29-1")]


def test_another_organ_is_neither_checked_nor_asked(capsys) -> None:
    fined("甲1")
    other = organ("120199-other")
    Case.objects.update(organ=other)
    Act.objects.update(organ=other)
    fined("乙1")
    _, findings, answer = found(capsys, "--organ", "120199-cgw")
    assert (findings, answer["cases"]) == ([], 1)


def test_the_moment_of_the_check_is_now_and_not_the_last_act(capsys) -> None:
    case_with(lead("2024-05-06T09:00:00+08:00"))
    assert found(capsys)[1] == [(HEAD["number"], "R-APL-54-2")]
    assert CaseFinding.objects.count() == 0, "what is found now is not written"


def test_year_keeps_the_cases_of_that_year(capsys) -> None:
    case_with(interview("2021-08-04T09:00:00+08:00"))
    assert found(capsys, "--year", "2021")[2]["cases"] == 1
    code, findings, answer = found(capsys, "--year", "2022")
    assert (code, findings, answer["cases"]) == (0, [], 0)


def test_a_case_that_is_no_record_is_named_and_the_others_are_still_judged(capsys) -> None:
    fined("甲1")
    case_with(interview("2021-08-04T09:00:00+08:00"))
    Act.objects.filter(kind="statement_waived").update(by=["nobody"])
    capsys.readouterr()
    with pytest.raises(Refused) as refused:
        check("--json")
    assert refused.value.code == 2 and "甲1" in refused.value.lines[0]
    answer = json.loads(capsys.readouterr().out)
    assert (answer["unreadable"], answer["cases"]) == (1, 2)
    assert answer["findings"][0]["rule"] == "R-APL-54-1"


def test_csv_has_a_row_for_each_finding_and_no_formula(tmp_path: Path, capsys) -> None:
    fined("=甲1")
    fined("=甲2")
    Inspection.objects.create(
        organ=organ(), number="J1", on=date(2024, 4, 1), town="示例镇", target="某店", officers="|0101|", result="normal"
    )  # fmt: skip
    assert check("--csv", str(tmp_path / "out.csv")) == 1
    assert "R-APL-29-1 同一违法行为不再罚款：1处，1件" in capsys.readouterr().out
    with open(tmp_path / "out.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["案号"], row["规则"], row["环节"]) for row in rows] == [
        ("'=甲2", "R-APL-29-1", "当场处罚决定"),
        ("", "PUB-02", ""),
    ]


def test_slices_of_any_size_give_the_same_answer(monkeypatch) -> None:
    for number in range(7):
        fined(f"甲{number}")
    from django.utils.timezone import now

    from yifa.site.rechecking import slices

    answers = []
    for size in (1, 3, 400):
        monkeypatch.setattr(slices.keys, "__defaults__", (size,))
        with recheck(organ(), at=now()) as (cases, counts):
            answers.append([(case.no, [one.rule for one, _, _ in case.findings]) for case in cases])
        assert counts.cases == 7
    assert answers[0] == answers[1] == answers[2]
