"""A workbook in the browser: refused in words, checked without a trace, imported exactly as it was checked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yifa.casework.cases.models import Case
from yifa.intake.workbook import uploads
from yifa.intake.workbook.models import Upload, WorkbookImport
from yifa.intake.workbook.tests.factories import BOOK, sheets, write
from yifa.jobs.running import run, take
from yifa.listing.tests import registers
from yifa.registry.people.models import Person
from yifa.site.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/desk/imports/new/"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


def login(roles: str = "|office|", organ: str = "one") -> Client:
    client = Client()
    name = f"{organ}{roles}"
    user = User.objects.filter(username=name).first()
    client.force_login(user or User.objects.create(username=name, organ=registers.organ(organ), roles=roles))
    return client


def book(folder: Path, **changed) -> bytes:
    return write(folder / "sent.xlsx", sheets(**changed)).read_bytes()


def send(client: Client, body: bytes, name: str = "台账.xlsx"):
    return client.post(NEW, {"book": SimpleUploadedFile(name, body)})


def zipped(folder: Path, parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(folder / "z.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    return (folder / "z.xlsx").read_bytes()


@pytest.mark.parametrize("roles", ["", "|handler|", "|supervisor|", "|disclosure_clerk|"])
def test_others_are_told_who_imports(roles, tmp_path):
    client = login(roles)
    for answer in (client.get(NEW), send(client, book(tmp_path)), client.get("/desk/imports/template.xlsx")):
        assert answer.status_code == 403
        assert "领导小组办公室" in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "不是 .xlsx"),
        ("案号,程序".encode(), "不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "加密"),
        (b"PK\x03\x04" + b"broken" * 50, "损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words_and_not_kept(body, said):
    answer = send(login(), body)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>错误：" in text and said in text
    assert "/uploads/" not in text
    assert not Upload.objects.exists()
    assert not list((uploads.settings.HOME / "uploads").rglob("*.xlsx"))


def test_a_form_without_a_file_asks_for_one():
    answer = login().post(NEW)
    assert answer.status_code == 422 and "请先选择" in answer.content.decode()


def test_a_zip_bomb_and_a_file_too_large_are_refused(tmp_path, monkeypatch):
    parts = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", "xl/media/x": b"\0" * 9_000_000}
    assert "不予读取" in (bomb := send(login(), zipped(tmp_path, parts))).content.decode()
    assert bomb.status_code == 422
    monkeypatch.setattr(uploads, "LARGEST", 100)
    assert "64 MB" in (large := send(login(), book(tmp_path))).content.decode()
    assert large.status_code == 422


def test_problems_are_shown_and_downloaded_and_cannot_be_confirmed(tmp_path):
    people = [*BOOK["人员"], ["=0103", "周三", "无此角色", None, None, None]]
    client = login()
    page = send(client, book(tmp_path, 人员=people))["Location"]
    text = client.get(page).content.decode()
    assert "人员!" in text and "确认导入" not in text
    lines = client.get(f"{page}problems.csv").content.decode().splitlines()
    assert len(lines) == 1 + len(Upload.objects.get().answer["problems"])
    assert client.post(page).status_code == 422
    assert not Person.objects.exists()


def test_checking_writes_nothing_and_confirming_imports_what_was_shown(tmp_path):
    client = login()
    page = send(client, book(tmp_path))["Location"]
    assert not Person.objects.exists() and not Case.objects.exists()
    shown = Upload.objects.get().answer
    assert "确认导入" in client.get(page).content.decode()
    assert client.post(page).status_code == 303
    taken = WorkbookImport.objects.get()
    assert (taken.file_name, taken.sha256) == ("台账.xlsx", Upload.objects.get().sha256)
    assert taken.summary == shown
    assert "台账已导入" in client.get(page).content.decode()
    assert "某公司" in client.get("/desk/search/?q=mgs").content.decode()


def test_confirming_twice_imports_once(tmp_path):
    client = login()
    page = send(client, book(tmp_path))["Location"]
    assert [client.post(page).status_code for _ in range(2)] == [303, 303]
    assert WorkbookImport.objects.count() == 1


def test_a_register_that_moved_asks_for_another_look(tmp_path):
    client = login()
    page = send(client, book(tmp_path))["Location"]
    Person.objects.create(organ=registers.organ("one"), staff_no="0101", name="另一人", roles="|handler|")
    answer = client.post(page)
    assert answer.status_code == 409
    assert "再确认一次" in answer.content.decode()
    assert not WorkbookImport.objects.exists()
    assert client.post(page).status_code == 303


def test_a_file_changed_on_disk_is_not_imported(tmp_path):
    client = login()
    page = send(client, book(tmp_path))["Location"]
    kept = next((uploads.settings.HOME / "uploads").rglob("*.xlsx"))
    kept.write_bytes(kept.read_bytes() + b"\0")
    answer = client.post(page)
    assert answer.status_code == 409 and "重新上传" in answer.content.decode()
    assert not WorkbookImport.objects.exists()


def test_another_organs_upload_is_as_unknown_as_none(tmp_path):
    page = send(login(), book(tmp_path))["Location"]
    stranger = login(organ="two")
    for address in (page, f"{page}problems.csv", "/desk/imports/999/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(page).status_code == 404


def test_the_template_can_be_sent_back_empty(tmp_path):
    client = login()
    body = client.get("/desk/imports/template.xlsx").content
    assert body.startswith(b"PK")
    page = send(client, body)["Location"]
    assert "没有变化" in client.get(page).content.decode()


def test_a_long_import_goes_on_behind_the_scenes_and_twice_is_once(tmp_path, monkeypatch, settings):
    settings.HOME = tmp_path
    monkeypatch.setattr("yifa.intake.workbook.views.AT_ONCE", 0)
    client = login()
    page = send(client, book(tmp_path))["Location"]
    first, second = client.post(page), client.post(page)
    assert first.status_code == 303 and "/desk/jobs/" in first["Location"]
    assert first["Location"] == second["Location"] and not WorkbookImport.objects.exists()
    job, held = take()
    run(job, held)
    text = client.get(first["Location"]).content.decode()
    assert "已导入" in text and WorkbookImport.objects.count() == 1
    assert "台账已导入" in client.get(page).content.decode()


def test_a_long_import_of_a_register_that_moved_says_so_and_writes_nothing(tmp_path, monkeypatch, settings):
    settings.HOME = tmp_path
    monkeypatch.setattr("yifa.intake.workbook.views.AT_ONCE", 0)
    client = login()
    page = send(client, book(tmp_path))["Location"]
    address = client.post(page)["Location"]
    Person.objects.create(organ=registers.organ("one"), staff_no="0101", name="另一人", roles="|handler|")
    job, held = take()
    run(job, held)
    assert "重新核对" in client.get(address).content.decode()
    assert not WorkbookImport.objects.exists()
