"""The sealed package: refused before the archive; the same bytes twice; verified without the product."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

from yifa.casework.dossiers import actions, files
from yifa.casework.dossiers.errors import FileAltered, NotArchived
from yifa.casework.dossiers.models import SealedDossier
from yifa.casework.dossiers.packing import bag_of
from yifa.casework.dossiers.queries import dossier_of
from yifa.casework.dossiers.tests import factories as make
from yifa.ledger import clock
from yifa.ledger.checkpoints import verifier_keys
from yifa.ledger.queries import events_about, head

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch):
    """Sources of kept files of this test alone."""
    monkeypatch.setattr(files, "SOURCES", [])
    return files.register_files


def seal(case) -> SealedDossier:
    return actions.seal(organ=case.organ_id, case_no=case.no, at=clock.now(), by="0101", actor=make.ACTOR)


def package(sealed) -> bytes:
    return b"".join(actions.package(sealed))


def unpacked(data: bytes, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    (root,) = folder.iterdir()
    return root


def run(root, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-I", str(root / "data" / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=root)


def test_a_case_not_archived_has_nothing_to_seal(kept):
    case = make.with_papers()
    with pytest.raises(NotArchived, match="还没有归档"):
        seal(case)
    assert not SealedDossier.objects.exists() and not events_about("dossier:none")


def test_a_kept_file_that_was_altered_breaks_the_package_off(kept):
    case = make.archived()
    kept(lambda case: [make.picture()])
    sealed = seal(case)
    files.SOURCES[:] = [lambda case: [make.picture(data=make.PICTURE[:-1] + b"x")]]
    with pytest.raises(FileAltered, match="不一致"):
        package(sealed)
    files.SOURCES[:] = []
    with pytest.raises(FileAltered, match="不在了"):
        package(sealed)


def test_sealing_twice_gives_the_first_seal_and_one_entry(kept):
    case = make.archived()
    first = seal(case)
    size = head().size
    assert seal(case).no == first.no and head().size == size
    (entry,) = events_about(f"dossier:{first.no}")
    assert entry.body["type"] == "dossier_sealed" and entry.body["doc_hashes"] == [first.manifest_sha256]


def test_the_package_is_the_same_bytes_twice_and_stands_at_the_entry_of_the_archive(kept):
    case = make.archived()
    kept(lambda case: [make.picture()])
    now = clock.now()
    bags = [bag_of(dossier_of(case.organ_id, case.no, now)) for _ in range(2)]
    assert bags[0] == bags[1] and bags[0][1] == head().size
    sealed = seal(case)
    one = b"".join(actions.take(sealed=sealed, actor=make.ACTOR))
    make.make.case_with(make.make.lead(), number="津示城管罚立字〔2021〕第009号")
    assert package(sealed) == one and sealed.head_size == bags[0][1] < head().size


def test_the_stand_alone_verifier_accepts_the_unpacked_package(kept, tmp_path):
    case = make.archived()
    kept(lambda case: [make.picture()])
    data = package(seal(case))
    root, key = unpacked(data, tmp_path / "out"), verifier_keys()[0]
    answer = run(root, "dossier", ".", "--key", key)
    assert answer.returncode == 0 and "2 件文书" in answer.stdout, answer.stdout + answer.stderr
    assert run(root, "bundle", "data/bundle.json", "--key", verifier_keys()[1]).returncode == 0
    (tmp_path / "whole.zip").write_bytes(data)
    assert run(root, "dossier", str(tmp_path / "whole.zip"), "--key", key).returncode == 0
    assert key in (root / "请先阅读.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("data/record.json", lambda data: data.replace(b"case_closed", b"case_c1osed")),
        ("data/evidence/003-evidence.jpg", lambda data: data + b"x"),
        ("bag-info.txt", lambda data: data + b"More: x\n"),
    ],
)
def test_a_changed_file_is_named(kept, tmp_path, path, change):
    case = make.archived()
    kept(lambda case: [make.picture()])
    root = unpacked(package(seal(case)), tmp_path / "out")
    file = next(root.glob(path.replace("003", "*")))
    file.write_bytes(change(file.read_bytes()))
    answer = run(root, "dossier", ".", "--key", verifier_keys()[0])
    assert answer.returncode == 1 and file.name in answer.stdout and "被改动" in answer.stdout


def test_a_file_added_or_taken_away_is_seen(kept, tmp_path):
    root, key = unpacked(package(seal(make.archived())), tmp_path / "out"), verifier_keys()[0]
    (root / "data" / "papers" / "009-more.pdf").write_bytes(b"%PDF")
    answer = run(root, "dossier", ".", "--key", key)
    assert answer.returncode == 1 and "不在清单上" in answer.stdout
    (root / "data" / "papers" / "009-more.pdf").unlink()
    next(root.glob("data/papers/*.pdf")).unlink()
    answer = run(root, "dossier", ".", "--key", key)
    assert answer.returncode == 1 and "不在电子包里" in answer.stdout


def test_a_record_rewritten_with_all_its_manifests_still_contradicts_the_log(kept, tmp_path):
    root, key = unpacked(package(seal(make.archived())), tmp_path / "out"), verifier_keys()[0]
    file = root / "data" / "record.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["events"][-2]["reason"] = "performed"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    relist(root, "manifest-sha256.txt")
    relist(root, "tagmanifest-sha256.txt")
    answer = run(root, "dossier", ".", "--key", key)
    assert answer.returncode == 1 and "record.json 的第" in answer.stdout


def relist(root, name: str) -> None:
    lines = [line.partition("  ")[2] for line in (root / name).read_text(encoding="utf-8").splitlines()]
    told = "".join(f"{hashlib.sha256((root / path).read_bytes()).hexdigest()}  {path}\n" for path in lines)
    (root / name).write_text(told, encoding="utf-8")


def test_the_bag_is_one_any_bagit_tool_reads(kept, tmp_path):
    root = unpacked(package(seal(make.archived())), tmp_path / "out")
    assert (root / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = [path for path in (root / "data").rglob("*") if path.is_file()]
    listed = (root / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len(payload)
    info = dict(
        line.split(": ", 1) for line in (root / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    )
    assert info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    assert info["Bagging-Date"] == "2021-09-12"
