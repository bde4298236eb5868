"""Files that are not a workbook at all: one line, exit 2, nothing read that could hurt."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from yifa.intake.workbook.archive import NotAWorkbook, check_archive
from yifa.intake.workbook.tests.factories import sheets, write


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def repacked(source: Path, target: Path, name: str, body: bytes) -> Path:
    with zipfile.ZipFile(source) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped(target, {**parts, name: body})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("案号,程序\n1,普通\n".encode(), "不是 .xlsx"),
        (b"", "不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "加密"),
        (b"PK\x03\x04" + b"broken" * 50, "损坏"),
    ],
    ids=["renamed csv", "empty", "encrypted", "corrupt zip"],
)
def test_a_file_of_another_kind_is_refused(tmp_path, body, said):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(body)
    with pytest.raises(NotAWorkbook, match=said):
        check_archive(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(NotAWorkbook, match="打不开"):
        check_archive(tmp_path / "没有.xlsx")


def test_a_zip_without_a_workbook_is_refused(tmp_path):
    with pytest.raises(NotAWorkbook, match="没有工作簿"):
        check_archive(zipped(tmp_path / "a.xlsx", {"a.txt": b"a"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    good = write(tmp_path / "good.xlsx", sheets())
    bomb = repacked(good, tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml", b"<a>" + b" " * 20_000_000)
    with pytest.raises(NotAWorkbook, match="200 倍"):
        check_archive(bomb)


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE x>",
        "<!-- " + "x" * 70_000 + " --><!DOCTYPE x>",
        "<!-- <a --><!DOCTYPE x [<!ENTITY e 'e'>]>",
    ],
)
def test_a_document_type_is_refused(tmp_path, start):
    good = write(tmp_path / "good.xlsx", sheets())
    path = repacked(
        good, tmp_path / "dtd.xlsx", "xl/sharedStrings.xml", f"<?xml version='1.0'?>{start}<sst/>".encode()
    )
    with pytest.raises(NotAWorkbook, match="文档类型"):
        check_archive(path)


def test_a_plain_workbook_passes(tmp_path):
    assert check_archive(write(tmp_path / "good.xlsx", sheets())) is None
