"""Whatever single bit was flipped in a log, the answer names the entry, or the 256 entries a tile stands for; so for a package."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest

from yifa.proof import verify
from yifa.proof.merkle import leaf_hash, sha256
from yifa.proof.tests.logs import NEW_KEY, ROTATED, bodies, exported, flip, note, verifier_key
from yifa.proof.tests.packages import FOLDER, PAPER, PAPER_PATH, damages, packed, whole

SIZE = 600
TREES = ["sha256", "sm3"]
TILES = ["0/000", "0/001", "0/002.p/88"]


def told(capsys, folder: Path, tree: str = "sha256", *more: str) -> tuple[int, str]:
    code = verify.main(["log", str(folder), "--key", verifier_key(tree).encoded(), *more])
    return code, "".join(capsys.readouterr())


@pytest.mark.parametrize("tree", TREES)
def test_a_flipped_bit_of_a_tile_is_named_by_the_entry_where_the_entries_are_there(tmp_path, capsys, tree):
    chance, folder = Random(tree), exported(tmp_path, SIZE, tree)
    for _ in range(12):
        tile = chance.randrange(3)
        path = folder / "tile" / TILES[tile]
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        flip(path, place, bit)
        code, words = told(capsys, folder, tree)
        named = f"：第 {256 * tile + place // 32} 条的内容与它的叶哈希不一致；前 600 条算得的树根与 checkpoint 不一致"
        assert code == 1 and named in words
        flip(path, place, bit)
    assert told(capsys, folder, tree)[0] == 0


@pytest.mark.parametrize("tree", TREES)
def test_a_flipped_bit_of_an_entry_is_named_by_its_index_and_the_root_still_holds(tmp_path, capsys, tree):
    chance, folder = Random(tree), exported(tmp_path, SIZE, tree)
    path = tmp_path / "entries.jsonl"
    lines = path.read_bytes().split(b"\n")
    for _ in range(12):
        idx = chance.randrange(SIZE)
        changed = bytearray(lines[idx])
        changed[chance.randrange(len(changed))] ^= 1 << chance.choice([0, 2, 4])
        path.write_bytes(b"\n".join([*lines[:idx], bytes(changed), *lines[idx + 1 :]]))
        code, words = told(capsys, folder, tree)
        assert code == 1 and f"第 {idx} 条的内容与它的叶哈希不一致" in words and "树根" not in words


def test_without_the_entries_the_level_above_names_the_tile(tmp_path, capsys):
    folder = exported(tmp_path, SIZE)
    (folder / "entries.jsonl").unlink()
    flip(folder / "tile/0/001", 40)
    code, words = told(capsys, folder)
    assert code == 1 and "前 600 条算得的树根与 checkpoint 不一致；第 256–511 条之中" in words


def test_a_flipped_bit_of_a_higher_tile_is_named_though_the_root_does_not_need_it(tmp_path, capsys):
    folder = exported(tmp_path, SIZE)
    flip(folder / "tile/1/000.p/2", 40)
    assert told(capsys, folder) == (
        1,
        "核验不通过：第 256–511 条之中：tile/1 的第 1 个哈希与下一级算得的不一致\n",
    )


def test_entries_left_out_or_added_are_named(tmp_path, capsys):
    folder = exported(tmp_path, SIZE)
    path = folder / "entries.jsonl"
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"\n", 0, -1) + 1])
    assert told(capsys, folder)[1].startswith("核验不通过：第 599 条的内容")
    path.write_bytes(data + b"{}\n")
    assert told(capsys, folder) == (1, "核验不通过：第 600 条起的内容不在签名的日志头之内\n")


@pytest.mark.parametrize("tree", TREES)
def test_a_flipped_bit_anywhere_in_a_checkpoint_is_not_confirmed(tmp_path, capsys, tree):
    folder, chance = exported(tmp_path, SIZE, tree), Random(tree)
    path = folder / "checkpoint"
    for _ in range(60):
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        flip(path, place, bit)
        assert told(capsys, folder, tree)[0] in (1, 2)
        flip(path, place, bit)


def test_a_fork_signed_with_the_real_key_is_refused_by_an_old_checkpoint(tmp_path, capsys):
    """The fork agrees with itself in everything: entries, tiles of every level, signature."""
    kept = tmp_path / "kept"
    kept.write_text(note([leaf_hash(body, sha256) for body in bodies(300)], "sha256", NEW_KEY))
    fork = exported(tmp_path / "fork", SIZE, rotated=True)
    (fork / "rotations.json").unlink()
    asked = ["log", str(fork), "--key", verifier_key(key=NEW_KEY).encoded()]
    assert verify.main(asked) == 0
    capsys.readouterr()
    assert verify.main([*asked, "--older", str(kept)]) == 1
    assert f"前 300 条算得的树根与 {kept} 不一致" in capsys.readouterr().out


def test_a_key_that_was_changed_is_followed_and_a_change_that_is_not_in_the_log_is_not(tmp_path, capsys):
    folder = exported(tmp_path, SIZE, rotated=True)
    assert told(capsys, folder)[0] == 0
    (folder / "entries.jsonl").unlink()
    flip(folder / "tile/0/001", 32 * (ROTATED - 256))
    assert told(capsys, folder)[1].startswith(f"核验不通过：第 {ROTATED} 条不是所说的换密钥的记录")


@pytest.mark.parametrize("name", damages())
def test_damage_to_the_package_of_a_dossier_is_named(tmp_path, capsys, name):
    data, named = damages()[name]
    path = tmp_path / "dossier.zip"
    path.write_bytes(data)
    assert verify.main(["dossier", str(path), "--key", verifier_key().encoded()]) == 1
    assert named in capsys.readouterr().out


@pytest.mark.parametrize("tree", TREES)
def test_a_flipped_bit_of_a_file_in_a_package_is_named_by_its_path(tmp_path, capsys, tree):
    path, sound = tmp_path / "dossier.zip", packed(whole())
    asked = ["dossier", str(path), "--key", verifier_key(tree).encoded()]
    path.write_bytes(sound)
    assert verify.main(asked) == 0
    start = sound.index(f"{FOLDER}/{PAPER_PATH}".encode()) + len(f"{FOLDER}/{PAPER_PATH}")
    for place in range(start, start + len(PAPER)):
        flip(path, place, place % 8)
        capsys.readouterr()
        assert verify.main(asked) == 1
        assert capsys.readouterr().out == f"核验不通过：{PAPER_PATH} 的内容被改动\n"
        flip(path, place, place % 8)


@pytest.mark.parametrize("deflate", [False, True])
def test_a_bit_flipped_anywhere_in_a_package_is_refused_unless_every_file_reads_the_same(tmp_path, deflate):
    path, chance, sound = tmp_path / "dossier.zip", Random(deflate), packed(whole(), deflate=deflate)
    asked = ["dossier", str(path), "--key", verifier_key().encoded()]
    answers = set()
    for _ in range(150):
        place, bit = chance.randrange(len(sound)), chance.randrange(8)
        path.write_bytes(sound)
        flip(path, place, bit)
        answers.add(code := verify.main(asked))
        assert code or read_back(path.read_bytes()) == read_back(sound), (place, bit)
    assert 1 in answers


def read_back(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
