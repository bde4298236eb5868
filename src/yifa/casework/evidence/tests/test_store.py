"""The store: nothing half written has a name, nothing referred to is swept, what rotted is found and mended."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from hashlib import sha256

import pytest

from yifa.casework.evidence import jobs
from yifa.casework.evidence.errors import FileChanged, FileGone
from yifa.casework.evidence.models import EvidenceFile
from yifa.casework.evidence.store import Incoming, path_of, store
from yifa.casework.evidence.tests import samples
from yifa.casework.evidence.tests.samples import post
from yifa.jobs.actions import enqueue
from yifa.jobs.models import Job
from yifa.jobs.running import run, take

LONG_AGO = time.time() - timedelta(days=8).total_seconds()


def put(data: bytes) -> str:
    incoming = store().incoming()
    incoming.write(data)
    return incoming.keep()


def age(digest: str, moment: float = LONG_AGO) -> None:
    os.utime(path_of(store().root, digest), (moment, moment))


def test_what_was_never_stored_is_gone():
    for verb in (store().open, store().size, store().check):
        with pytest.raises(FileGone):
            verb("0" * 64)


def test_a_file_half_written_has_no_name():
    incoming = store().incoming()
    incoming.write(b"half")
    assert list(store().kept()) == []
    incoming.drop()
    assert list((store().root / "incoming").glob("*")) == []


def test_the_bytes_reach_the_disk_before_the_name_and_the_folder_after_it(monkeypatch):
    done: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: (
            done.append("dir" if os.path.isdir(f"/proc/self/fd/{handle}") else "file"),
            fsync(handle),
        ),
    )
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("rename"), replace(*paths)))
    put(b"evidence")
    assert done[:3] == ["file", "rename", "dir"] and set(done[3:]) == {"dir"}


def test_a_crash_before_the_name_leaves_an_orphan_and_no_file(monkeypatch):
    monkeypatch.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(OSError(5, "EIO")))
    with pytest.raises(OSError, match="EIO"):
        put(b"evidence")
    assert list(store().kept()) == []


def test_bytes_lie_under_their_hash_and_cannot_be_written():
    digest = put(b"evidence")
    assert digest == sha256(b"evidence").hexdigest()
    assert path_of(store().root, digest).stat().st_mode & 0o777 == 0o440
    store().check(digest)


def test_every_changed_byte_is_found_and_the_same_bytes_again_mend_it():
    digest = put(b"evidence")
    place = path_of(store().root, digest)
    for at in range(8):
        broken = bytearray(b"evidence")
        broken[at] ^= 1
        os.chmod(place, 0o600)
        place.write_bytes(broken)
        with pytest.raises(FileChanged):
            store().check(digest)
        assert put(b"evidence") == digest
        store().check(digest)


@pytest.mark.django_db
def test_only_old_bytes_nothing_refers_to_are_swept(client, case):
    assert post(client, case, samples.sent(samples.png(), "照片.png")).status_code == 303
    named, fresh, orphan = EvidenceFile.objects.get().sha256, put(b"fresh"), put(b"orphan")
    for digest in (named, orphan):
        age(digest)
    broken_off = Incoming(store().root)
    os.utime(broken_off.path, (LONG_AGO, LONG_AGO))
    assert jobs.sweep_store() == 1
    assert {digest for digest, _ in store().kept()} == {named, fresh}
    assert not broken_off.path.exists()


def test_bytes_written_again_while_they_were_being_swept_stay():
    digest = put(b"orphan")
    assert store().remove(digest, before=LONG_AGO) is False
    store().check(digest)


@pytest.mark.django_db(transaction=True)
def test_the_nightly_check_names_the_file_that_is_not_what_it_was(client, case):
    assert (
        post(
            client, case, samples.sent(samples.png(), "照片.png"), samples.sent(samples.jpeg(), "现场.jpg")
        ).status_code
        == 303
    )
    lost = EvidenceFile.objects.get(serial=2)
    path_of(store().root, lost.sha256).unlink()
    job = enqueue(kind=jobs.FIXITY, organ=case.organ, asked_by="")
    taken = take()
    assert taken and taken[0].pk == job.pk
    run(*taken)
    done = Job.objects.get(pk=job.pk)
    assert str(lost) in str(done.failures) and "已核对 2 个" in done.words
    assert EvidenceFile.objects.get(serial=1).checked_at and not EvidenceFile.objects.get(serial=2).checked_at
