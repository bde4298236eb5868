"""A head row edited behind the product's back leads neither verification nor writing to another log."""

from __future__ import annotations

import pytest
from django.db import connection

from yifa.ledger import mode
from yifa.ledger.actions import writing
from yifa.ledger.boot import check_at_start
from yifa.ledger.checkpoints import SigningRefused, sign
from yifa.ledger.models import Head
from yifa.ledger.succession import KINDS, current, generations
from yifa.ledger.tests.factories import histories, record
from yifa.ledger.verify import Verification

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"


def faults() -> list[str]:
    every = Verification(log=current("case"), beside=True)
    return [fault.code for fault in every.faults()]


@pytest.mark.parametrize("name", ["access", "case", "case-3", "case-x"])
def test_a_successor_that_is_none_is_a_fault_and_nothing_follows_it(name):
    (case,) = histories(1, 2)
    sign()
    Head.objects.filter(log="case").update(successor=name)
    assert [generations(kind) for kind in KINDS] == [["case"], ["access"]]
    case._meta.model.objects.update(fine_fen=50)
    assert faults() == ["successor", "altered"]
    assert name in check_at_start() and mode.reason()
    mode.set_reason("")
    with pytest.raises(mode.IntegrityBroken, match="后继"), writing() as unit:
        record(unit, case, 3)
    with pytest.raises(SigningRefused, match="后继"):
        sign()


@pytest.mark.parametrize("log", ["case-2", "case-9", "other"])
def test_a_head_no_log_leads_to_is_a_fault(log):
    histories(1, 2)
    Head.objects.create(log=log)
    assert faults() == ["successor"] and log in check_at_start()


def test_of_one_kind_there_are_nine_logs_at_most():
    Head.objects.bulk_create(
        Head(log=f"case-{number}" if number > 1 else "case", successor=f"case-{number + 1}")
        for number in range(1, 13)
    )
    assert generations("case")[-1] == "case-9"


def test_changes_of_the_key_that_the_log_does_not_hold_are_a_fault():
    histories(1, 2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_head SET epoch = 99")
    assert faults() == ["head"]
