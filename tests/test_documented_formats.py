"""What docs/spec says is what the code reads: the record, names of steps, labels, sheets and columns."""

from __future__ import annotations

import json
import re

from tests.house.plan import ROOT
from yifa.intake.workbook.sheets import SHEETS
from yifa.law.check import check
from yifa.law.events import KINDS
from yifa.law.labels import labels
from yifa.law.record import parse
from yifa.proof import verify

SPEC = ROOT / "docs" / "spec"


def text(name: str) -> str:
    return (SPEC / f"{name}.md").read_text(encoding="utf-8")


def test_the_record_printed_in_the_page_gets_the_answer_printed_there():
    record, printed = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text("record"), re.S))
    findings = check(parse(record)).as_json()["findings"]
    same = [finding for finding in findings if finding["rule"] == printed["rule"]]
    assert [{key: finding[key] for key in printed} for finding in same] == [printed]


def test_names_of_steps_are_those_of_the_glossary():
    section = text("workbook").split("环节 names")[1].split("\n## ")[0]
    documented = dict(re.findall(r"`([a-z_]+)` ([\u4e00-\u9fff]+)", section))
    documented = {key: word for key, word in documented.items() if key in KINDS}
    assert documented == dict(labels("event_kind"))


def test_labels_of_values_are_those_of_the_glossary():
    section = text("workbook").split("| value of | labels |")[1].split("\n\n")[0]
    names = {
        "case_closed.reason": "close_reason",
        "penalty kinds": "penalty_kind",
        "preservation_disposed.outcome": "preservation_outcome",
        "measure_lifted.outcome": "measure_outcome",
        "time_excluded.reason": "exclusion_reason",
        "result (reconsideration, litigation)": "dispute_result",
        "decision_changed.result": "decision_change",
        "party kind": "party_kind",
        "votes": "vote",
    }
    compared = 0
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 2 or cells[0].startswith("---") or "·" in cells[0]:
            continue
        written = dict(item.strip().split(" ", 1) for item in cells[1].split("·"))
        assert written == dict(labels(names.get(cells[0], cells[0]))), cells[0]
        compared += 1
    assert compared > 15


def documented_sheets() -> dict[str, list[tuple[str, bool, bool]]]:
    """Sheet → (header, required, natural key) of each column, as written."""
    section = text("workbook").split("| sheet | columns |")[1].split("\n\n")[0]
    sheets = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 2 or cells[0] == "---":
            continue
        columns = []
        for item in re.sub(r"\((?![^()]*秒\)|[^()]*字节\)|[^()]*元\))[^()]*\)", "", cells[1]).split(", "):
            words = item.split(" ")
            columns.append((words[0].rstrip("*"), "*" in words[0], "k" in words[1:]))
        sheets[cells[0]] = columns
    return sheets


def test_sheets_and_columns_are_those_of_the_template():
    coded = {sheet.name: [(c.header, c.required, c.natural) for c in sheet.columns] for sheet in SHEETS}
    assert documented_sheets() == coded


def test_the_report_printed_in_the_page_holds_under_the_key_printed_there(tmp_path):
    page = text("report")
    (printed,) = re.findall(r"```json\n(.*?)```", page, re.S)
    (key,) = re.findall(r"^    (demo\.invalid\S+)$", page, re.M)
    file = tmp_path / "report.json"
    file.write_text(printed)
    assert verify.main(["report", str(file), "--key", key]) == 0
    file.write_text(printed.replace("person:0102", "person:0103"))
    assert verify.main(["report", str(file), "--key", key]) == 1
