"""A backup: refused where it is damaged, older than what was signed, or not alone; otherwise equal heads and rows."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
BOOK_DAY = "2021-11-23"


def yifa(home: Path, *arguments: str, keys: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command in an installation of its own, on SQLite; keys apart where given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("YIFA_") and k != "DATABASE_URL"}
    env = {**kept, "YIFA_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    if keys:
        env["YIFA_KEYS"] = str(keys)
    return subprocess.run(
        [sys.executable, "-m", "yifa", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


TAKE_IN = """
import django; django.setup()
from yifa.casework.cases.actions import History, record_histories
from yifa.casework.cases.models import Act
from yifa.casework.cases.tests.factories import HEAD, lead
from yifa.casework.evidence.actions import add_file
from yifa.casework.evidence.store import store
from yifa.casework.evidence.uploads import Arrived
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ
organ, at = Organ.objects.get(), "2021-11-20T09:00:00+08:00"
evidence = {
    "at": at, "kind": "evidence_added", "by": ["0101"], "id": "E1", "evidence_kind": "audio_visual", "verified": True,
    "lawful_source": True, "proves": [],
}
open_case = History({**HEAD, "number": "未结1"}, [lead("2021-11-20T08:00:00+08:00"), evidence])
record_histories(organ=organ, histories=[open_case], actor=Actor("system:test", organ=organ.code))
act = Act.objects.get(case__number="未结1", kind="evidence_added")
for data in (b"heard\\0", b"seen\\0"):
    new = store().incoming()
    new.write(data)
    file = Arrived(new.keep(), new.sm3.hexdigest(), new.size, "audio/wav", "录音.wav")
    add_file(act=act, file=file, by=act.by[0], actor=Actor("user:1", organ=act.organ_id))
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> tuple[Path, Path, Path]:
    """(home, keys, backup) of a small installation: an organ, its demo year, one signed head."""
    home, keys = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("keys")
    made = yifa(home, "demo", "--today", BOOK_DAY, keys=keys)
    assert made.returncode == 0, made.stderr
    python(home, keys, TAKE_IN)
    backup = home / "one.zip"
    written = yifa(home, "backup", str(backup), keys=keys)
    assert written.returncode == 0, written.stderr
    return home, keys, backup


def changed(backup: Path, to: Path, member: str, old: bytes, new: bytes, manifest: bool = False) -> Path:
    """A copy of the backup with some bytes of one member changed; with `manifest` also its digest, by a forger."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(to, "w") as target:
        data = {name: source.read(name) for name in source.namelist()}
        assert old in data[member]
        data[member] = data[member].replace(old, new, 1)
        if manifest:
            listed = json.loads(data["manifest.json"])
            for entry in listed["tables"]:
                if member == f"tables/{entry['table']}.jsonl":
                    entry["sha256"] = hashlib.sha256(data[member]).hexdigest()
            data["manifest.json"] = json.dumps(listed).encode()
        for name, content in data.items():
            target.writestr(name, content)
    return to


def test_what_is_no_backup_is_told_apart_and_leaves_the_installation_empty(tmp_path, installation):
    noise, cut = tmp_path / "noise.zip", tmp_path / "cut.zip"
    noise.write_bytes(b"PK no backup")
    cut.write_bytes(installation[2].read_bytes()[:-5000])
    for file in (noise, cut, tmp_path / "absent.zip"):
        answer = yifa(tmp_path / "home", "restore", str(file))
        assert answer.returncode == 2 and answer.stderr.count("\n") == 1 and "Traceback" not in answer.stderr
    assert yifa(tmp_path / "home", "restore", str(installation[2])).returncode == 0


def test_a_damaged_table_is_named(tmp_path, installation):
    bad = changed(installation[2], tmp_path / "bad.zip", "tables/people_person.jsonl", b"0201", b"0291")
    answer = yifa(tmp_path / "home", "restore", str(bad))
    assert answer.returncode == 2 and "people_person" in answer.stderr and "已损坏" in answer.stderr


def test_a_forged_row_is_named_by_the_ledger_although_the_digests_were_made_anew(tmp_path, installation):
    bad = changed(
        installation[2], tmp_path / "forged.zip", "tables/cases_act.jsonl", b"patrol", b"order", manifest=True
    )
    answer = yifa(tmp_path / "home", "restore", str(bad))
    assert answer.returncode == 1 and "与日志不一致" in answer.stderr and "列 data" in answer.stderr
    assert yifa(tmp_path / "home", "verify", "state", "--json").stdout.startswith("{")
    assert '"events": 0' in yifa(tmp_path / "home", "verify", "state", "--json").stdout


def test_columns_emptied_beside_the_entries_are_refused(tmp_path, installation):
    member = "tables/ledger_event.jsonl"
    with zipfile.ZipFile(installation[2]) as archive:
        line = archive.read(member).splitlines()[0]
    emptied = json.dumps([{} if isinstance(one, dict) else one for one in json.loads(line)]).encode()
    bad = changed(installation[2], tmp_path / "emptied.zip", member, line, emptied, manifest=True)
    answer = yifa(tmp_path / "home", "restore", str(bad))
    assert answer.returncode == 1 and "记录旁边保存的列摘要被改动" in answer.stderr


def test_an_installation_with_rows_is_not_restored_into(installation):
    home, keys, backup = installation
    answer = yifa(home, "restore", str(backup), keys=keys)
    assert answer.returncode == 1 and "空的安装" in answer.stderr


def test_a_backup_older_than_the_head_signed_last_is_refused(tmp_path, installation):
    home, keys = (Path(shutil.copytree(one, tmp_path / one.name)) for one in installation[:2])
    backup = installation[2]
    # one more act is recorded and signed; now the same backup is older than what was promised to the outside
    script = (
        "import django; django.setup()\n"
        "from yifa.ledger.actions import Actor, writing\n"
        "from yifa.ledger.checkpoints import sign\n"
        "from yifa.registry.organs.models import Organ\n"
        "organ = Organ.objects.get(); organ.version += 1\n"
        "with writing() as unit:\n"
        "    unit.log(type='organ_changed', actor=Actor('system:test'), agency=organ.code, rows=[organ]); organ.save()\n"
        "sign()\n"
    )
    env = {**os.environ, "YIFA_HOME": str(home), "YIFA_KEYS": str(keys), "PYTHONPATH": str(ROOT / "src")}
    env.pop("DATABASE_URL", None)
    env["DJANGO_SETTINGS_MODULE"] = "yifa.site.settings"
    subprocess.run([sys.executable, "-c", script], env=env, check=True)
    refused = yifa(tmp_path / "older", "restore", str(backup), keys=keys)
    assert refused.returncode == 1 and "比最后一次签名的日志头旧" in refused.stderr


ERASE = """
import django; django.setup()
from yifa.ledger.actions import Actor
from yifa.ledger.erasure import erase
from yifa.registry.people.models import Person
row = Person.objects.get(staff_no="0201")
erase(row=row, column="name", legal_basis="PIPL-47-1-4", approvers=("user:1", "user:2"), actor=Actor("user:2"))
print(row.name)
"""
LOOK = """
import django; django.setup()
from yifa.ledger.queries import last_event
from yifa.listing.models import SearchEntry
from yifa.registry.people.models import Person
row = Person.objects.get(staff_no="0201")
entry = last_event(f"person:{row.organ_id}/0201").body
print([row.name, entry["type"], entry["reason_code"], SearchEntry.objects.filter(kind="person", key="0201").count(),
       SearchEntry.objects.filter(kind="person").exists()])
"""


def python(home: Path, keys: Path, script: str) -> str:
    env = {**os.environ, "YIFA_HOME": str(home), "YIFA_KEYS": str(keys), "PYTHONPATH": str(ROOT / "src")}
    env.pop("DATABASE_URL", None)
    env["DJANGO_SETTINGS_MODULE"] = "yifa.site.settings"
    done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_what_was_erased_since_the_backup_does_not_come_back(tmp_path, installation):
    home, keys = (Path(shutil.copytree(one, tmp_path / one.name)) for one in installation[:2])
    name = python(home, keys, ERASE)
    with zipfile.ZipFile(installation[2]) as archive:
        assert name and name.encode() in archive.read("tables/people_person.jsonl")
    answer = yifa(tmp_path / "new", "restore", str(installation[2]), keys=keys)
    assert answer.returncode == 0 and "1 项已重新删除" in answer.stdout, answer.stderr
    assert python(tmp_path / "new", keys, LOOK) == "['', 'pii_erased', 'restored', 0, True]"
    files = [path for path in (tmp_path / "new").iterdir() if path.name.startswith("yifa.sqlite3")]
    assert files and not any(name.encode() in path.read_bytes() for path in files)
    verified = yifa(tmp_path / "new", "verify", "state", keys=keys)
    assert verified.returncode == 0, verified.stdout


def test_a_backup_without_the_search_index_gets_one(tmp_path, installation):
    bare = tmp_path / "bare.zip"
    with zipfile.ZipFile(installation[2]) as source, zipfile.ZipFile(bare, "w") as target:
        listed = json.loads(source.read("manifest.json"))
        listed["tables"] = [one for one in listed["tables"] if one["table"] != "listing_searchentry"]
        for name in source.namelist():
            target.writestr(name, json.dumps(listed) if name == "manifest.json" else source.read(name))
    answer = yifa(tmp_path / "new", "restore", str(bare), keys=installation[1])
    assert answer.returncode == 0, answer.stderr
    look = "import django; django.setup()\nfrom yifa.listing.models import SearchEntry\nprint(SearchEntry.objects.count() > 100)"
    assert python(tmp_path / "new", installation[1], look) == "True"


def test_a_damaged_list_of_erasures_stops_the_restore(tmp_path, installation):
    keys = Path(shutil.copytree(installation[1], tmp_path / "keys"))
    (keys / "erasures.jsonl").write_text("{broken\n")
    answer = yifa(tmp_path / "new", "restore", str(installation[2]), keys=keys)
    assert answer.returncode == 1 and "删除清单读不出来" in answer.stderr


def test_heads_and_rows_are_equal_after_a_restore(tmp_path, installation):
    home, keys, backup = installation
    assert yifa(tmp_path / "home", "restore", str(backup)).returncode == 0
    one, other = (
        json.loads(yifa(place, "verify", "state", "--json", keys=own).stdout)
        for place, own in ((home, None), (tmp_path / "home", None))
    )
    for key in ("ok", "events", "rows", "root_sha256", "root_sm3"):
        assert one[key] == other[key], key
    assert one["ok"] and one["events"] > 4000


def test_a_backup_never_overwrites_and_leaves_no_half_file(tmp_path, installation):
    home, keys, backup = installation
    before = backup.read_bytes()
    assert yifa(home, "backup", str(backup), keys=keys).returncode == 2 and backup.read_bytes() == before
    answer = yifa(home, "backup", str(tmp_path / "no" / "such" / "folder.zip"), keys=keys)
    assert answer.returncode == 2 and "写不进去" in answer.stderr and not list(tmp_path.rglob("*.new"))


def test_a_backup_leaves_a_signed_head_to_keep_apart(tmp_path, installation):
    """The README says: copy the keys after the backup. Also where no head had been signed yet."""
    home, keys, backup = installation
    fresh = tmp_path / "fresh-keys"
    assert yifa(home, "backup", str(tmp_path / "second.zip"), keys=fresh).returncode == 0
    assert (fresh / "last-head-case.json").exists()


def stored(home: Path) -> list[Path]:
    return sorted(path for path in (home / "evidence" / "sha256").rglob("*") if path.is_file())


def test_a_file_of_evidence_that_was_damaged_in_the_backup_is_named_and_nothing_restored(
    tmp_path, installation
):
    name = stored(installation[0])[0].name
    bad = changed(installation[2], tmp_path / "bad.zip", f"files/{name}", b"\0", b"\1")
    answer = yifa(tmp_path / "home", "restore", str(bad))
    assert answer.returncode == 2 and name in answer.stderr and "已经损坏" in answer.stderr
    assert yifa(tmp_path / "home", "restore", str(installation[2])).returncode == 0


def test_files_of_evidence_come_back_and_are_as_they_were_taken_in(tmp_path, installation):
    home = tmp_path / "home"
    assert yifa(home, "restore", str(installation[2])).returncode == 0
    assert [one.name for one in stored(home)] == [one.name for one in stored(installation[0])] != []
    answer = yifa(home, "verify", "files", "--json")
    told = json.loads(answer.stdout)
    assert answer.returncode == 0 and told["files"] == len(stored(home)) and told["faults"] == []


def test_a_missing_and_a_changed_file_are_named_and_a_backup_says_what_it_could_not_take(
    tmp_path, installation
):
    home, keys = (Path(shutil.copytree(one, tmp_path / one.name)) for one in installation[:2])
    gone, other = stored(home)[:2]
    gone.unlink()
    other.chmod(0o600)
    other.write_bytes(other.read_bytes()[:-1] + b"?")
    answer = yifa(home, "verify", "files", keys=keys)
    assert answer.returncode == 1
    for name, words in ((gone.name, "存储中没有这个文件"), (other.name, "内容与入库时不一致")):
        assert any(
            name in line and words in line and "案件 2021-" in line for line in answer.stdout.splitlines()
        )
    answer = yifa(home, "backup", str(tmp_path / "lost.zip"), keys=keys)
    assert answer.returncode == 1 and gone.name in answer.stderr and other.name in answer.stderr
    assert yifa(tmp_path / "new", "restore", str(tmp_path / "lost.zip"), keys=keys).returncode == 0
    assert gone.name not in {one.name for one in stored(tmp_path / "new")}
