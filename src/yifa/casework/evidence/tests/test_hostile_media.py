"""Files made to harm: what is taken in is never run or drawn by us, and no browser is given what could run or flood it."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from typing import Any

import pytest

from yifa.casework.evidence.acting_pdf import acts
from yifa.casework.evidence.media import HEAD, harmless, recognise
from yifa.casework.evidence.models import EvidenceFile
from yifa.casework.evidence.tests import samples
from yifa.casework.evidence.tests.samples import post

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>fetch('/desk/')</script>"


def pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def packed(data: bytes) -> bytes:
    """An object stream, as a word processor writes it."""
    small = zlib.compress(data)
    return b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(small),
        small,
    )


def flood_png(side: int) -> bytes:
    """A picture of side × side pixels in a few kilobytes; its rows are never in memory at once."""
    small, row = zlib.compressobj(9), b"\0" * (side // 8 + 1)
    data = b"".join([*(small.compress(row) for _ in range(side)), small.flush()])
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def flood_jpeg(side: int) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, side, side, 1) + b"\1\x11\0"
    return b"\xff\xd8\xff\xe0\0\4JF" + frame + b"\xff\xda\0\2\1\2\xff\xd9"


def flood_gif(side: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", side, side) + b"\0\0\0" + b"\x3b"


def taken_in(client: Any, case: Any, data: bytes, name: str) -> EvidenceFile:
    answer = post(client, case, samples.sent(data, name))
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return EvidenceFile.objects.select_related("act").get()


def served(client: Any, file: EvidenceFile) -> Any:
    return client.get(f"/desk/cases/{file.case_id}/evidence/{file.act.seq}/files/{file.serial}/")


def shown(client: Any, file: EvidenceFile) -> str:
    return client.get(f"/desk/cases/{file.case_id}/evidence/{file.act.seq}/").content.decode()


ACTING = {
    "script": pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"),
    "script with a letter hidden": pdf(b"<< /OpenAction << /S /J#61vaScript /JS (app.alert(1)) >> >>"),
    "script in an object stream": pdf(packed(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")),
    "script behind much": pdf(b"(" + b"x" * (2 << 20) + b")", b"<< /S /JavaScript >>"),
    "script across two blocks": b"%PDF-1.7\n" + b"x" * ((1 << 20) - 12) + b"/JavaScript\n%%EOF",
    "program": pdf(b"<< /S /Launch /F (cmd.exe) >>"),
    "file within": pdf(b"<< /Type /EmbeddedFile >>"),
    "encrypted": pdf(b"<< /Encrypt 2 0 R >>"),
    "objects that do not open": pdf(b"<< /Type /ObjStm >>\nstream\nnot deflate\nendstream"),
    "objects without end": pdf(packed(b"\0" * (70 << 20))),
}  # fmt: skip
PLAIN = {
    "page": pdf(b"<< /Type /Page /OpenAction [1 0 R /Fit] >>"),
    "page in an object stream": pdf(packed(b"1 0 << /Type /Page >>")),
    "words": pdf(b"(JavaScript and /JavaScripts are words)"),
}


@pytest.mark.parametrize("data", ACTING.values(), ids=ACTING)
def test_a_pdf_that_acts_is_taken_in_and_only_downloaded(client, case, data):
    file = taken_in(client, case, data, "合同.pdf")
    answer = served(client, file)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert (
        answer["Content-Security-Policy"].startswith("sandbox")
        and answer["X-Content-Type-Options"] == "nosniff"
    )
    assert "会自己运行的内容" in shown(client, file) and "打开 PDF" not in shown(client, file)


@pytest.mark.parametrize("data", PLAIN.values(), ids=PLAIN)
def test_a_pdf_that_does_nothing_opens(data):
    assert not acts(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "name"),
    [(flood_png(50_000), "洪水.png"), (flood_jpeg(50_000), "洪水.jpg"), (flood_gif(50_000), "洪水.gif")],
    ids=["png", "jpeg", "gif"],
)
def test_a_picture_of_billions_of_points_is_kept_and_not_given_to_draw(client, case, data, name):
    assert len(data) < 1 << 20
    file = taken_in(client, case, data, name)
    assert "<img" not in shown(client, file) and "画面大得" in shown(client, file)
    assert served(client, file)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "data", [samples.png(), samples.jpeg(), flood_jpeg(9000), flood_png(9000), flood_gif(9000)]
)
def test_a_picture_of_an_ordinary_size_is_shown(data):
    media = recognise(data[:HEAD])
    assert media and harmless(media, io.BytesIO(data), len(data))


@pytest.mark.parametrize(
    "start", [b"GIF89a/*", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBP", b"%PDF-1.4\n"]
)
def test_a_picture_that_is_a_page_as_well_is_no_page_of_ours(client, case, start):
    answer = post(
        client, case, samples.sent(start + SCRIPT + b"\x3b%%EOF", "图.html"), as_is="yes", words="当事人提供"
    )
    assert answer.status_code == 303
    file = EvidenceFile.objects.select_related("act").get()
    got = served(client, file)
    assert got["X-Content-Type-Options"] == "nosniff" and "html" not in got["Content-Type"]
    assert "default-src 'none'" in got["Content-Security-Policy"] and SCRIPT.decode() not in shown(
        client, file
    )
    # a browser's own reader opens a PDF that does nothing; anything else is in a sandbox or an attachment
    reader = got["Content-Type"] == "application/pdf"
    assert reader or got["Content-Security-Policy"].startswith("sandbox")


GROWTH = """
import resource, sys
from yifa.casework.evidence.media import HEAD, harmless, recognise
path = sys.argv[1]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(path, "rb") as file:
    media = recognise(file.read(HEAD))
    size = file.seek(0, 2)
    print(media.type, media.whole(file, size), harmless(media, file, size))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_scan_of_two_hundred_megabytes_is_judged_in_little_memory(tmp_path):
    path, block = tmp_path / "scan.pdf", zlib.compress(bytes(range(256)) * 4096, 0)
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        for _ in range(200):
            file.write(block[: 1 << 20])
        file.write(b"\n%%EOF\n")
    told = subprocess.run(
        [sys.executable, "-c", GROWTH, path], capture_output=True, text=True, check=True
    ).stdout.split()
    assert told[:3] == ["application/pdf", "True", "True"] and int(told[3]) < 30 * 1024, told
