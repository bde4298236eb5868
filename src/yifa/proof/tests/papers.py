"""A sealed paper and an annual report for tests, signed with the key of the tests, as the product would hand them out."""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from typing import Any

from yifa.proof.merkle import inclusion_proof, leaf_hash, root, sha256, sm3
from yifa.proof.tests.draws import spelt
from yifa.proof.tests.test_stand_alone_verifier import head

HASHES = {"": sha256, "_sm3": sm3}
ABOUT = {"id": "2021-0001/1", "type": "instrument", "version": 1}


def entry(idx: int, type: str, **more: Any) -> bytes:
    return spelt({"idx": idx, "log": "case", "object": ABOUT, "type": type, "after": {}, **more})


def proved(bodies: list[bytes], idx: int) -> dict[str, Any]:
    """The members of a file that proves entry `idx` in a log of these."""
    found: dict[str, Any] = {"entry": {"idx": idx, "body": bodies[idx].decode()}}
    for suffix, hasher in HASHES.items():
        leaves = [leaf_hash(body, hasher) for body in bodies]
        found["entry"]["proof" + suffix] = [step.hex() for step in inclusion_proof(leaves, idx, hasher)]
        found["checkpoint" + suffix] = head(leaves, "sm3" if suffix else "sha256")
    return found


def paper() -> tuple[bytes, dict[str, Any]]:
    """(the PDF, its receipt). Around the attachment there are streams of other kinds, as in every PDF."""
    fields = {"当事人": "示例𠮷氏", "罚款": 20000, "依据": ["第一条", None, True]}
    contents = {
        "number": "津示〔2021〕1号",
        "form": "F15",
        "template_edition": "1",
        "fields": fields,
        "salt": "5a" * 32,
    }
    promised = {name: contents[name] for name in ("number", "form", "template_edition")}
    promised["fields_commitment"] = hmac.digest(bytes.fromhex("5a" * 32), spelt(fields), "sha256").hex()
    content = sha256(b"\x00" + spelt(promised)).hex()
    bodies = [
        entry(0, "case_opened"),
        entry(1, "instrument_fixed", commits=[{"field": "content", "digest": content}], doc_hashes=[]),
    ]
    told = {"format": "yifa-document/1", "contents": contents, "content": content, **proved(bodies, 1)}
    streams = [
        b"q 1 0 0 1 0 0 cm Q",
        zlib.compress(b"picture" * 50),
        zlib.compress(json.dumps(told, ensure_ascii=False).encode()),
    ]
    pdf = b"%PDF-1.7\n" + b"".join(b"<<>>\nstream\n" + one + b"\nendstream\n" for one in streams) + b"%%EOF\n"
    bodies.append(entry(2, "instrument_issued", commits=[], doc_hashes=[hashlib.sha256(pdf).hexdigest()]))
    return pdf, {"format": "yifa-receipt/1", **proved(bodies, 2)}


def report() -> dict[str, Any]:
    bodies = [entry(number, "case_opened") for number in range(3)]
    notes = proved(bodies, 0)
    keys = ["case:津示1", "case:𠮷", "case:ﬀ"]
    figure = {
        "key": "cases", "value": 3, "records": 3, "keys": keys,
        "digest": hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest(),
    }  # fmt: skip
    roots = {name: root([leaf_hash(body, HASHES[suffix]) for body in bodies], HASHES[suffix]).hex()
             for name, suffix in (("root_sha256", ""), ("root_sm3", "_sm3"))}  # fmt: skip
    signed = {"size": 3, **roots, "note": notes["checkpoint"], "note_sm3": notes["checkpoint_sm3"]}
    return {"year": 2021, "figures": [figure], "head": signed}
