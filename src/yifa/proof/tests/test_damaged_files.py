"""Papers, receipts and reports: one flipped bit anywhere is refused, and the answer says which place does not hold."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from yifa.proof import verify
from yifa.proof.tests.papers import paper, report
from yifa.proof.tests.test_stand_alone_verifier import public

FLIPS = 300


def judged(folder: Path, pdf: bytes, receipt: Any, tree: str = "sha256") -> int:
    (folder / "paper.pdf").write_bytes(pdf)
    (folder / "receipt.json").write_bytes(
        receipt if isinstance(receipt, bytes) else json.dumps(receipt).encode()
    )
    more = ["--issued", str(folder / "receipt.json")]
    return verify.main(["document", str(folder / "paper.pdf"), "--key", public(tree).encoded(), *more])


def flipped(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_a_flipped_bit_anywhere_in_a_paper_is_refused(tmp_path, tree):
    chance, (pdf, receipt) = random.Random("pdf"), paper()
    answers = [judged(tmp_path, flipped(pdf, chance), receipt, tree) for _ in range(FLIPS // 4)]
    assert set(answers) <= {1, 2} and 1 in answers
    assert judged(tmp_path, pdf, receipt, tree) == 0


def test_a_paper_with_a_flipped_bit_is_named_with_its_number(tmp_path, capsys):
    pdf, receipt = paper()
    assert judged(tmp_path, pdf[:-3] + b"P" + pdf[-2:], receipt) == 1
    assert "津示〔2021〕1号 是真的，但是这个文件的内容与存证的不同" in capsys.readouterr().out


@pytest.mark.parametrize("member", ["body", "proof"])
def test_a_flipped_bit_of_a_receipt_is_named_by_its_entry(tmp_path, capsys, member):
    chance, (pdf, receipt) = random.Random(member), paper()
    for _ in range(20):
        changed = copy.deepcopy(receipt)
        if member == "body":
            changed["entry"]["body"] = receipt["entry"]["body"].replace(
                "issued", "issue" + chance.choice("abcx"), 1
            )
        else:
            changed["entry"]["proof"][0] = flipped(bytes.fromhex(receipt["entry"]["proof"][0]), chance).hex()
        assert judged(tmp_path, pdf, changed) == 1
        assert "第 2 条不在这个日志里，或者内容被改动" in capsys.readouterr().out


def test_a_figure_that_was_changed_is_named(tmp_path, capsys):
    path, whole = tmp_path / "report.json", report()
    for change in ({"records": 4}, {"keys": ["case:1", "case:2", "case:3"]}, {"digest": "00" * 32}):
        path.write_text(json.dumps({**whole, "figures": [{**whole["figures"][0], **change}]}))
        assert verify.main(["report", str(path), "--key", public("sha256").encoded()]) == 1
        assert "指标 cases" in capsys.readouterr().out
    path.write_text(json.dumps(whole))
    for tree in ("sha256", "sm3"):
        assert verify.main(["report", str(path), "--key", public(tree).encoded()]) == 0


def test_a_truncated_paper_is_refused(tmp_path):
    pdf, receipt = paper()
    for length in range(0, len(pdf), 97):
        assert judged(tmp_path, pdf[:length], receipt) in (1, 2)
