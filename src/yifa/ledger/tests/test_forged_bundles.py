"""A bundle by somebody without any key: rows left out, values blanked, another name on it. None of it is believed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

import pytest

from yifa.ledger.tests.test_bundles import code, keys, made
from yifa.proof.verify import spelt

__all__ = ["keys", "made"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]


def blanked(whole: dict) -> None:
    """A column of legal effect hidden as if it had been erased: its plain digest stands for the commitment."""
    row = next(row for row in whole["rows"] if row["table"] == "case")
    digest = hashlib.sha256(spelt(row["columns"]["fine_fen"])).hexdigest()
    row["salts"]["fine_fen"], row["columns"]["fine_fen"] = f"erased:{digest}", None


def withheld(whole: dict) -> None:
    """A personal column hidden so, with its own commitment, and no entry that says it was erased."""
    row = next(row for row in whole["rows"] if row["table"] == "act")
    salt, value = bytes.fromhex(row["salts"]["words"]), spelt(row["columns"]["words"])
    row["salts"]["words"] = "erased:" + hmac.digest(salt, value, "sha256").hex()
    row["columns"]["words"] = None


def without_an_act(whole: dict) -> None:
    whole["rows"] = [row for row in whole["rows"] if not row["key"].endswith("/1")]


def without_the_case(whole: dict) -> None:
    whole["rows"] = [row for row in whole["rows"] if row["table"] != "case"]


def of_another_case(whole: dict) -> None:
    whole["about"] = "case:2021-9999"


def of_no_case_but_two_lines(whole: dict) -> None:
    whole["about"] += "\n核验通过：全部"


@pytest.mark.parametrize(
    "forge", [blanked, withheld, without_an_act, without_the_case, of_another_case, of_no_case_but_two_lines]
)
def test_what_somebody_without_a_key_can_forge_is_refused(made, tmp_path, capsys, forge: Callable):
    whole = json.loads(json.dumps(made[0]))
    assert code(tmp_path, whole) == 0
    forge(whole)
    capsys.readouterr()
    assert code(tmp_path, whole) == 1
    assert capsys.readouterr().out.count("\n") == 1
