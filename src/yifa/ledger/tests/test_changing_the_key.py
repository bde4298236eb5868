"""The signing key is changed by an entry both keys signed; whoever knows the old one is led to the new, and by nothing else."""

from __future__ import annotations

import json
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from yifa.ledger import rotation
from yifa.ledger.append import append
from yifa.ledger.checkpoints import last_signed, sign, verifier_keys
from yifa.ledger.publishing import log_files
from yifa.ledger.signing import KEY_FILE, SigningRefused
from yifa.ledger.tests.factories import histories
from yifa.ledger.verify import Verification
from yifa.proof import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log():
    histories(2, 2)
    sign()


def judged(capsys, folder, key: str, *more: str) -> tuple[int, dict]:
    code = verify.main(["log", str(folder), "--key", key, "--json", *more])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("tree", [0, 1])
def test_who_knows_the_old_key_is_led_to_the_new_and_old_heads_still_hold(tmp_path, capsys, tree):
    below = ("case", "case/sm3")[tree]
    log_files(tmp_path / "before", lambda done: None)
    first = verifier_keys()[tree]
    for times in range(2):
        rotation.rotate()
        histories_grow(times)
    now = verifier_keys()[tree]
    assert now != first
    log_files(tmp_path / "now", lambda done: None)
    older = str(tmp_path / "before" / below / "checkpoint")
    code, found = judged(capsys, tmp_path / "now" / below, first, "--older", older)
    assert (code, found["key"]) == (0, now)
    assert judged(capsys, tmp_path / "now" / below, now)[0] == 0
    assert judged(capsys, tmp_path / "before" / below, first)[0] == 0
    assert judged(capsys, tmp_path / "before" / below, now)[0] == 1


def histories_grow(times: int) -> None:
    from yifa.ledger.access import Seen, write

    write([Seen("viewed", "user:1", f"case:2021-{times:04d}")])
    sign("access")


def test_both_logs_say_so_and_everything_still_verifies():
    rotation.rotate()
    for log in ("case", "access"):
        ((idx, one),) = rotation.rotations(log)
        assert one.holds() and one.epoch == 1 and last_signed(log).size == idx + 1
        assert list(Verification(log=log, tables=(), signed=last_signed(log)).faults()) == []
    path = settings.KEYS / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and not (settings.KEYS / rotation.NEXT).exists()


def test_later_entries_carry_the_epoch():
    from yifa.ledger.models import Event

    rotation.rotate()
    histories_grow(0)
    bodies = [json.loads(bytes(one.body)) for one in Event.objects.filter(log="access").order_by("idx")]
    assert [one["key_epoch"] for one in bodies] == [0, 1]


@pytest.mark.parametrize("stage", ["resign", "replace"])
def test_interrupted_it_is_finished_by_the_same_command(monkeypatch, stage):
    def killed(*_):
        raise SigningRefused("killed")

    with monkeypatch.context() as broken:
        if stage == "resign":
            broken.setattr(rotation, "resign", killed)
        else:
            broken.setattr(rotation.os, "replace", killed)
        with pytest.raises(SigningRefused):
            rotation.rotate()
    assert last_signed() is not None and sign() is not None
    new = rotation.rotate()
    assert [one.new for _, one in rotation.rotations("case")] == [new]
    assert last_signed().size == sign().size


def forged(old: Ed25519PrivateKey, new: Ed25519PrivateKey, claimed: str) -> rotation.Rotation:
    text = rotation.statement(1, claimed, rotation.public(new))
    return rotation.Rotation(1, claimed, rotation.public(new), old.sign(text).hex(), new.sign(text).hex())


def test_a_rotation_the_old_key_did_not_sign_is_refused_by_us_and_by_outsiders(tmp_path, capsys):
    """Somebody with the database and the key folder, who does not have the key others know."""
    known = verifier_keys()[0]
    claimed = rotation.public(rotation.load_key(settings.KEYS, make=False))
    thief, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    append([rotation._entry("case", forged(thief, new, claimed), rotation.OPERATOR)])
    assert [fault.code for fault in Verification(signed=last_signed()).faults()] == ["key"]
    (settings.KEYS / KEY_FILE).write_text(new.private_bytes_raw().hex() + "\n")
    (settings.KEYS / "last-head-case.json").unlink()
    log_files(tmp_path, lambda done: None)
    assert judged(capsys, tmp_path / "case", known)[0] == 1
    ((idx, one),) = rotation.rotations("case")
    body = rotation._entry("case", one, rotation.OPERATOR).body(log="case", idx=idx, epoch=0).decode()
    changed = {"format": "yifa-rotations/1", "rotations": [{"idx": idx, "body": body}]}
    (tmp_path / "case" / "rotations.json").write_text(json.dumps(changed))
    code, found = judged(capsys, tmp_path / "case", known)
    assert code == 1 and "没有新旧两把密钥的签名" in found["message"]


def test_a_true_statement_that_is_not_in_the_log_is_refused(tmp_path, capsys):
    known = verifier_keys()[0]
    rotation.rotate()
    log_files(tmp_path, lambda done: None)
    path = tmp_path / "case" / "rotations.json"
    told = json.loads(path.read_text())
    told["rotations"][0]["idx"] -= 1
    path.write_text(json.dumps(told))
    code, found = judged(capsys, tmp_path / "case", known)
    assert code == 1 and "换密钥" in found["message"]
    path.write_text('{"rotations": [1]}')
    assert judged(capsys, tmp_path / "case", known)[0] == 2


def test_a_chain_that_skips_a_key_is_a_fault():
    one, other, third = (Ed25519PrivateKey.generate() for _ in range(3))
    first = forged(one, other, rotation.public(one))
    second = forged(third, one, rotation.public(third))
    assert rotation.wrong([(0, first)]) == []
    assert [idx for idx, _ in rotation.wrong([(0, first), (7, second), (9, None)])] == [7, 9]


def test_the_address_tells_the_rotations(client):
    known = rotation.public(rotation.load_key(settings.KEYS, make=False))
    assert client.get("/log/case/rotations.json").json()["rotations"] == []
    rotation.rotate()
    (one,) = client.get("/log/access/rotations.json").json()["rotations"]
    assert json.loads(one["body"])["details"]["old"] == known
    assert client.get("/log/case-2/rotations.json").status_code == 404


def test_a_bundle_from_before_the_rotation_is_verified_with_the_key_it_was_signed_with(tmp_path):
    from yifa.casework.cases.models import Case
    from yifa.ledger.bundle import bundle

    case, path = Case.objects.first(), tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle(f"case:{case.no}", [case, *case.acts.all()])))
    before = verifier_keys()[0]
    rotation.rotate()
    assert rotation.key_for(path.read_text()) == before != verifier_keys()[0]
    assert verify.main(["bundle", str(path), "--key", before]) == 0
    assert verify.main(["bundle", str(path), "--key", verifier_keys()[0]]) == 1
