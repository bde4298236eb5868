"""The command that counts: refusals first."""

import json

import pytest

from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run


@pytest.mark.parametrize(
    ("start", "length", "unit"),
    [
        ("yesterday", "5", "day"),
        ("2021-02-30", "5", "day"),
        ("2021-09-28", "five", "day"),
        ("2021-09-28", "0", "day"),
        ("2021-09-28", "-3", "working_day"),
        ("2021-09-28", "5", "fortnight"),
        ("2021-09-28", "99999999", "year"),
        ("9999-12-31T23:00-05:00", "24", "hour"),
        ("0001-01-01T00:00+08:00", "24", "hour"),
        ("2021-10-01T16:30+25:00", "24", "hour"),
    ],
)
def test_what_cannot_be_counted_is_refused(start, length, unit):
    with pytest.raises(Refused) as caught:
        run(["deadline", f"--from={start}", f"--length={length}", f"--unit={unit}"])
    assert caught.value.code == 2
    assert len(caught.value.lines) == 1


def test_the_first_line_is_the_day_and_then_why(capsys):
    assert run(["deadline", "--from", "2021-09-28", "--length", "5", "--unit", "working_day"]) == 0
    day, *why = capsys.readouterr().out.splitlines()
    assert day == "2021-10-11"
    assert "国庆节" in "".join(why)


def test_nothing_rolls_unless_asked(capsys):
    ends = []
    for options in ([], ["--roll"]):
        run(["deadline", "--from", "2021-09-16", "--length", "15", "--unit", "day", "--json", *options])
        ends.append(json.loads(capsys.readouterr().out)["due_on"])
    assert ends == ["2021-10-01", "2021-10-08"]


def test_a_year_without_a_table_is_provisional_and_still_answered(capsys):
    assert run(["deadline", "--from", "2027-09-28", "--length", "5", "--unit", "working_day"]) == 0
    assert "暂定" in capsys.readouterr().out


def test_hours_run_through_holidays(capsys):
    run(["deadline", "--from", "2021-10-01T16:30", "--length", "24", "--unit", "hour", "--json"])
    assert json.loads(capsys.readouterr().out)["due_at"] == "2021-10-02T16:30:00+08:00"
