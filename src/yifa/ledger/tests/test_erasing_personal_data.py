"""Erasing a personal value: refused without two people, found out where unlogged; afterwards every proof still holds."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from django.apps import apps
from django.db import connection, transaction

from yifa.ledger.actions import Actor
from yifa.ledger.bundle import bundle
from yifa.ledger.checkpoints import verifier_keys
from yifa.ledger.digest import ERASED, row_digest
from yifa.ledger.erasure import ErasureRefused, erase, file, listed, reapply
from yifa.ledger.queries import event_count, last_event
from yifa.ledger.tests.factories import histories
from yifa.ledger.verify import Verification
from yifa.proof import verify

pytestmark = pytest.mark.django_db(transaction=True)
TWO = ("user:3", "user:9")
NAME = "张某"


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def case():
    return histories(2, 2)[0]


def gone(row, column: str = "party_name", approvers=TWO):
    return erase(
        row=row, column=column, legal_basis="PIPL-47-1-4", approvers=approvers, actor=Actor("user:9", role="head")
    )  # fmt: skip


def faults() -> list:
    return [(one.code, one.row, one.columns) for one in Verification(tables=("case", "act")).faults()]


@pytest.mark.parametrize(
    "approvers", [(), ("user:3",), ("user:3", "user:3"), ("user:3", " "), (*TWO, "user:4")]
)
def test_one_person_alone_erases_nothing(case, approvers):
    before = event_count()
    with pytest.raises(ErasureRefused, match="两个不同的人"):
        gone(case, approvers=approvers)
    case.refresh_from_db()
    assert case.party_name == NAME and event_count() == before and not file().exists()


@pytest.mark.parametrize("column", ["number", "no", "id", "nothing"])
def test_what_is_not_personal_is_not_erased(case, column):
    with pytest.raises(ErasureRefused, match="不是个人信息列"):
        gone(case, column)
    assert faults() == [] and listed() == []


def test_nothing_is_erased_when_the_list_outside_the_database_cannot_be_written(case):
    file().parent.mkdir(parents=True)
    file().mkdir()
    with pytest.raises(ErasureRefused, match="写不进去"):
        gone(case)
    case.refresh_from_db()
    assert case.party_name == NAME and faults() == []


def test_value_and_salt_are_gone_and_the_commitment_is_the_one_recorded_before(case):
    salt = case.salts["party_name"]
    before = row_digest(case).columns["party_name"]
    done = gone(case)
    case.refresh_from_db()
    assert case.party_name == "" and case.salts["party_name"] == ERASED + before
    stored = json.dumps([case.salts, file().read_text()])
    assert salt not in stored and NAME not in stored
    entry = last_event(f"case:{case.no}")
    assert entry.body["type"] == "pii_erased" and entry.body["legal_basis"] == "PIPL-47-1-4"
    assert entry.body["details"] == {"field": f"case:{case.no}#party_name", "approvers": list(TWO)}
    assert (
        NAME not in json.dumps(entry.body, ensure_ascii=False)
        and done.field == entry.body["details"]["field"]
    )


def test_a_guess_cannot_be_tested_with_what_is_left(case):
    gone(case)
    case.refresh_from_db()
    left = case.salts["party_name"].removeprefix(ERASED)
    candidates = [bytes.fromhex(salt) for salt in case.salts.values() if not salt.startswith(ERASED)]
    spelt = json.dumps(NAME, ensure_ascii=False).encode()
    tried = {hmac.digest(key, spelt, "sha256").hex() for key in [*candidates, bytes.fromhex(left), b""]}
    assert left not in tried | {hashlib.sha256(spelt).hexdigest()}


def test_log_and_rows_still_verify_and_so_do_later_changes(case):
    gone(case)
    assert faults() == []
    case.refresh_from_db()
    gone(case, "party")
    assert faults() == [] and len(listed()) == 2
    with pytest.raises(ErasureRefused, match="已经删除过"):
        gone(case)


def test_a_value_put_back_is_named(case):
    gone(case)
    type(case).objects.filter(pk=case.pk).update(party_name=NAME)
    assert faults() == [("altered", f"case:{case.no}", ("party_name",))]


def test_a_value_destroyed_without_an_entry_is_named(case):
    kept = ERASED + row_digest(case).columns["party_name"]
    type(case).objects.filter(pk=case.pk).update(party_name="", salts={**case.salts, "party_name": kept})
    assert faults() == [("erased", f"case:{case.no}", ("party_name",))]


@pytest.mark.parametrize("tree", [0, 1])
def test_the_bundle_is_believed_without_the_value_and_not_with_a_value_put_in(case, tree, tmp_path):
    gone(case)
    case.refresh_from_db()
    made = bundle(f"case:{case.no}", [case, *case.acts.all()])
    row = made["rows"][0]
    assert row["columns"]["party_name"] is None and row["salts"]["party_name"].startswith(ERASED)
    path = tmp_path / "bundle.json"
    for value, kept, code in ((None, "", 0), (NAME, "", 1), ("", "", 1), (None, ERASED + "00" * 32, 1)):
        row["columns"]["party_name"] = value
        row["salts"]["party_name"] = kept or case.salts["party_name"]
        path.write_text(json.dumps(made, ensure_ascii=False))
        assert verify.main(["bundle", str(path), "--key", verifier_keys()[tree]]) == code


def test_what_an_older_backup_brings_back_is_destroyed_again_with_an_entry(case):
    old = dict(type(case).objects.values("party_name", "salts", "version").get(pk=case.pk))
    gone(case)
    # as a backup from before would have it: the old row, and the entry not there; here the row alone
    type(case).objects.filter(pk=case.pk).update(party_name=old["party_name"], salts=old["salts"])
    with transaction.atomic():
        assert [one.column for one in reapply()] == ["party_name"]
    case.refresh_from_db()
    assert case.party_name == "" and faults() == []
    assert last_event(f"case:{case.no}").body["reason_code"] == "restored"
    with transaction.atomic():
        assert reapply() == []


def test_a_damaged_list_is_not_taken_for_an_empty_one(case):
    gone(case)
    file().write_text(file().read_text() + "{broken\n")
    with pytest.raises(ErasureRefused, match="读不出来"):
        listed()


def test_the_erased_value_is_not_left_in_the_pages_of_the_database(case):
    marked = "某不应再见之人"
    row = apps.get_model("cases", "Case").objects.get(pk=case.pk)
    row.party_name, row.version = marked, row.version + 1
    from yifa.ledger.actions import writing

    with writing() as unit:
        unit.log(type="case_changed", actor=Actor("system:test"), agency=row.organ_id, rows=[row])
        row.save()
    gone(row)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert marked.encode() not in connection.connection.serialize()
    assert not type(row).objects.filter(party_name=marked).exists()
