"""`yifa check` answers 0, 1 or 2 and never with a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from yifa.law.scenarios import HERE, base
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run

ORDINARY = str(HERE / "bases/ordinary.toml")


def written(folder: Path, data: dict[str, Any]) -> str:
    file = folder / "case.json"
    file.write_text(json.dumps(data, default=lambda at: at.isoformat()), encoding="utf-8")
    return str(file)


def test_a_file_that_is_no_record_is_refused_line_by_line(tmp_path: Path) -> None:
    data = base("ordinary")
    data["party"]["kind"] = "firm"
    data["events"][0]["colour"] = "red"
    with pytest.raises(Refused) as refused:
        run(["check", written(tmp_path, data)])
    assert refused.value.code == 2
    assert [line.split(":")[0] for line in refused.value.lines] == ["party.kind", "events[0].colour"]


@pytest.mark.parametrize("options", [["--at", "soon"], ["--next", "arrest"], ["--all"]])
def test_an_option_that_is_not_understood_is_refused(options: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        run(["check", ORDINARY, *options])
    assert refused.value.code == 2


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        run(["check", "/no/such/file.json"])
    assert refused.value.code == 2


def test_a_territory_without_a_pack_is_refused(tmp_path: Path) -> None:
    data = base("ordinary")
    data["agency"]["territory"] = data["violation"]["territory"] = "990000"
    with pytest.raises(Refused):
        run(["check", written(tmp_path, data)])


def test_a_breach_exits_with_one_and_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = base("ordinary")
    next(one for one in data["events"] if one["kind"] == "decision_made")["sealed"] = False
    file = written(tmp_path, data)
    assert run(["check", file]) == 1
    assert "R-APL-59-1" in capsys.readouterr().out
    assert run(["check", file, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [one["rule"] for one in answer["findings"]] == ["R-APL-59-1"]
    assert list(answer) == ["record", "at", "findings", "not_evaluated", "deadlines", "may_do"]


def test_a_lawful_record_exits_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", ORDINARY, "--at", "2024-05-23"]) == 0
    assert "期限" in capsys.readouterr().out


def test_next_answers_for_one_kind_of_act(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", ORDINARY, "--at", "2024-05-20", "--next", "decision_made", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["kind"], answer["allowed"]) == ("decision_made", False)
    assert run(["check", ORDINARY, "--at", "2024-05-23T08:00:00+08:00", "--next", "decision_made"]) == 0
