"""`yifa --help` and the help of every command: exit 0, in Chinese, every command named."""

import pytest

from yifa.site.cli import main

COMMANDS = [name.removesuffix("_") for name in main.command_names()]


def helped(capsys, *argv: str) -> str:
    with pytest.raises(SystemExit) as left:
        main.run([*argv, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_no_command_at_all_shows_the_commands(capsys):
    assert main.run([]) == 2
    assert "verify" in capsys.readouterr().err


def test_every_command_is_named(capsys):
    told = helped(capsys)
    assert all(f"\n    {name}" in told for name in COMMANDS)
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(capsys, name):
    assert f"yifa {name}" in helped(capsys, name)
