"""What is exported can be read and checked without Yifa: records, registers, the log with the verifier beside it."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import record_dict
from yifa.casework.cases.tests import factories as make
from yifa.casework.evidence.actions import add_file
from yifa.casework.evidence.store import path_of, store
from yifa.casework.evidence.uploads import Arrived
from yifa.law import record as law_record
from yifa.ledger.checkpoints import verifier_keys
from yifa.listing.registry import all_pages
from yifa.registry.organs.models import Organ
from yifa.site.backup.export import export

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exported(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"
    settings.HOME = tmp_path
    for number in range(3):
        make.case_with(make.lead(), make.opening(), number=f"示〔2021〕第{number}号")
    for data, name in ((b"heard", "../录音 1.wav"), (b"lost", "照片.png")):
        take_in(Case.objects.order_by("no").first(), data, name)
    path_of(store().root, hashlib.sha256(b"lost").hexdigest()).unlink()
    folder = tmp_path / "out"
    folder.mkdir()
    export(folder, Organ.objects.all(), lambda what, count: None)
    return folder


def test_every_case_is_a_record_file_the_law_reads_and_equal_to_the_stored_one(exported):
    files = sorted(exported.glob("cases/*.json"))
    assert len(files) == Case.objects.count() == 3
    for file in files:
        record = json.loads(file.read_text())
        assert record == record_dict(file.stem) and law_record.load(file) == law_record.parse(record)


def take_in(case: Case, data: bytes, name: str) -> None:
    incoming = store().incoming()
    incoming.write(data)
    file = Arrived(incoming.keep(), incoming.sm3.hexdigest(), incoming.size, "audio/wav", name)
    add_file(act=case.acts.first(), file=file, by="0101", actor=make.ACTOR)


def test_files_of_evidence_lie_by_case_and_one_that_is_lost_is_named(exported):
    no = Case.objects.order_by("no").first().no
    files = [path for path in (exported / "evidence").rglob("*") if path.is_file() and path.suffix != ".csv"]
    assert [path.read_bytes() for path in files] == [b"heard"] and files[
        0
    ].parent == exported / "evidence" / no
    with (exported / "evidence" / "evidence.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[:2] + row[-1:] for row in rows[1:]] == [[no, "1", ""], [no, "2", "缺失"]]
    assert f"没有导出的证据文件：{no}/2" in (exported / "README.txt").read_text()


def test_every_register_is_a_table_with_its_rows(exported):
    assert {file.stem for file in exported.glob("registers/*.csv")} == {page.slug for page in all_pages()}
    with (exported / "registers" / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 4 and rows[0][-1] == "记录键"


@pytest.mark.parametrize(("tree", "place"), [(0, "log/case"), (1, "log/case/sm3")])
def test_the_verifier_beside_the_files_confirms_the_log_and_names_a_flipped_bit(exported, tree, place):
    def verified() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "yifa-verify.py", "log", place, "--key", verifier_keys()[tree]]
        return subprocess.run(command, cwd=exported, capture_output=True, text=True, check=False)

    assert verified().returncode == 0, verified().stderr
    tile = next((exported / place).glob("tile/0/000*"))
    tile = next(tile.iterdir()) if tile.is_dir() else tile
    data = bytearray(tile.read_bytes())
    data[5] ^= 1
    tile.write_bytes(bytes(data))
    assert verified().returncode == 1


def test_entries_are_the_bytes_that_were_hashed(exported):
    lines = (exported / "log/case/entries.jsonl").read_bytes().splitlines()
    leaves = b"".join(hashlib.sha256(b"\0" + line).digest() for line in lines)
    tile = next((exported / "log/case/tile/0").rglob("*[0-9]"))
    assert tile.is_file() and tile.read_bytes() == leaves
