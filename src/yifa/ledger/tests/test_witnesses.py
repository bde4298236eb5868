"""Witnesses: a log that does not continue is not cosigned, a cosignature that is not of our log is not taken in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yifa.casework.cases.tests import factories as make
from yifa.ledger.access import Seen, write
from yifa.ledger.checkpoints import verifier_keys
from yifa.ledger.clock import now
from yifa.ledger.publishing import log_files
from yifa.ledger.witnesses import CosignatureRefused, Witnessed, take_in, witnessed
from yifa.proof import verify, witness

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"
    make.case_with(make.lead(), number="示一")


def out(tmp_path: Path, name: str = "usb") -> Path:
    """The stick as `yifa witness out` fills it, the two programs beside the log."""
    folder = tmp_path / name
    for log in ("case", "access"):
        log_files(folder, lambda done: None, log, entries=False)
    shutil.copy(verify.__file__, folder / "yifa-verify.py")
    shutil.copy(witness.__file__, folder / "yifa-witness.py")
    return folder


def tool(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The witness on a machine without the product."""
    state = folder.parent / "state"
    command = [sys.executable, "-I", "yifa-witness.py", "--state", str(state), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def sign(folder: Path, tree: int = 0, log: str = "case") -> subprocess.CompletedProcess[str]:
    return tool(folder, "sign", log + ("", "/sm3")[tree], "--log-key", verifier_keys(log)[tree])


def named(settings, folder: Path) -> str:
    key = tool(folder, "init", "--name", "sfj.example/witness").stdout.strip()
    (settings.KEYS / "witnesses.txt").write_text(f"# 司法局\n{key}\n", encoding="utf-8")
    return key


@pytest.mark.parametrize("seed", range(5))
def test_signatures_in_plain_python_are_those_of_the_library(seed):
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    assert witness.ed25519_public(bytes([seed]) * 32) == key.public_key().public_bytes_raw()
    assert witness.ed25519_sign(bytes([seed]) * 32, b"x" * seed) == key.sign(b"x" * seed)


def test_without_a_key_or_with_a_second_one_nothing_is_signed(tmp_path):
    folder = out(tmp_path)
    assert sign(folder).returncode == 2 and not (folder / "case" / "checkpoint.cosigned").exists()
    assert tool(folder, "init", "--name", "a b").returncode == 2
    assert tool(folder, "init", "--name", "one").returncode == 0
    assert tool(folder, "init", "--name", "two").returncode == 2


@pytest.mark.parametrize("tree", [0, 1])
def test_a_head_is_cosigned_taken_in_and_goes_stale(tmp_path, settings, tree):
    folder = out(tmp_path)
    named(settings, folder)
    assert witnessed()[0].stale(now())
    done = sign(folder, tree)
    assert done.returncode == 0, done.stderr
    (seen,) = take_in(folder / ("case", "case/sm3")[tree] / "checkpoint.cosigned")
    assert seen.size == 2 and witnessed() == [seen, Witnessed(seen.name, log="access")]
    assert not seen.stale(seen.at + timedelta(hours=72)) and seen.stale(seen.at + timedelta(hours=73))


def test_the_access_log_is_witnessed_beside_the_log_of_the_cases(tmp_path, settings):
    write([Seen("viewed", "user:1", "case:示一")])
    folder = out(tmp_path)
    named(settings, folder)
    for tree in (0, 1):
        assert sign(folder, tree, "access").returncode == 0
        take_in(folder / ("access", "access/sm3")[tree] / "checkpoint.cosigned")
    of_cases, of_access = witnessed()
    assert (of_cases.kind, of_cases.at) == ("case", None)
    assert (of_access.kind, of_access.size) == ("access", 1) and not of_access.stale(now())


def test_the_same_head_witnessed_again_later_counts_as_seen_later(tmp_path, settings):
    folder = out(tmp_path)
    named(settings, folder)
    key, state = verifier_keys()[0], tmp_path / "state"
    moments = [int(now().timestamp()) - 80 * 3600, int(now().timestamp())]
    for moment in moments:
        take_in(witness.cosign(state, folder / "case", key, moment))
    assert int(witnessed()[0].at.timestamp()) == moments[1] and not witnessed()[0].stale(now())
    take_in(witness.cosign(state, folder / "case", key, moments[0]))
    assert int(witnessed()[0].at.timestamp()) == moments[1]


def test_a_log_that_grew_is_cosigned_and_one_that_was_cut_or_rewritten_is_not(tmp_path, settings):
    first = out(tmp_path)
    named(settings, first)
    assert sign(first).returncode == 0
    make.case_with(make.lead(), number="示二")
    second = out(tmp_path, "second")
    assert sign(second).returncode == 0
    cut = sign(first)
    assert cut.returncode == 1 and "变短" in cut.stderr
    from yifa.ledger.models import Event
    from yifa.proof.merkle import leaf_hash, sha256

    forged = tmp_path / "forged"
    shutil.copytree(second, forged)
    tile = next(one for one in (forged / "case" / "tile" / "0").rglob("*") if one.is_file())
    tile.write_bytes(leaf_hash(b"forged", sha256) + tile.read_bytes()[32:])
    assert Event.objects.count() > 2 and sign(forged).returncode == 1


def test_what_is_not_our_head_or_not_by_a_known_witness_is_not_taken_in(tmp_path, settings):
    folder = out(tmp_path)
    with pytest.raises(CosignatureRefused, match="没有已登记见证方"):
        take_in(folder / "case" / "checkpoint")
    named(settings, folder)
    assert sign(folder).returncode == 0
    cosigned = folder / "case" / "checkpoint.cosigned"
    text = cosigned.read_text(encoding="utf-8")
    cosigned.write_text(text.replace("\n2\n", "\n3\n"), encoding="utf-8")
    with pytest.raises(CosignatureRefused, match="签名不成立"):
        take_in(cosigned)
    cosigned.write_text(text, encoding="utf-8")
    shutil.rmtree(settings.KEYS / "witnessed", ignore_errors=True)
    for file in settings.KEYS.glob("l*"):
        file.unlink()
    with pytest.raises(CosignatureRefused):
        take_in(cosigned)
    assert not (settings.KEYS / "witnessed").exists()


def test_a_list_of_witnesses_that_is_no_text_is_named_with_the_remedy(settings):
    settings.KEYS.mkdir(exist_ok=True)
    (settings.KEYS / "witnesses.txt").write_bytes("见证".encode("gbk"))
    with pytest.raises(CosignatureRefused, match="witnesses.txt 不是 UTF-8 文本.*请另存为 UTF-8"):
        witnessed()
