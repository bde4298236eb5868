"""The package of a dossier for tests: one case, two acts, a sealed paper and a file of evidence, in a ZIP of one folder."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

from yifa.proof import verify
from yifa.proof.merkle import inclusion_proof, leaf_hash
from yifa.proof.tests.papers import HASHES, entry
from yifa.proof.tests.test_stand_alone_verifier import head

FOLDER = "dossier-2021-0001"
PAPER, PHOTO = b"%PDF-1.7 a paper", b"\xff\xd8\xff a photograph"
PAPER_PATH, PHOTO_PATH = "data/papers/001-F15.pdf", "data/evidence/002-evidence.jpg"
EVENTS = [
    {"at": "2021-03-02T09:30:00+08:00", "kind": "case_opened", "by": ["0101"], "reason": "示例𠮷"},
    {"at": "2021-03-03T09:30:00+08:00", "kind": "case_closed", "by": ["0101"], "sum_fen": 20000},
]


HEAD: dict[str, Any] = {
    "number": "第001号", "procedure": "ordinary", "matter": "M001", "campaign": None, "party": {"kind": "citizen", "name": "张示例"},
    "violation": {"place": "示例路1号"}, "other_proceedings": [],
}  # fmt: skip


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def rows() -> list[dict[str, Any]]:
    acts = [
        {"at": event["at"].replace("T09:30:00+08:00", "T01:30:00.000Z"), "seq": seq, "kind": event["kind"],
         "by": event["by"], "data": {k: v for k, v in event.items() if k in ("reason", "sum_fen")}, "words": {}}
        for seq, event in enumerate(EVENTS, 1)
    ]  # fmt: skip
    case = {**HEAD, "campaign": "", "act_count": len(acts)}
    named = [("act", f"2021-0001/{act['seq']}", act) for act in acts]
    named.append(("case", "2021-0001", case))
    named.append(("instrument", "2021-0001/1", {"pdf_sha256": digest(PAPER)}))
    named.append(("evidence_file", "2021-0001/1/1", {"sha256": digest(PHOTO)}))
    return [{"table": t, "key": k, "version": 1, "columns": c, "salts": {}} for t, k, c in named]


def bundle() -> dict[str, Any]:
    found = rows()
    after = {f"{row['table']}:{row['key']}": verify.row_digest(row) for row in found}
    bodies = [entry(0, "import_begun"), entry(1, "case_archived", after=after)]
    told: dict[str, Any] = {"idx": 1, "body": bodies[1].decode()}
    heads = {}
    for suffix, hasher in HASHES.items():
        leaves = [leaf_hash(body, hasher) for body in bodies]
        told["proof" + suffix] = [step.hex() for step in inclusion_proof(leaves, 1, hasher)]
        heads["checkpoint" + suffix] = head(leaves, "sm3" if suffix else "sha256")
    return {"format": "yifa-bundle/1", "log": "case", "about": "case:2021-0001", "entries": [told], "rows": found, **heads}  # fmt: skip


def whole() -> dict[str, bytes]:
    """The payload by its paths."""
    return {
        PAPER_PATH: PAPER,
        PHOTO_PATH: PHOTO,
        "data/bundle.json": json.dumps(bundle(), ensure_ascii=False).encode(),
        "data/record.json": json.dumps({**HEAD, "events": EVENTS}, ensure_ascii=False).encode(),
    }


def manifest(files: dict[str, bytes]) -> bytes:
    return "".join(f"{digest(data)}  {path}\n" for path, data in files.items()).encode()


def packed(
    payload: dict[str, bytes],
    *,
    unlisted: dict[str, bytes] | None = None,
    deflate: bool = False,
    twice: bool = False,
) -> bytes:
    """The ZIP; `unlisted` files are in it and on no manifest."""
    tags = {"bagit.txt": b"BagIt-Version: 1.0\n", "manifest-sha256.txt": manifest(payload) * (1 + twice)}
    files = {"tagmanifest-sha256.txt": manifest(tags), **tags, **payload, **(unlisted or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            archive.writestr(f"{FOLDER}/{path}", data)
    return out.getvalue()


def damages() -> dict[str, tuple[bytes, str]]:
    """Name of the damage → (the package, what the answer must name). The manifests fit but for the first two."""
    payload, sound = whole(), packed(whole())
    record = json.loads(payload["data/record.json"])
    record["events"][1]["sum_fen"] = 30000
    proofs = json.loads(payload["data/bundle.json"])
    proofs["rows"][0]["columns"]["kind"] = "case_closed"
    head = {**json.loads(payload["data/record.json"]), "party": {"kind": "citizen", "name": "李示例"}}
    short = json.loads(payload["data/bundle.json"])
    del short["rows"][1]
    other = json.loads(payload["data/bundle.json"]) | {"about": "act:2021-0001/1"}
    less = {path: data for path, data in payload.items() if path != PAPER_PATH}
    return {
        "a bit of the paper": (sound.replace(PAPER, b"%PDF-1.7 a pAper"), PAPER_PATH),
        "a bit of the manifest": (sound.replace(digest(PHOTO).encode(), digest(b"").encode()), "manifest-sha256.txt"),
        "a file nobody listed": (packed(payload, unlisted={"data/more.txt": b"x"}), "data/more.txt"),
        "another paper": (packed({**payload, PAPER_PATH: b"%PDF another"}), PAPER_PATH),
        "no paper": (packed(less), "2021-0001/1"),
        "another photograph": (packed({**payload, PHOTO_PATH: b"another"}), PHOTO_PATH),
        "an event that was changed": (packed({**payload, "data/record.json": json.dumps(record).encode()}), "第 1 个环节"),
        "a head that was changed": (packed({**payload, "data/record.json": json.dumps(head).encode()}), "record.json 的 party"),
        "not about the case": (packed({**payload, "data/bundle.json": json.dumps(other).encode()}), "act:2021-0001/1"),
        "an act left out": (packed({**payload, "data/bundle.json": json.dumps(short).encode()}), "第 2 个环节"),
        "a file listed twice": (packed(payload, twice=True), "列了两次"),
        "a row that was changed": (packed({**payload, "data/bundle.json": json.dumps(proofs).encode()}), "act 2021-0001/1"),
    }  # fmt: skip
