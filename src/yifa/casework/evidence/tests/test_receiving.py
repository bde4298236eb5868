"""Files part by part: the protocol's refusals, whose upload it is, and that what is stored is what was sent or nothing is."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from datetime import timedelta
from hashlib import new, sha1, sha256
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.evidence import receiving
from yifa.casework.evidence.models import EvidenceFile, EvidenceUpload, UploadChunk
from yifa.casework.evidence.store import Folder, store
from yifa.casework.evidence.tests import samples
from yifa.casework.evidence.tests.samples import post
from yifa.ledger.actions import Actor
from yifa.ledger.models import Event
from yifa.ledger.verify import Verification
from yifa.proof.merkle import root
from yifa.proof.merkle import sha256 as hasher

pytestmark = pytest.mark.django_db
RESUMABLE = {"Tus-Resumable": "1.0.0"}
SMALL = 1000
ACTOR = Actor("user:1", organ="120115")
OURS = ("case", "act", "evidence_file", "custody_entry", "evidence_upload")


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kilobyte in place of 8 MiB, so that a small file has many chunks."""
    monkeypatch.setattr(receiving, "CHUNK", SMALL)


def film(length: int, seed: int = 1) -> bytes:
    """A whole MP4 of exactly so many bytes."""
    head = samples.box(b"ftyp", b"isom\0\0\0\1isom") + samples.box(b"moov", b"\0" * 40)
    return head + samples.box(b"mdat", random.Random(seed).randbytes(length - len(head) - 8))


def parts(data: bytes) -> list[bytes]:
    return [data[at : at + SMALL] for at in range(0, len(data), SMALL)]


def hashes(data: bytes) -> list[str]:
    return [sha256(one).hexdigest() for one in parts(data)]


def uploads(case: Case) -> str:
    return f"/desk/cases/{case.no}/evidence/uploads/"


def create(client: Client, case: Case, size: int | str, name: str = "录像.mp4", **headers: str) -> Any:
    told = {"Upload-Length": str(size), "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}"}
    return client.post(uploads(case), headers={**RESUMABLE, **told, **headers})


def patch(client: Client, address: str, offset: int | str, data: bytes, **headers: str) -> Any:
    return client.patch(
        address, data, content_type=receiving_type(headers), headers={**RESUMABLE, "Upload-Offset": str(offset), **headers}
    )  # fmt: skip


def receiving_type(headers: dict[str, str]) -> str:
    return headers.pop("type", "application/offset+octet-stream")


def broken_off(client: Client, address: str, offset: int, data: bytes) -> Any:
    """A part of a thousand bytes whose line dies after `data`."""
    return client.patch(
        address, b"\0" * SMALL, content_type="application/offset+octet-stream", headers={**RESUMABLE, "Upload-Offset": str(offset)},
        **{"wsgi.input": BytesIO(data)},
    )  # fmt: skip


def finish(client: Client, address: str, told: list[str]) -> Any:
    body = json.dumps({"chunks": told})
    return client.post(address, body, content_type="application/json", headers=RESUMABLE)


def begun(client: Client, case: Case, data: bytes, name: str = "录像.mp4") -> str:
    answer = create(client, case, len(data), name)
    assert answer.status_code == 201, answer.content.decode()
    return answer["Location"]


def send(client: Client, case: Case, data: bytes, name: str = "录像.mp4") -> Any:
    """The whole of it, in order; the answer of the end."""
    address = begun(client, case, data, name)
    for number, part in enumerate(parts(data)):
        assert patch(client, address, number * SMALL, part).status_code == 204
    return finish(client, address, hashes(data))


def said_in_the_ledger() -> list[str]:
    """What became of uploads, in order."""
    types = [json.loads(one.body)["type"] for one in Event.objects.filter(log="case").order_by("idx")]
    return [one.removeprefix("evidence_upload_") for one in types if one.startswith("evidence_upload_")]


def stored(data: bytes) -> bool:
    return sha256(data).hexdigest() in {digest for digest, _ in store().kept()}


@pytest.mark.parametrize(
    ("size", "status", "said"),
    [("0", 422, "空文件"), (str(3 * 1024**3), 413, "超过 2 GB"), ("-1", 400, ""), ("", 400, ""), ("9" * 30, 400, "")],
)  # fmt: skip
def test_a_length_that_cannot_be_is_refused_before_a_byte_comes(client, case, size, status, said):
    answer = create(client, case, size)
    assert answer.status_code == status and said in answer.content.decode()
    assert not EvidenceUpload.objects.exists()


def test_a_full_disk_is_said_at_the_start(client, case, monkeypatch):
    monkeypatch.setattr("yifa.casework.evidence.store.Folder.room_for", lambda self, size: False)
    answer = create(client, case, 5000)
    assert answer.status_code == 507 and "存储空间不够" in answer.content.decode()
    assert not EvidenceUpload.objects.exists() and not list(store().root.glob("incoming/*"))


def test_the_room_is_taken_when_the_upload_begins(client, case):
    begun(client, case, film(5000))
    (part,) = (store().root / "incoming").glob("part-*")
    assert part.stat().st_size == 5000 and part.stat().st_blocks * 512 >= 5000


def test_without_the_version_of_the_protocol_it_is_412(client, case):
    answer = create(client, case, 10, **{"Tus-Resumable": "0.2.2"})
    assert answer.status_code == 412 and answer["Tus-Version"] == "1.0.0"


def test_what_the_server_can_do_is_told_to_whoever_asks(client, case):
    answer = client.options(uploads(case))
    assert answer.status_code == 204
    assert set(answer["Tus-Extension"].split(",")) == {"creation", "checksum", "expiration", "termination"}
    assert "sha1" in answer["Tus-Checksum-Algorithm"] and answer["Tus-Max-Size"] == str(2 * 1024**3)


def test_a_place_that_is_not_where_it_stands_is_409_and_says_where(client, case):
    data = film(2500)
    address = begun(client, case, data)
    assert patch(client, address, 1000, data[1000:2000]).status_code == 409
    assert patch(client, address, 0, data[:1000])["Upload-Offset"] == "1000"
    again = patch(client, address, 0, data[:1000])
    assert again.status_code == 409 and again["Upload-Offset"] == "1000"
    assert client.head(address, headers=RESUMABLE)["Upload-Offset"] == "1000"


@pytest.mark.parametrize(("length", "status"), [(999, 400), (1, 400), (1001, 413), (2501, 413)])
def test_a_part_of_another_length_than_its_place_is_refused(client, case, length, status):
    address = begun(client, case, film(2500))
    assert patch(client, address, 0, b"\0" * length).status_code == status
    assert client.head(address, headers=RESUMABLE)["Upload-Offset"] == "0"


def test_a_part_that_broke_off_on_the_way_leaves_nothing(client, case):
    data = film(2500)
    address = begun(client, case, data)
    answer = broken_off(client, address, 0, data[:400])
    assert answer.status_code == 400 and "没有传完整" in answer.content.decode()
    assert not UploadChunk.objects.exists()


def test_a_part_that_is_not_what_the_sender_says_is_460(client, case):
    data = film(2500)
    address = begun(client, case, data)
    for algorithm, digest in (("sha256", sha256), ("sha1", sha1)):
        wrong = f"{algorithm} {b64encode(digest(b'other').digest()).decode()}"
        answer = patch(client, address, 0, data[:1000], **{"Upload-Checksum": wrong})
        assert answer.status_code == 460 and "在路上变了" in answer.content.decode()
    right = f"sha1 {b64encode(sha1(data[:1000]).digest()).decode()}"
    assert patch(client, address, 0, data[:1000], **{"Upload-Checksum": right}).status_code == 204


@pytest.mark.parametrize("told", ["md5 AAAA", "sha256 ***", "sha256", "sha256 Ä"])
def test_a_checksum_that_makes_no_sense_is_400(client, case, told):
    data = film(2500)
    answer = patch(client, begun(client, case, data), 0, data[:1000], **{"Upload-Checksum": told})
    assert answer.status_code in (400, 460) and not UploadChunk.objects.exists()


@pytest.mark.parametrize("told", ["filename ***", "filename Ä", "filename /w=="])
def test_a_name_that_cannot_be_read_is_400(client, case, told):
    headers = {**RESUMABLE, "Upload-Length": "2500", "Upload-Metadata": told}
    assert client.post(uploads(case), headers=headers).status_code == 400


@pytest.mark.parametrize("body", ["", "[]", '{"chunks": "a"}', '{"chunks": [1]}', "[" * 100_000])
def test_hashes_that_make_no_sense_are_400(client, case, body):
    address = begun(client, case, film(2500))
    answer = client.post(address, body, content_type="application/json", headers=RESUMABLE)
    assert answer.status_code == 400


def test_another_type_of_body_is_415(client, case):
    assert patch(client, begun(client, case, film(2500)), 0, b"x", type="text/plain").status_code == 415


def test_what_is_no_evidence_is_refused_at_its_first_part(client, case):
    address = begun(client, case, b"MZ" + b"\0" * 2000, "木马.mp4")
    answer = patch(client, address, 0, b"MZ" + b"\0" * 998)
    assert answer.status_code == 422 and "不是可以收的文件种类" in answer.content.decode()


def test_an_upload_too_long_without_a_part_is_410_and_its_bytes_go(client, case):
    data = film(2500)
    address = begun(client, case, data)
    patch(client, address, 0, data[:1000])
    EvidenceUpload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.head(address, headers=RESUMABLE).status_code == 410
    assert patch(client, address, 1000, data[1000:2000]).status_code == 410
    assert receiving.expire() == 1 and receiving.expire() == 0
    assert EvidenceUpload.objects.get().state == "given_up"
    assert not list((store().root / "incoming").glob("*"))
    assert said_in_the_ledger() == ["opened", "expired"]


def test_one_that_is_ended_by_its_owner_is_gone(client, case):
    address = begun(client, case, film(2500))
    assert client.delete(address, headers=RESUMABLE).status_code == 204
    assert client.head(address, headers=RESUMABLE).status_code == 410
    assert client.delete(address, headers=RESUMABLE).status_code == 410
    assert not list((store().root / "incoming").glob("*"))


class EndedMeanwhile(Folder):
    """Its owner gives the upload up while a part of it is being written."""

    def put(self, key: str, offset: int, data: bytes | memoryview) -> None:
        super().put(key, offset, data)
        receiving.give_up(upload=EvidenceUpload.objects.get(key=key), actor=ACTOR)


@pytest.mark.parametrize("length", [1000, 2500])
def test_one_that_is_ended_while_a_part_is_written_stays_ended(client, case, monkeypatch, length):
    data = film(length)
    address = begun(client, case, data)
    monkeypatch.setattr(receiving, "store", lambda: EndedMeanwhile(store().root))
    assert patch(client, address, 0, data[:1000]).status_code == 410
    assert EvidenceUpload.objects.get().state == "given_up"
    assert list(Verification(tables=OURS).faults()) == []


def test_a_file_given_up_after_its_check_is_no_evidence_any_more(client, case):
    told = send(client, case, film(2500)).json()
    assert client.delete(told["address"], headers=RESUMABLE).status_code == 204
    answer = post(client, case, staged=[told["ticket"]])
    assert answer.status_code == 422 and "已经不在" in desk.main_of(answer)
    assert not EvidenceFile.objects.exists() and EvidenceUpload.objects.get().state == "given_up"


def test_the_upload_of_another_account_or_case_is_unknown(client, case):
    address = begun(client, case, film(2500))
    second = make.case_with(make.lead(), make.opening(), number="津示城管罚立字〔2021〕第002号")
    elsewhere = address.replace(case.no, second.no)
    for who, where in ((desk.login("0102"), address), (client, elsewhere)):
        assert who.head(where, headers=RESUMABLE).status_code == 404
        assert patch(who, where, 0, b"\0" * 1000).status_code == 404
        assert who.delete(where, headers=RESUMABLE).status_code == 404
    assert desk.login("0301").get(uploads(case)).status_code == 403
    assert Client().get(uploads(case)).status_code == 302


def test_without_the_token_of_the_page_nothing_is_taken(case):
    made, strict = desk.login("0101"), Client(enforce_csrf_checks=True)
    strict.cookies = made.cookies
    assert create(strict, case, 2500).status_code == 403 and not EvidenceUpload.objects.exists()


def test_a_sender_who_may_only_post_says_the_method_in_a_header(client, case):
    data = film(1500)
    address = begun(client, case, data)
    headers = {**RESUMABLE, "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    answer = client.post(
        address, data[:1000], content_type="application/offset+octet-stream", headers=headers
    )
    assert answer.status_code == 204 and answer["Upload-Offset"] == "1000"


def test_it_is_not_checked_before_all_is_there(client, case):
    data = film(2500)
    address = begun(client, case, data)
    patch(client, address, 0, data[:1000])
    answer = finish(client, address, hashes(data))
    assert answer.status_code == 409 and answer["Upload-Offset"] == "1000"


def test_what_the_sender_says_he_sent_must_be_what_is_there(client, case):
    data = film(2500)
    address = begun(client, case, data)
    for number, part in enumerate(parts(data)):
        patch(client, address, number * SMALL, part)
    assert client.post(address, "{}", content_type="application/json", headers=RESUMABLE).status_code == 400
    answer = finish(client, address, hashes(film(2500, seed=2)))
    assert answer.status_code == 422 and "不一致" in answer.content.decode()
    assert not stored(data) and EvidenceUpload.objects.get().state == "given_up"


def test_bytes_that_changed_in_the_store_before_the_check_are_found(client, case):
    data = film(2500)
    address = begun(client, case, data)
    for number, part in enumerate(parts(data)):
        patch(client, address, number * SMALL, part)
    store().put(EvidenceUpload.objects.get().key, 1700, b"!")
    assert finish(client, address, hashes(data)).status_code == 422
    assert not list(store().kept())


def test_the_same_file_twice_in_a_case_is_said(client, case):
    data = film(2500)
    assert post(client, case, samples.sent(data, "录像.mp4")).status_code == 303
    answer = send(client, case, data)
    assert answer.status_code == 422 and "本案已经有这个文件" in answer.content.decode()


def test_it_goes_on_after_a_break_and_becomes_evidence_with_its_hashes(client, case):
    data = film(4321)
    address = begun(client, case, data)
    patch(client, address, 0, data[:1000])
    broken_off(client, address, 1000, data[1000:1500])
    (shown,) = client.get(uploads(case)).json()["uploads"]
    assert shown["offset"] == 1000 and shown["chunks"] == hashes(data)[:1] and "ticket" not in shown
    for number, part in list(enumerate(parts(data)))[1:]:
        patch(client, address, number * SMALL, part)
    told = finish(client, address, hashes(data)).json()
    assert told["state"] == "checked" and told == finish(client, address, hashes(data)).json() | {
        "ticket": told["ticket"]
    }
    assert post(client, case, staged=[told["ticket"]]).status_code == 303
    file, row = EvidenceFile.objects.get(), EvidenceUpload.objects.get()
    assert (file.sha256, file.sm3, file.size) == (
        sha256(data).hexdigest(),
        new("sm3", data).hexdigest(),
        4321,
    )
    assert (row.state, row.file_id) == ("sealed", file.pk)
    assert row.root == root([bytes.fromhex(one) for one in hashes(data)], hasher).hex()
    store().check(file.sha256)
    assert said_in_the_ledger() == ["opened", "staged", "checked", "sealed"]
    assert client.get(uploads(case)).json() == {"uploads": []}
    assert client.delete(address, headers=RESUMABLE).status_code == 410
    assert list(Verification(tables=OURS).faults()) == []


def test_a_damaged_file_is_quarantined_and_taken_in_where_somebody_says_why(client, case):
    told = send(client, case, film(2500)[:-200]).json()
    assert told["state"] == "quarantined" and "照原样收下" in told["said"]
    answer = post(client, case, staged=[told["ticket"]])
    assert answer.status_code == 422
    answer = post(client, case, staged=[told["ticket"]], as_is="yes", words="")
    assert answer.status_code == 422 and "为什么照原样收下" in desk.main_of(answer)
    answer = post(
        client, case, staged=[told["ticket"]], as_is="yes", words="当事人提供的手机录像，本来就断在这里"
    )
    assert answer.status_code == 303
    assert EvidenceFile.objects.get().readable is False and EvidenceUpload.objects.get().state == "sealed"


def test_more_than_twenty_unfinished_files_in_a_case_are_refused(client, case):
    for _ in range(20):
        begun(client, case, film(200))
    answer = create(client, case, 200)
    assert answer.status_code == 422 and "20 个没有传完" in answer.content.decode()
