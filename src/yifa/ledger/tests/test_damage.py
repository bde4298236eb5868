"""Every kind of stored byte flipped once: always detected, at its place. A forged log signed with the real key is not believed."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path

import pytest
from django.db import connection, transaction

from yifa.casework.cases.models import Case
from yifa.ledger import protection
from yifa.ledger.bundle import bundle
from yifa.ledger.checkpoints import SigningRefused, head_file, last_signed, sign, verifier_keys
from yifa.ledger.models import Event, Head
from yifa.ledger.publishing import log_files
from yifa.ledger.tests.factories import histories
from yifa.ledger.verify import Fault, Verification
from yifa.proof import verify

pytestmark = pytest.mark.django_db
FLIPS = 100


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    settings.KEYS = tmp_path / "keys"
    settings.ORIGIN = "test.invalid"


@pytest.fixture
def log() -> list[Event]:
    """A signed log without its triggers, which a database administrator would drop first."""
    histories(3, 4)
    sign()
    with connection.cursor() as cursor:
        for one in {"sqlite": protection.SQLITE_OFF, "postgresql": protection.POSTGRESQL_OFF}[
            connection.vendor
        ]:
            cursor.execute(one)
    return list(Event.objects.order_by("idx"))


def flipped(data: bytes, chance: random.Random) -> bytes:
    """One bit of it, at random."""
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def faults() -> list[Fault]:
    return list(Verification(signed=last_signed()).faults())


@pytest.mark.parametrize("column", ["body", "leaf_sha256", "leaf_sm3"])
def test_a_flipped_bit_of_an_entry_is_named_by_its_index(log, column):
    chance = random.Random(column)
    for _ in range(FLIPS):
        event = chance.choice(log)
        with transaction.atomic():
            Event.objects.filter(pk=event.pk).update(
                **{column: flipped(bytes(getattr(event, column)), chance)}
            )
            found = faults()
            transaction.set_rollback(True)
        assert event.idx in {fault.idx for fault in found if fault.code in ("leaf", "body")}
    assert faults() == []


@pytest.mark.parametrize("column", ["frontier_sha256", "frontier_sm3"])
def test_a_flipped_bit_of_a_frontier_is_named_by_its_tree_and_the_entries_below(log, column):
    chance, head = random.Random(column), Head.objects.get(log="case")
    for _ in range(FLIPS):
        hashes = list(getattr(head, column))
        place = chance.randrange(len(hashes))
        hashes[place] = flipped(bytes.fromhex(hashes[place]), chance).hex()
        with transaction.atomic():
            Head.objects.filter(log="case").update(**{column: hashes})
            (found,) = faults()
            transaction.set_rollback(True)
        below = ("第 0–7 条之中", "第 8–11 条之中")[place]
        assert found.code == "root" and found.message.endswith(f"差在{below}")
        assert found.message.startswith("SM3" if column.endswith("sm3") else "SHA-256")


def test_a_flipped_bit_of_the_kept_head_is_never_signed_upon(log):
    chance, path = random.Random("head"), head_file("case")
    kept, sound = path.read_bytes(), last_signed()
    for _ in range(FLIPS):
        path.write_bytes(flipped(kept, chance))
        try:
            believed = last_signed()
        except SigningRefused:
            continue
        # the moment of signing is a remark of ours, under no signature, and `F` is `f`; all else is as it was
        assert (
            believed and sound and (believed.log, believed.size, believed.notes) == ("case", 12, sound.notes)
        )
        assert [one.hashes for one in believed.trees().values()] == [
            one.hashes for one in sound.trees().values()
        ]
    path.write_bytes(kept)
    assert faults() == []


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/000.p/12"])
@pytest.mark.parametrize("tree", [0, 1])
def test_a_flipped_bit_of_a_published_file_is_refused_by_an_outsider(log, tmp_path, name, tree):
    chance = random.Random(name)
    log_files(tmp_path / "out", lambda done: None, entries=False)
    folder = tmp_path / "out" / "case" / ("sm3" if tree else "")
    whole = (folder / name).read_bytes()
    key = verifier_keys()[tree]
    for _ in range(FLIPS if name != "checkpoint" else 2 * FLIPS):
        (folder / name).write_bytes(flipped(whole, chance))
        assert verify.main(["log", str(folder), "--key", key]) in (1, 2)
    (folder / name).write_bytes(whole)
    assert verify.main(["log", str(folder), "--key", key]) == 0


def test_a_flipped_bit_of_a_bundle_is_refused(log, tmp_path):
    """Of what the bundle proves: spaces between its members and what names the file are under no proof."""
    case = Case.objects.first()
    path, chance, key = tmp_path / "bundle.json", random.Random("bundle"), verifier_keys()[0]
    made = bundle(f"case:{case.no}", [case, *case.acts.all()])
    parts = [("rows", index) for index in range(len(made["rows"]))] + [
        ("entries", index) for index in range(len(made["entries"]))
    ]
    for _ in range(FLIPS):
        name, index = chance.choice(parts)
        text = json.dumps(
            {**made[name][index], "proof_sm3": []}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        damaged = flipped(text, chance)
        try:
            part = json.loads(damaged)
        except ValueError:
            continue
        if meaning(part) == meaning(json.loads(text)):
            continue
        changed = [*made[name]]
        changed[index] = part
        path.write_text(json.dumps({**made, name: changed}, ensure_ascii=False))
        assert verify.main(["bundle", str(path), "--key", key]) in (1, 2), (text, damaged)


def meaning(part: dict) -> str:
    """A part with its hex in one spelling: `F` for `f` is no damage. The other tree's proofs are not asked here."""
    hexes = {name: json.loads(json.dumps(part[name]).lower()) for name in ("proof", "salts") if name in part}
    return json.dumps({**part, **hexes, "proof_sm3": []}, sort_keys=True)


def forged() -> None:
    """The whole history told anew: entries, leaves, frontiers; and the head kept beside the key put away."""
    from yifa.ledger.append import _append_to
    from yifa.ledger.entry import Entry

    told = [json.loads(bytes(one.body)) for one in Event.objects.order_by("idx")]
    Event.objects.all().delete()
    Head.objects.all().delete()
    entries = []
    for body in told:
        body.pop("idx")
        if body["object"]["id"] == "2021-0001":
            body["actor"] = "user:99"
        name = f"{body['object']['type']}:{body['object']['id']}"
        entries.append(Entry("case", name, body, {}))
    _append_to("case", entries)
    head_file("case").unlink()


def test_a_forged_log_signed_with_the_real_key_is_refused_by_who_kept_one_old_checkpoint(
    log, tmp_path, capsys
):
    kept = tmp_path / "kept"
    kept.write_text(sign().notes["sha256"])
    key = verifier_keys()[0]
    forged()
    log_files(tmp_path / "out", lambda done: None)
    folder = str(tmp_path / "out" / "case")
    # alone it holds: it is the real key, and the database agrees with itself
    assert faults() == [] and verify.main(["log", folder, "--key", key]) == 0
    assert verify.main(["log", folder, "--key", key, "--older", str(kept)]) == 1
    assert "日志有两个版本" in capsys.readouterr().out
    with transaction.atomic():
        histories_grown()
    log_files(tmp_path / "grown", lambda done: None)
    assert verify.main(["log", str(tmp_path / "grown/case"), "--key", key, "--older", str(kept)]) == 1


def histories_grown() -> None:
    """More entries on top of the forged ones."""
    from yifa.ledger.actions import Unit
    from yifa.ledger.tests.factories import CLERK

    unit, case = Unit(), Case.objects.first()
    unit.log(type="case_corrected", actor=CLERK, agency=case.organ_id, rows=[case])
    unit.flush()


def test_signatures_are_of_64_bytes_and_key_ids_of_4(log):
    """So that the flips above had something to hit in every note."""
    for note in sign().notes.values():
        assert len(base64.b64decode(note.rsplit(" ", 1)[1])) == 68
    assert Path(head_file("case")).stat().st_mode & 0o077 == 0
