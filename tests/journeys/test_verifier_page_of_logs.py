"""The page that loads nothing on whole logs and packages of dossiers: it answers as the file does, and names the same place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_verifier_page import page
from yifa.proof import verify
from yifa.proof.merkle import leaf_hash, sha256
from yifa.proof.tests.logs import (
    ANCHORED,
    NEW_KEY,
    ROTATED,
    bodies,
    exported,
    flip,
    note,
    rotation,
    succeeded,
    verifier_key,
)
from yifa.proof.tests.packages import damages, packed, whole
from yifa.proof.tests.test_stand_alone_verifier import KEY as OLD_KEY

pytestmark = pytest.mark.journey
SIZE = 600
KEY = verifier_key().encoded()
__all__ = ["page"]


def said(page: Page) -> tuple[int, str]:
    """(exit code the page would have, its words without the mark before them)."""
    expect(page.get_by_role("status")).to_contain_text(re.compile("^[✓✗⚠]"), timeout=20_000)
    words = page.get_by_role("status").inner_text()
    page.evaluate("document.getElementById('answer').textContent = ''")
    return "✓✗⚠".index(words[0]), words.partition("：")[2]


def both(page: Page, capsys, folder: Path, key: str, older: Path | None = None) -> tuple[int, str]:
    """Code and words of the page, after the file gave the same code."""
    page.fill("#key", key)
    page.set_input_files("#older", [str(older)] if older else [])
    page.set_input_files("#log", str(folder))
    found = said(page)
    capsys.readouterr()
    code = verify.main(["log", str(folder), "--key", key, *(["--older", str(older)] if older else [])])
    assert code == found[0], (found, capsys.readouterr())
    return found[0], found[1] + "\n" + "".join(capsys.readouterr())


def test_every_place_of_a_log_that_was_altered_is_named_alike(page, tmp_path, capsys):
    folder, chance = exported(tmp_path / "case", SIZE), Random("page")
    assert both(page, capsys, folder, KEY)[0] == 0
    for name in ("tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "entries.jsonl"):
        path = folder / name
        place = chance.randrange(path.stat().st_size - 1)
        flip(path, place, 1)
        code, words = both(page, capsys, folder, KEY)
        named = re.findall(r"第 [0-9–]+ 条(?:的内容|之中)", words)
        half = len(named) // 2
        assert code == 1 and half and named[:half] == named[half:]
        flip(path, place, 1)


def test_public_values_are_told_by_both_and_one_that_is_not_in_the_log_is_named(page, tmp_path, capsys):
    folder = exported(tmp_path / "case", SIZE)
    lines = (folder / "entries.jsonl").read_text().splitlines()
    assert "anchor.in" in lines[ANCHORED]
    path = folder / "anchors.json"
    code, words = both(page, capsys, folder, KEY)
    assert (
        code == 0
        and words.count(f"第 {ANCHORED} 条起不早于 2026-03-03 公布的 ssq 2026025：01,07,12,18,22,30+09") == 2
    )
    sound = path.read_text()
    path.write_text(sound.replace("30+09", "31+09"))
    code, words = both(page, capsys, folder, KEY)
    assert code == 1 and words.count(f"第 {ANCHORED} 条不是所说的公开数值的记录：日志里没有它") == 2
    path.write_text(sound.replace(f'"idx": {ANCHORED}', '"idx": 900'))
    code, words = both(page, capsys, folder, KEY)
    assert code == 1 and words.count("不在签名的日志头之内") == 2
    path.unlink()
    assert both(page, capsys, folder, KEY)[0] == 0


def test_a_changed_key_is_followed_and_told_by_both(page, tmp_path, capsys):
    folder = exported(tmp_path / "case", SIZE, rotated=True)
    code, words = both(page, capsys, folder, KEY)
    assert code == 0 and verifier_key(key=NEW_KEY).encoded() in words
    old = tmp_path / "old"
    old.write_text(note([leaf_hash(body, sha256) for body in bodies(200)], "sha256", OLD_KEY))
    assert both(page, capsys, folder, KEY, old)[0] == 0
    path = folder / "rotations.json"
    told = json.loads(path.read_text())
    for member in ("by_old", "by_new"):
        body = json.loads(rotation(ROTATED))
        body["details"][member] = body["details"][member][:-2] + "00"
        path.write_text(json.dumps({**told, "rotations": [{"idx": ROTATED, "body": json.dumps(body)}]}))
        code, words = both(page, capsys, folder, KEY)
        assert code == 1 and words.count(f"第 {ROTATED} 条换密钥的记录没有新旧两把密钥的签名") == 2
    path.unlink()
    assert both(page, capsys, folder, KEY)[0] == 1


def test_the_first_entry_of_a_successor_answers_for_heads_of_the_log_before(
    page, tmp_path, capsys, successor
):
    folder, kept, key = successor
    assert both(page, capsys, folder, key, kept["sound"])[0] == 0
    code, words = both(page, capsys, folder, key, kept["longer"])
    assert code == 1 and words.count("有记录没有被承认") == 2
    code, words = both(page, capsys, folder, key, kept["forked"])
    assert code == 1 and words.count("前一本日志有两个版本") == 2


@pytest.fixture
def successor(tmp_path) -> Iterator[tuple[Path, dict[str, Path], str]]:
    """(folder of a successor log, heads of the log before that somebody kept, the key)."""
    yield succeeded(tmp_path)


def packages() -> dict[str, bytes]:
    found = {"sound": packed(whole()), "deflated": packed(whole(), deflate=True)}
    found |= {name: data for name, (data, _) in damages().items()}
    return {**found, "no archive": b"PK nothing", "cut short": found["sound"][:-40]}


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_the_package_of_a_dossier_is_judged_alike(page, tmp_path, capsys, tree):
    key, path, answers = verifier_key(tree).encoded(), tmp_path / "dossier.zip", {}
    page.fill("#key", key)
    for name, data in packages().items():
        path.write_bytes(data)
        page.set_input_files("#dossier", [])
        page.set_input_files("#dossier", str(path))
        answers[name] = (verify.main(["dossier", str(path), "--key", key]), *said(page))
        named = damages().get(name, ("", ""))[1]
        assert named in answers[name][2] and named in "".join(capsys.readouterr())
    codes = {name: answer[:2] for name, answer in answers.items()}
    expected = dict.fromkeys(codes, (1, 1)) | {"sound": (0, 0), "deflated": (0, 0)}
    assert codes == expected | {"no archive": (2, 2), "cut short": (2, 2)}


def test_a_bit_flipped_anywhere_in_a_package_is_judged_alike(page, tmp_path):
    chance, sound, path = Random("zip"), packed(whole()), tmp_path / "dossier.zip"
    page.fill("#key", KEY)
    for _ in range(40):
        place = chance.randrange(sound.index(b"PK\x01\x02"))
        path.write_bytes(sound)
        flip(path, place, chance.randrange(8))
        page.set_input_files("#dossier", [])
        page.set_input_files("#dossier", str(path))
        assert min(said(page)[0], 1) == min(verify.main(["dossier", str(path), "--key", KEY]), 1), place
