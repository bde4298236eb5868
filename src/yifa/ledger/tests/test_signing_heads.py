"""No head is signed that was not read again or does not continue the one signed last."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.apps import apps
from django.db import connection, transaction

from yifa.ledger import protection, queries
from yifa.ledger.actions import writing
from yifa.ledger.checkpoints import head_file, last_signed, sign, signers
from yifa.ledger.models import Event, Head
from yifa.ledger.signing import KEY_FILE, SigningRefused, load_key
from yifa.ledger.tests.factories import histories, record
from yifa.ledger.verify import Verification
from yifa.proof.checkpoint import parse_checkpoint, parse_note
from yifa.proof.merkle import leaf_hash, sha256, sm3
from yifa.site.cli.main import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> Path:
    settings.KEYS = tmp_path / "keys"
    settings.ORIGIN = "test.invalid"
    return settings.KEYS


@pytest.fixture
def unprotected() -> None:
    names = {"sqlite": protection.SQLITE_OFF, "postgresql": protection.POSTGRESQL_OFF}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in names:
            cursor.execute(statement)


@pytest.fixture
def grown() -> None:
    """Three entries signed; the test adds or changes what comes after."""
    histories(1, 3)
    sign()


def refused(word: str) -> None:
    """Signing refuses with `word` in its message and leaves the head signed last as it was."""
    before = head_file("case").read_bytes() if head_file("case").exists() else b""
    with pytest.raises(SigningRefused, match=word):
        sign()
    assert (head_file("case").read_bytes() if head_file("case").exists() else b"") == before


def signed_and_put_back() -> None:
    """Three entries are signed, then the database goes back to where it was before them."""
    before = transaction.savepoint()
    histories(1, 3)
    sign()
    transaction.savepoint_rollback(before)


def more(start: int = 4) -> None:
    """Two further entries about the case there is."""
    one = apps.get_model("cases", "Case").objects.get()
    with writing() as unit:
        for seq in (start, start + 1):
            record(unit, one, seq)


def test_a_database_older_than_the_head_signed_last_is_refused():
    signed_and_put_back()
    refused("数据库比最后一次签名的日志头旧：库中 0 条，已签名 3 条")


def test_a_database_grown_anew_from_an_old_backup_is_refused():
    signed_and_put_back()
    histories(2, 3)
    assert list(Verification().faults()) == []
    refused("已签名的历史可能被改写")


def test_another_history_of_the_same_length_is_refused():
    signed_and_put_back()
    histories(3, 1)
    refused("已签名的历史可能被改写")


def test_a_new_entry_whose_stored_bytes_changed_is_refused(grown, unprotected):
    more()
    body = bytes(Event.objects.get(idx=4).body)
    Event.objects.filter(idx=4).update(body=body.replace(b"user:7", b"user:8"))
    refused("第 4 条记录的内容与其叶哈希不一致")


def test_a_new_entry_rewritten_with_its_leaves_is_refused(grown, unprotected):
    more()
    body = bytes(Event.objects.get(idx=4).body).replace(b"user:7", b"user:8")
    leaves = {"leaf_sha256": leaf_hash(body, sha256), "leaf_sm3": leaf_hash(body, sm3)}
    Event.objects.filter(idx=4).update(body=body, **leaves)
    refused("日志头与记录不符")


def test_a_missing_entry_is_refused(grown, unprotected):
    more()
    Event.objects.filter(idx=3).delete()
    refused("缺第 3 条")


def test_a_cut_off_end_is_refused(grown, unprotected):
    more()
    Event.objects.filter(idx=4).delete()
    refused("日志头与记录不符")


def test_a_damaged_head_row_is_refused():
    histories(1, 3)
    Head.objects.update(frontier_sm3=["zz"])
    refused("日志头已损坏")


def test_a_lost_key_is_never_replaced_by_a_new_one(grown, keys):
    (keys / KEY_FILE).unlink()
    more()
    refused("签名私钥不见了")
    assert not (keys / KEY_FILE).exists()


def test_a_key_that_others_may_read_is_refused(grown, keys):
    (keys / KEY_FILE).chmod(0o640)
    more()
    refused("chmod 600")


@pytest.mark.parametrize("content", ["", "zz", "00"])
def test_a_file_that_is_no_key_is_refused(grown, keys, content):
    (keys / KEY_FILE).write_text(content)
    more()
    refused("私钥文件已损坏")


def damage(field: str, value: object) -> None:
    data = json.loads(head_file("case").read_text())
    head_file("case").write_text(json.dumps({**data, field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [("size", 2), ("size", 5), ("notes", {}), ("log", None), ("frontiers", {"sha256": [], "sm3": []})],
)
def test_a_head_file_that_was_edited_is_refused(grown, field, value):
    if field == "log":
        head_file("case").write_text("{")
    else:
        damage(field, value)
    refused("最后签名的日志头文件已损坏")


def test_a_head_whose_signature_is_of_another_key_is_refused(grown, keys):
    (keys / KEY_FILE).write_text("11" * 32)
    refused("最后签名的日志头文件已损坏")


def test_another_name_for_the_same_log_is_refused(grown, settings):
    settings.ORIGIN = "other.invalid"
    refused("不属于 other.invalid/log/case")


def test_keys_that_cannot_be_written_are_said_so(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.KEYS = tmp_path / "file"
    with pytest.raises(SigningRefused, match="密钥目录不能写"):
        sign()


def test_the_key_is_made_at_first_use_for_the_owner_alone(keys):
    assert last_signed() is None
    sign()
    assert stat.S_IMODE((keys / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(head_file("case").stat().st_mode) == 0o600
    assert {path.name for path in keys.iterdir()} == {KEY_FILE, "last-head-case.json", "signing.lock"}


def test_both_notes_are_of_the_roots_of_the_log_and_their_signatures_hold(keys):
    histories(2, 3)
    head = sign()
    state = queries.head()
    roots = {"sha256": state.root_sha256, "sm3": state.root_sm3}
    names = {"sha256": "test.invalid/log/case", "sm3": "test.invalid/log/case/sm3"}
    for tree, signer in signers(load_key(keys, make=False), "case").items():
        note = parse_note(head.notes[tree].encode())
        point = parse_checkpoint(note.text)
        assert (point.origin, point.size, point.root.hex()) == (names[tree], 6, roots[tree])
        (signature,) = note.signatures
        public = Ed25519PublicKey.from_public_bytes(signer.public.key)
        public.verify(signature.value, note.text.encode())
        assert signature.key_id == signer.public.id


def test_a_grown_log_is_signed_again_and_one_at_rest_keeps_its_note(grown):
    first = sign()
    assert sign() == first == last_signed()
    more()
    second = sign()
    assert (first.size, second.size) == (3, 5)
    assert last_signed() == second


def against_signed() -> list[str]:
    return [fault.code for fault in Verification(signed=last_signed()).faults()]


def test_a_history_rewritten_whole_agrees_with_itself_and_not_with_the_signed_head(capsys):
    signed_and_put_back()
    histories(2, 3)
    assert list(Verification().faults()) == []
    assert against_signed() == ["signed", "signed"]
    assert run(["verify", "log"]) == 1
    told = capsys.readouterr().out
    assert "前 3 条的 SM3 树根与最后一次签名的日志头不一致：已签名的历史被改写，在第 0–1 条之中" in told


def test_verifying_says_that_the_database_is_older_than_the_signed_head(capsys):
    signed_and_put_back()
    assert against_signed() == ["older"]
    assert run(["verify", "state", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["events"], answer["signed_size"], answer["fault_count"]) == (0, 3, 1)


def test_verifying_says_that_the_head_file_cannot_be_believed_and_still_reads_all(grown, capsys):
    head_file("case").write_text("{")
    assert run(["verify", "log"]) == 1
    out = capsys.readouterr().out
    assert "最后签名的日志头文件已损坏" in out
    assert "日志 case：3 条" in out


def test_a_log_grown_beyond_its_signed_head_verifies(grown, capsys):
    more()
    assert against_signed() == []
    assert run(["verify", "log"]) == 0
    assert "最后一次签名的日志头：3 条" in capsys.readouterr().out


def test_only_new_entries_are_read(grown, unprotected):
    """What was signed is held by the signature; the whole log is read by verify."""
    body = bytes(Event.objects.get(idx=1).body)
    Event.objects.filter(idx=1).update(body=body.replace(b"user:7", b"user:8"))
    more()
    assert sign().size == 5
    assert [fault.code for fault in Verification().faults()][0] == "leaf"
