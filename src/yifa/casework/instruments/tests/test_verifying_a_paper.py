"""A paper in a stranger's hands: altered, forged, revoked, or whole."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path
from random import Random

import pytest

from yifa.casework.instruments import actions
from yifa.casework.instruments.models import Instrument
from yifa.casework.instruments.tests import factories as make
from yifa.ledger.checkpoints import verifier_keys
from yifa.ledger.document import receipt
from yifa.ledger.queries import events_about
from yifa.ledger.rotation import rotate
from yifa.ledger.successor import open_successor
from yifa.proof import verify
from yifa.site.cli.main import run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(settings, tmp_path) -> Instrument:
    settings.KEYS = tmp_path / "keys"
    made = make.issued()
    (tmp_path / "paper.pdf").write_bytes(bytes(made.file.pdf))
    (tmp_path / "receipt.json").write_text(json.dumps(receipt(made), ensure_ascii=False))
    return made


def asked(folder: Path, *more: str, file: str = "paper.pdf") -> int:
    return verify.main(["document", str(folder / file), "--key", verifier_keys()[0], *more])


def with_receipt(folder: Path, **changes: str) -> int:
    return asked(folder, "--issued", str(folder / "receipt.json"), **changes)


def forged(data: bytes, old: str, new: str) -> bytes:
    """The PDF with other words in its attached proof, deflated again."""
    told = verify.attachment(data)
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True).replace(old, new).encode()
    return b"%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + zlib.compress(plain) + b"\nendstream\n"


def test_a_file_without_proof_cannot_be_judged(paper, tmp_path, capsys):
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7\nstream\nnothing\nendstream")
    assert with_receipt(tmp_path, file="other.pdf") == 2
    assert "没有文书凭证" in capsys.readouterr().err


def test_an_altered_file_does_not_hold(paper, tmp_path, capsys):
    (tmp_path / "altered.pdf").write_bytes(bytes(paper.file.pdf) + b"\n% more")
    assert with_receipt(tmp_path, file="altered.pdf") == 1
    assert "与存证的不同" in capsys.readouterr().out


def test_a_flipped_bit_of_the_sealed_file_is_named_by_file_both_digests_and_entry(paper, tmp_path, capsys):
    chance, sound, path = Random("bit"), bytes(paper.file.pdf), tmp_path / "paper.pdf"
    attached = {place for start, end in streams(sound) for place in range(start, end)}
    outside = [place for place in range(len(sound)) if place not in attached]
    (issued,) = (
        one for one in events_about(f"instrument:{paper.no}") if one.body["type"] == "instrument_issued"
    )
    for _ in range(8):
        altered = bytearray(sound)
        altered[chance.choice(outside)] ^= 1 << chance.randrange(8)
        path.write_bytes(altered)
        assert with_receipt(tmp_path) == 1
        said = capsys.readouterr().out
        assert f"{path} 的 SHA-256 是 {hashlib.sha256(altered).hexdigest()}" in said
        assert f"第 {issued.body['idx']} 条记录的是 {paper.pdf_sha256}" in said


def streams(data: bytes) -> list[tuple[int, int]]:
    """Where the streams of a PDF are, with the words around them: the proof is one of them."""
    return [one.span() for one in re.finditer(rb"stream\r?\n.*?endstream", data, re.DOTALL)]


def test_other_contents_do_not_hold(paper, tmp_path, capsys):
    (tmp_path / "forged.pdf").write_bytes(forged(bytes(paper.file.pdf), "罚款200元", "罚款2元"))
    assert asked(tmp_path, file="forged.pdf") == 1
    assert "内容摘要不一致" in capsys.readouterr().out


def test_an_entry_that_is_not_in_the_log_does_not_hold(paper, tmp_path, capsys):
    (tmp_path / "forged.pdf").write_bytes(
        forged(bytes(paper.file.pdf), "instrument_fixed", "instrument_fixeD")
    )
    assert asked(tmp_path, file="forged.pdf") == 1
    assert "不在这个日志里" in capsys.readouterr().out


def test_the_receipt_of_another_paper_does_not_hold(paper, tmp_path, capsys):
    other = make.issued(make.decided("津示城管罚立字〔2021〕第002号"))
    (tmp_path / "receipt.json").write_text(json.dumps(receipt(other), ensure_ascii=False))
    assert with_receipt(tmp_path) == 1
    assert "不是这件文书的" in capsys.readouterr().out


def test_without_receipt_nobody_can_say_that_the_file_is_whole(paper, tmp_path, capsys):
    assert asked(tmp_path) == 2
    assert "凭证成立" in capsys.readouterr().err


def test_the_sealed_paper_holds_in_both_trees(paper, tmp_path):
    assert with_receipt(tmp_path) == 0
    issued = ["--issued", str(tmp_path / "receipt.json")]
    assert verify.main(["document", str(tmp_path / "paper.pdf"), "--key", verifier_keys()[1], *issued]) == 0


def test_the_verifier_alone_is_enough(paper, tmp_path):
    command = [
        sys.executable,
        "-I",
        verify.__file__,
        "document",
        str(tmp_path / "paper.pdf"),
        "--key",
        verifier_keys()[0],
    ]
    done = subprocess.run(
        [*command, "--issued", str(tmp_path / "receipt.json"), "--json"], capture_output=True, text=True
    )
    assert done.returncode == 0 and json.loads(done.stdout)["number"] == paper.number


def test_the_command_knows_unknown_altered_and_revoked_papers(paper, tmp_path, capsys):
    whole = str(tmp_path / "paper.pdf")
    assert run(["verify", "document", whole]) == 0
    (tmp_path / "altered.pdf").write_bytes(bytes(paper.file.pdf) + b"\n")
    assert run(["verify", "document", str(tmp_path / "altered.pdf")]) == 1
    assert "与存证不同" in capsys.readouterr().out
    (tmp_path / "forged.pdf").write_bytes(forged(bytes(paper.file.pdf), "第001号", "第999号"))
    assert run(["verify", "document", str(tmp_path / "forged.pdf")]) == 1
    assert "查无此文书" in capsys.readouterr().out
    actions.revoke(no=paper.no, reason="更正", actor=make.ACTOR)
    assert run(["verify", "document", whole]) == 1
    assert "已撤销" in capsys.readouterr().out


def test_a_paper_from_before_a_new_signing_key_still_stands(paper, tmp_path):
    before = verifier_keys()[0]
    rotate()
    assert run(["verify", "document", str(tmp_path / "paper.pdf")]) == 0
    issued = ["--issued", str(tmp_path / "receipt.json")]
    assert verify.main(["document", str(tmp_path / "paper.pdf"), "--key", before, *issued]) == 0


def test_a_paper_stands_when_its_log_was_frozen(paper, tmp_path):
    open_successor(kind="case", cause="damaged", faults=["第 1 条"])
    assert run(["verify", "document", str(tmp_path / "paper.pdf")]) == 0
