"""`yifa witness`: nobody named is a no; out writes both logs and says what to type there; in tells which log was seen."""

from __future__ import annotations

import pytest

from yifa.ledger.access import Seen, write
from yifa.ledger.checkpoints import verifier_keys
from yifa.ledger.tests.factories import histories
from yifa.proof import witness
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    settings.KEYS = tmp_path / "keys"
    histories(1, 2)
    write([Seen("viewed", "user:1", "case:2021-0001")])


def test_nobody_named_is_a_no_and_half_a_command_is_not_understood(capsys):
    assert run(["witness"]) == 1
    assert "还没有登记见证方" in capsys.readouterr().err
    with pytest.raises(Refused, match="写成 yifa witness out"):
        run(["witness", "out"])


def test_out_and_in_for_both_logs(tmp_path, settings, capsys):
    stick = tmp_path / "usb"
    assert run(["witness", "out", str(stick)]) == 0
    told = capsys.readouterr().out
    for log, key in (("case", verifier_keys()[0]), ("access", verifier_keys("access")[0])):
        assert f"sign {log} --log-key {key}" in told
    (settings.KEYS / "witnesses.txt").write_text(witness.init(tmp_path / "state", "sfj.example/w") + "\n")
    assert run(["witness"]) == 1
    for log, size in (("case", 2), ("access", 1)):
        cosigned = witness.cosign(tmp_path / "state", stick / log, verifier_keys(log)[0], 1_900_000_000)
        assert run(["witness", "in", str(cosigned)]) == 0
        assert f"已见证 {log} {size} 条" in capsys.readouterr().out
