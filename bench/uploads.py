"""P7: a file sent part by part over HTTP, each chunk hashed and on the disk before it is answered, beside `openssl dgst`.

The sender's own checksums are computed before: on this machine they would take the cores of the server they are sent to.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import random
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.pages import session_cookie
from bench.served import Server, server
from bench.writing import prepared
from yifa.ledger import clock

MIB = 1024 * 1024
SIZE = 256 * MIB
PART = 8 * MIB
ROUNDS = 3


@dataclass(frozen=True)
class Uploaded:
    """MB a second: sent and durable (`sent`), with the second reading (`checked`), and of openssl and of a durable copy."""

    sent: float
    checked: float
    sha256: float
    sm3: float
    copied: float
    grown_mib: float


def measure(folder: Path) -> Uploaded:
    """The median of three rounds; openssl and the copy are measured in each, just before."""
    today = clock.today()
    path = folder / "recording.mp4"
    digest = written(path)
    (no,) = prepared(today, 1, "bench-upload")
    found: dict[str, list[float]] = {"sent": [], "checked": [], "sha256": [], "sm3": [], "copied": []}
    with server(session_cookie("handler"), today.isoformat()) as at:
        before = resident(at.pid)
        for _ in range(ROUNDS):
            found["sha256"].append(timed(lambda: openssl("sha256", path)))
            found["sm3"].append(timed(lambda: openssl("sm3", path)))
            found["copied"].append(timed(lambda: copied(path, folder / "copy")))
            sent, checked = upload(at, no, path, digest)
            found["sent"].append(sent)
            found["checked"].append(checked)
        grown = resident(at.pid) - before
    rates = {name: SIZE / 1e6 / statistics.median(times) for name, times in found.items()}
    return Uploaded(**rates, grown_mib=grown)


def written(path: Path) -> str:
    """A recording by its boxes, of bytes that do not compress; its SHA-256."""
    head = b"\0\0\0\x10ftypisom\0\0\0\1" + b"\0\0\0\x10moov" + b"\0" * 8
    data = head + (SIZE - len(head)).to_bytes(4) + b"mdat" + random.Random(1).randbytes(SIZE - len(head) - 8)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def openssl(name: str, path: Path) -> None:
    subprocess.run(["openssl", "dgst", f"-{name}", path], check=True, capture_output=True)


def copied(source: Path, target: Path) -> None:
    """The same bytes onto the same disk, durable as one piece: what the disk allows at this moment."""
    with source.open("rb") as read, target.open("wb") as write:
        while block := read.read(PART):
            write.write(block)
        write.flush()
        os.fsync(write.fileno())
    target.unlink()


def resident(pid: int) -> float:
    """MiB of a process and its children."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB + sum(resident(int(child)) for child in children)


def upload(at: Server, no: str, path: Path, digest: str) -> tuple[float, float]:
    """Seconds from the first byte sent to the last chunk answered, and to the answer of the check. Ends the upload."""
    parts = [path.read_bytes()[start : start + PART] for start in range(0, SIZE, PART)]
    sums = [hashlib.sha256(part).digest() for part in parts]
    line = http.client.HTTPConnection("127.0.0.1", at.port, timeout=300)
    common = {
        "Cookie": f"{at.cookie}; csrftoken={at.token}",
        "X-CSRFToken": at.token,
        "Tus-Resumable": "1.0.0",
    }
    began = time.perf_counter()
    headers = ask(
        line, 201, "POST", f"/desk/cases/{no}/evidence/uploads/", common | {"Upload-Length": str(SIZE)}
    )[0]
    address = str(headers["Location"])
    for number, (part, checksum) in enumerate(zip(parts, sums, strict=True)):
        own = {
            "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(number * PART),
            "Upload-Checksum": f"sha256 {base64.b64encode(checksum).decode()}",
        }  # fmt: skip
        ask(line, 204, "PATCH", address, common | own, part)
    sent = time.perf_counter() - began
    told = json.dumps({"chunks": [one.hex() for one in sums]}).encode()
    ask(line, 200, "POST", address, common | {"Content-Type": "application/json"}, told)
    checked = time.perf_counter() - began
    require_stored(address, digest)
    ask(line, 204, "DELETE", address, common)
    return sent, checked


def ask(
    line: http.client.HTTPConnection, status: int, method: str, address: str, headers: dict, body: bytes = b""
) -> tuple:
    line.request(method, address, body, headers)
    answer = line.getresponse()
    text = answer.read()
    if answer.status != status:
        raise RuntimeError(f"{method} {address}: {answer.status} {text.decode(errors='replace')[:2000]}")
    return answer.headers, text


def require_stored(address: str, digest: str) -> None:
    """The store has the file, under its hash, as it was sent."""
    from yifa.casework.evidence.models import EvidenceUpload
    from yifa.casework.evidence.store import store

    row = EvidenceUpload.objects.get(key=address.rstrip("/").rpartition("/")[2])
    if (row.state, row.sha256) != ("checked", digest):
        raise RuntimeError(f"the upload is {row.state}, {row.sha256} and not {digest}")
    store().check(digest)
