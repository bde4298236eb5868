#!/usr/bin/env python3
"""Stand-alone verifier: one file, standard library only, nothing of the product imported. For people who do not trust it.

verify.py log SOURCE --key KEY [--older FILE] [--json]: SOURCE is https://host/log/case or a folder with the same files.
verify.py bundle FILE --key KEY [--json]: the rows of a case against the log they were recorded in (docs/spec/bundle.md).
verify.py document FILE --key KEY [--issued RECEIPT] [--json]: a paper (PDF) and its proof; with the receipt of its sealing
also that the file is the one sealed (docs/spec/document.md).
verify.py report FILE --key KEY [--json]: the figures of an annual report against the records they list (docs/spec/report.md).
verify.py dossier SOURCE --key KEY [--json]: the package of a dossier, the ZIP or the folder it was unpacked to: every file against
the manifests, its records against the log, its papers against what was sealed (docs/spec/dossier.md).
verify.py draw FILE [--json]: a published double-random draw, computed again from its transcript (docs/spec/draw.md).
Exit 0: it holds; 1: it does not; 2: cannot tell. Format: docs/spec/ledger.md.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import struct
import sys
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

Hash = Callable[[bytes], bytes]
Point = tuple[int, int, int, int]
Key = tuple[str, bytes, bytes]
LARGEST = 16 * 1024 * 1024


class Broken(Exception):
    """It does not hold: exit 1."""


class CannotTell(Exception):
    """Something needed is missing or cannot be read: exit 2."""


# Ed25519 (RFC 8032), verification only: no secret, so time does not matter.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL: Point = (0, 1, 1, 0)


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(factor: int, point: Point) -> Point:
    found = NEUTRAL
    while factor:
        if factor & 1:
            found = _add(found, point)
        point, factor = _add(point, point), factor >> 1
    return found


def _point(data: bytes) -> Point | None:
    """The point of 32 bytes; None where they are the one spelling of none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or NEUTRAL


def ed25519_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Is `signature` (64 bytes) one of `message` under the public key of 32 bytes?"""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = _point(key), _point(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or answer >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left, right = _times(answer, BASE), _add(commitment, _times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


# SM3 (GB/T 32905-2016), where OpenSSL has none.
def _rotate(word: int, by: int) -> int:
    return ((word << by % 32) | (word >> (32 - by % 32))) & 0xFFFFFFFF


def plain_sm3(data: bytes) -> bytes:
    """SM3 in plain Python."""
    state = struct.unpack(
        ">8I", bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e")
    )
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + struct.pack(">Q", 8 * len(data))
    for offset in range(0, len(padded), 64):
        words = list(struct.unpack(">16I", padded[offset : offset + 64]))
        for j in range(16, 68):
            mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
            mixed ^= _rotate(mixed, 15) ^ _rotate(mixed, 23)
            words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            constant = _rotate(0x79CC4519 if j < 16 else 0x7A879D8A, j)
            one = _rotate((_rotate(a, 12) + e + constant) & 0xFFFFFFFF, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            first = (ff + d + (one ^ _rotate(a, 12)) + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
            second = (gg + h + one + words[j]) & 0xFFFFFFFF
            a, b, c, d, e, f, g, h = (
                first, a, _rotate(b, 9), c, second ^ _rotate(second, 9) ^ _rotate(second, 17), e, _rotate(f, 19), g
            )  # fmt: skip
        state = tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
    return struct.pack(">8I", *state)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return plain_sm3(data)


def append(edge: list[bytes], size: int, leaf: bytes, hasher: Hash) -> None:
    """Add a leaf to the edge of a tree of `size` leaves (RFC 6962), largest perfect subtree first."""
    while size & 1:
        leaf = hasher(b"\x01" + edge.pop() + leaf)
        size >>= 1
    edge.append(leaf)


def root(edge: list[bytes], hasher: Hash) -> bytes:
    if not edge:
        return hasher(b"")
    found = edge[-1]
    for left in reversed(edge[:-1]):
        found = hasher(b"\x01" + left + found)
    return found


# Signed notes and checkpoints (C2SP).
def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise CannotTell(f"不是 base64：{text[:20]}") from error
    if base64.b64encode(raw).decode() != text:
        raise CannotTell(f"不是唯一写法的 base64：{text[:20]}")
    return raw


def read_key(text: str) -> Key:
    """Name, id and key of `origin+id+base64`. Raises CannotTell."""
    parts = text.strip().split("+", 2)
    raw = _decoded(parts[2]) if len(parts) == 3 else b""
    if len(raw) != 33 or raw[0] != 1 or sha256(parts[0].encode() + b"\n" + raw)[:4].hex() != parts[1]:
        raise CannotTell("--key：不是 Ed25519 验证公钥，应为 名称+编号+base64，请完整复制")
    return parts[0], bytes.fromhex(parts[1]), raw[1:]


def read_checkpoint(data: bytes, key: Key, what: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint signed by `key`. Raises Broken, or CannotTell where it is no checkpoint."""
    try:
        text, gap, lines = data.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise CannotTell(f"{what}：不是签名的日志头") from error
    body = text.split("\n")
    if not lines.endswith("\n") or not gap or len(body) != 3 or not (body[1].isascii() and body[1].isdigit()):
        raise CannotTell(f"{what}：不是签名的日志头")
    name, number, public = key
    if body[0] != name:
        raise Broken(f"{what}：日志名是 {body[0]}，公钥属于 {name}")
    for line in lines[:-1].split("\n"):
        raw = _decoded(line.rpartition(" ")[2])
        if line.startswith(f"— {name} ") and raw[:4] == number:
            if not ed25519_holds(public, (text + "\n").encode(), raw[4:]):
                raise Broken(f"{what}：签名不成立")
            return int(body[1]), _decoded(body[2])
    raise Broken(f"{what}：没有这把公钥的签名")


def fetch(source: str, name: str) -> bytes:
    """A file of the log, over the network or from a folder. Raises CannotTell."""
    try:
        if source.startswith(("https://", "http://")):
            with urllib.request.urlopen(f"{source.rstrip('/')}/{name}", timeout=30) as answer:
                return bytes(answer.read(LARGEST))
        return (Path(source) / name).read_bytes()
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise CannotTell(f"取不到 {name}：{error}") from error


def tile_name(index: int, width: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/0/{'/'.join(groups)}" + ("" if width == 256 else f".p/{width}")


def follow(source: str, known: Key) -> tuple[list[Key], dict[int, bytes]]:
    """The keys that followed the one known, and the entries that say so by index, each signed by both. Raises Broken.

    Of a successor log also its first entry, which names the last head of the log before."""
    keys, entries = [known], dict[int, bytes]()
    try:
        told = json.loads(fetch(source, "rotations.json"))
    except CannotTell:
        return keys, entries  # a log whose key was never changed need not say so
    if "first" in told:
        entries[0] = told["first"].encode()
    for one in told["rotations"]:
        name, last = known[0], keys[-1][2]
        said = json.loads(one["body"])["details"]
        if said["old"] != last.hex():
            continue
        text = f"yifa-key-rotation/1\n{name.partition('/log/')[0]}\n{said['epoch']}\n{said['old']}\n{said['new']}\n"
        new = bytes.fromhex(said["new"])
        for key, signature in ((last, said["by_old"]), (new, said["by_new"])):
            if not ed25519_holds(key, text.encode(), bytes.fromhex(signature)):
                raise Broken(f"第 {one['idx']} 条换密钥的记录没有新旧两把密钥的签名，不能相信新的密钥")
        keys.append((name, sha256(name.encode() + b"\n\x01" + new)[:4], new))
        entries[one["idx"]] = one["body"].encode()
    return keys, entries


def signer(data: bytes, keys: list[Key]) -> Key:
    """The latest of these keys that signed the note; the last where none did, so that reading it says so."""
    lines = [
        line.rpartition(" ")[2] for line in data.decode(errors="replace").split("\n") if line[:2] == "— "
    ]
    return next((key for key in keys[::-1] if any(_decoded(one)[:4] == key[1] for one in lines)), keys[-1])


def taken_over(first: bytes, data: bytes, keys: list[Key], what: str) -> dict[str, object]:
    """A head of the log before, against the one its successor names. Raises Broken where that leaves entries out."""
    said = json.loads(first)["details"]
    name = data.decode(errors="replace").partition("\n")[0]
    mine = [(name, sha256(name.encode() + b"\n\x01" + key[2])[:4], key[2]) for key in keys]
    size, found = read_checkpoint(data, signer(data, mine), what)
    if name.removesuffix("/sm3") != said["old_origin"]:
        raise Broken(f"后继日志接续的是 {said['old_origin']}，{what} 是 {name} 的")
    if size > said["old_size"]:
        raise Broken(f"后继日志只承认前一本的 {said['old_size']} 条，{what} 有 {size} 条：有记录没有被承认")
    if (
        size == said["old_size"]
        and found.hex() != said["old_root_sm3" if name.endswith("/sm3") else "old_root"]
    ):
        raise Broken(f"同为 {size} 条，{what} 与后继日志承认的树根不同：前一本日志有两个版本")
    return {"origin": said["old_origin"], "size": said["old_size"], "cause": said["cause"]}


def verify_log(source: str, key_text: str, older: str) -> dict[str, object]:
    """Read the signed head and every leaf hash; the answer as JSON. Raises Broken, CannotTell."""
    keys, changes = follow(source, read_key(key_text))
    key = keys[-1]
    hasher = sm3 if key[0].endswith("/sm3") else sha256
    size, signed = read_checkpoint(fetch(source, "checkpoint"), key, "checkpoint")
    heads, before_it = {size: ("checkpoint", signed)}, {}
    data = fetch(str(Path(older).parent), Path(older).name) if older else b""
    if older and 0 in changes and not data.startswith(key[0].encode() + b"\n"):
        before_it = {"predecessor": taken_over(changes[0], data, keys, older)}
    elif older:
        before = read_checkpoint(data, signer(data, keys), older)
        if before[0] > size:
            raise Broken(f"日志变短了：{older} 有 {before[0]} 条，现在只有 {size} 条")
        if before[0] == size and before[1] != signed:
            raise Broken(f"同为 {size} 条，两份日志头的树根不同：日志有两个版本")
        heads.setdefault(before[0], (older, before[1]))
    edge: list[bytes] = []
    for count in range(size + 1):
        if count in heads and root(edge, hasher) != heads[count][1]:
            raise Broken(f"前 {count} 条算得的树根与 {heads[count][0]} 不一致")
        if count == size:
            break
        if count % 256 == 0:
            width = min(256, size - count)
            data = fetch(source, tile_name(count // 256, width))
            if len(data) != 32 * width:
                raise Broken(
                    f"第 {count} 条起应有 {width} 个叶哈希，{tile_name(count // 256, width)} 长度不符"
                )
        at = 32 * (count % 256)
        if count in changes and hasher(b"\0" + changes[count]) != data[at : at + 32]:
            raise Broken(
                f"第 {count} 条不是所说的{'换密钥' if count else '接续前一本日志'}的记录：日志里没有它"
            )
        append(edge, count, data[at : at + 32], hasher)
    if any(idx >= size for idx in changes):
        raise Broken("换密钥的记录不在签名的日志头之内")
    now = f"{key[0]}+{key[1].hex()}+{base64.b64encode(bytes([1]) + key[2]).decode()}"
    return {
        "ok": True,
        "origin": key[0],
        "size": size,
        "root": signed.hex(),
        "older": min(heads),
        "key": now,
        **before_it,
    }


def included(leaf: bytes, index: int, size: int, path: Iterable[bytes], hasher: Hash) -> bytes:
    """The root that this audit path (RFC 6962) leads to. Raises Broken where it is not of this place."""
    found, place, last = leaf, index, size - 1
    for step in path:
        if last == 0:
            raise Broken(f"第 {index} 条的证明太长")
        if place & 1 or place == last:
            found = hasher(b"\x01" + step + found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = hasher(b"\x01" + found + step)
        place, last = place >> 1, last >> 1
    if last or not 0 <= index < size:
        raise Broken(f"第 {index} 条的证明太短，或者不在 {size} 条之内")
    return found


def spelt(value: object) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def row_digest(row: dict) -> str:
    """The digest of a row from its values: SHA-256 a column, a salted commitment for a personal one."""
    columns = {name: sha256(spelt(value)).hex() for name, value in row["columns"].items()}
    for name, salt in row["salts"].items():
        if salt.startswith(
            "erased:"
        ):  # value and salt are destroyed, the commitment was kept: nothing may stand there
            if row["columns"][name] is not None:
                raise Broken(f"{row['table']} {row['key']} 的 {name} 标为已删除，却有内容")
            columns[name] = salt[7:]
            continue
        columns[name] = hmac.digest(bytes.fromhex(salt), spelt(row["columns"][name]), "sha256").hex()
    whole = {"columns": columns, "model": row["table"], "pk": row["key"], "version": row["version"]}
    return sha256(spelt(whole)).hex()


def row_name(row: dict) -> str:
    """`table:key` as the log writes it: other than printable ASCII, and %, percent-encoded."""
    key = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte != 0x25 else f"%{byte:02X}" for byte in row["key"].encode()
    )
    return f"{row['table']}:{key}"


def _bundle(bundle: dict, key: Key) -> dict[str, object]:
    """Every entry is in the signed log, every row is what its latest entry recorded. Raises Broken, CannotTell."""
    if bundle["format"] != "yifa-bundle/1":
        raise CannotTell(f"格式是 {bundle['format']}，本程序只认 yifa-bundle/1")
    national = key[0].endswith("/sm3")
    hasher, suffix = (sm3, "_sm3") if national else (sha256, "")
    size, signed = read_checkpoint(bundle["checkpoint" + suffix].encode(), key, "checkpoint")
    recorded: dict[str, str] = {}
    for entry in sorted(bundle["entries"], key=lambda one: one["idx"]):
        data, body = entry["body"].encode(), json.loads(entry["body"])
        path = map(bytes.fromhex, entry["proof" + suffix])
        if included(hasher(b"\x00" + data), entry["idx"], size, path, hasher) != signed:
            raise Broken(f"第 {entry['idx']} 条不在这个日志里，或者内容被改动")
        if (body["idx"], body["log"]) != (entry["idx"], bundle["log"]):
            raise Broken(f"第 {entry['idx']} 条自称是 {body['log']} 第 {body['idx']} 条")
        recorded.update(body["after"])
    for row in bundle["rows"]:
        if recorded.get(row_name(row)) != row_digest(row):
            raise Broken(f"{row['table']} {row['key']} 与日志记录的不一致")
    if not bundle["rows"]:
        raise CannotTell("证明包里没有记录")
    return {
        "ok": True, "origin": key[0], "size": size, "root": signed.hex(), "about": bundle["about"],
        "entries": len(bundle["entries"]), "rows": len(bundle["rows"]),
    }  # fmt: skip


def attachment(data: bytes) -> dict:
    """The proof inside a PDF: the stream that is JSON of our format. Raises CannotTell."""
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6 + (2 if data[at + 6 : at + 8] == b"\r\n" else 1)
        end = data.find(b"endstream", start)
        chunk = data[start : end if end >= 0 else len(data)]
        for plain in (chunk, _inflated(chunk)):
            if plain.lstrip().startswith(b"{") and b'"yifa-document/1"' in plain:
                found = json.loads(plain.rstrip(b"\r\n"))
                if isinstance(found, dict) and found.get("format") == "yifa-document/1":
                    return found
        at = data.find(b"stream", max(start, end + 9))
    raise CannotTell("这个文件里没有文书凭证：不是本系统出具的文书，或者凭证已被去掉")


def _inflated(chunk: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(chunk, LARGEST)
    except zlib.error:
        return b""


def entered(told: dict, key: Key) -> tuple[dict, int]:
    """The entry of a proof, found in its signed log, and the size of that log. Raises Broken."""
    national = key[0].endswith("/sm3")
    hasher, suffix = (sm3, "_sm3") if national else (sha256, "")
    size, signed = read_checkpoint(told["checkpoint" + suffix].encode(), key, "checkpoint")
    entry = told["entry"]
    path = [bytes.fromhex(step) for step in entry["proof" + suffix]]
    if included(hasher(b"\x00" + entry["body"].encode()), entry["idx"], size, path, hasher) != signed:
        raise Broken(f"第 {entry['idx']} 条不在这个日志里，或者内容被改动")
    body = json.loads(entry["body"])
    if body["idx"] != entry["idx"]:
        raise Broken(f"第 {entry['idx']} 条自称是第 {body['idx']} 条")
    return body, size


def verify_document(path: str, key: Key, issued: str) -> dict[str, object]:
    """The contents of a paper were fixed in the signed log; with its receipt, this file is the one sealed."""
    data = fetch(str(Path(path).parent), Path(path).name)
    receipt = json.loads(fetch(str(Path(issued).parent), Path(issued).name)) if issued else None
    return _document(hashlib.sha256(data).hexdigest(), attachment(data), receipt, key)


def _document(digest: str, told: dict, receipt: dict | None, key: Key) -> dict[str, object]:
    contents = told["contents"]
    salt = bytes.fromhex(contents["salt"])
    promised = {name: contents[name] for name in ("number", "form", "template_edition")}
    promised["fields_commitment"] = hmac.digest(salt, spelt(contents["fields"]), "sha256").hex()
    content = sha256(b"\x00" + spelt(promised)).hex()
    if content != told["content"]:
        raise Broken("文书凭证中的内容与内容摘要不一致")
    fixed, size = entered(told, key)
    if fixed["type"] != "instrument_fixed" or {"field": "content", "digest": content} not in fixed["commits"]:
        raise Broken(f"第 {fixed['idx']} 条没有记录这件文书的内容摘要")
    number = contents["number"] or "（无文号）"
    if receipt is None:
        raise CannotTell(
            f"{number} 的凭证成立（第 {fixed['idx']} 条，日志 {size} 条），但是没有回执，不能判断文件本身是否被改动："
            "请用 --issued 给出机关的存证回执"
        )
    if receipt["format"] != "yifa-receipt/1":
        raise CannotTell(f"回执的格式是 {receipt['format']}，本程序只认 yifa-receipt/1")
    sealed, _ = entered(receipt, key)
    same = [(one["object"]["type"], one["object"]["id"]) for one in (sealed, fixed)]
    if sealed["type"] != "instrument_issued" or same[0] != same[1]:
        raise Broken("回执不是这件文书的")
    if digest not in sealed["doc_hashes"]:
        raise Broken(f"{number} 是真的，但是这个文件的内容与存证的不同（SHA-256 {digest}）")
    return {
        "ok": True, "origin": key[0], "number": contents["number"], "form": contents["form"], "fixed": fixed["idx"],
        "issued": sealed["idx"], "size": size, "sha256": digest,
    }  # fmt: skip


def _report(report: dict, key: Key) -> dict[str, object]:
    """Every figure's digest is that of the records it lists, and the head it names was signed. Raises Broken, CannotTell."""
    head, suffix = report["head"], "_sm3" if key[0].endswith("/sm3") else ""
    if "refused" in head:
        raise CannotTell(f"报告没有签名的日志头：{head['refused']}")
    size, signed = read_checkpoint(head["note" + suffix].encode(), key, "head")
    if (head["size"], head["root" + (suffix or "_sha256")]) != (size, signed.hex()):
        raise Broken(f"报告写的日志头是 {head['size']} 条，签名的是 {size} 条，或者树根不同")
    for figure in report["figures"]:
        if "keys" not in figure:
            raise CannotTell("报告没有列出记录的键，不能复算。请索取用 yifa report --keys 生成的报告")
        keys = sorted(figure["keys"])
        if sha256("\n".join(keys).encode()).hex() != figure["digest"]:
            raise Broken(f"指标 {figure['key']}：所列 {len(keys)} 条记录算出的摘要与报告所写的不一致")
        if len(set(keys)) != figure["records"]:
            raise Broken(f"指标 {figure['key']}：报告写 {figure['records']} 条记录，列出 {len(set(keys))} 条")
    if not report["figures"]:
        raise CannotTell("报告里没有指标")
    return {
        "ok": True, "origin": key[0], "size": size, "root": signed.hex(), "year": report["year"],
        "figures": len(report["figures"]),
    }  # fmt: skip


# The package of a dossier: a BagIt bag (RFC 8493).
class Bag:
    """The files of the bag by their paths, from a folder or a ZIP with one folder in it."""

    def __init__(self, source: str) -> None:
        self.folder = Path(source)
        self.zip: zipfile.ZipFile | None = None
        if self.folder.is_dir():
            found = [path for path in self.folder.rglob("*") if path.is_file()]
            self.files = {path.relative_to(self.folder).as_posix(): str(path) for path in found}
            return
        try:
            self.zip = zipfile.ZipFile(source)
        except (OSError, zipfile.BadZipFile) as error:
            raise CannotTell(f"{source} 不是案卷电子包的文件夹或者 ZIP：{error}") from error
        names = [name for name in self.zip.namelist() if not name.endswith("/")]
        if len(set(names)) != len(names):
            raise Broken("电子包里有两个同名的文件")
        self.files = {name.partition("/")[2]: name for name in names}

    def opened(self, path: str) -> IO[bytes]:
        return self.zip.open(self.files[path]) if self.zip else Path(self.files[path]).open("rb")

    def digest(self, path: str) -> str:
        found = hashlib.sha256()
        with self.opened(path) as file:
            while part := file.read(1 << 20):
                found.update(part)
        return found.hexdigest()

    def text(self, path: str) -> str:
        if path not in self.files:
            raise CannotTell(f"电子包里没有 {path}")
        with self.opened(path) as file:
            return file.read().decode()


def _listed(bag: Bag, name: str) -> dict[str, str]:
    """Path → SHA-256 of a manifest, each of the files as listed. Raises Broken."""
    lines = [line.partition("  ") for line in bag.text(name).splitlines()]
    for digest, _, path in lines:
        if path not in bag.files:
            raise Broken(f"清单上的 {path} 不在电子包里")
        if bag.digest(path) != digest:
            raise Broken(f"{path} 的内容被改动")
    return {path: digest for digest, _, path in lines}


def verify_dossier(source: str, key: Key) -> dict[str, object]:
    """The bag is whole, its rows are in the signed log, record and papers are those of the rows. Raises Broken, CannotTell."""
    bag = Bag(source)
    tags = _listed(bag, "tagmanifest-sha256.txt")
    if "manifest-sha256.txt" not in tags or "bagit.txt" not in tags:
        raise Broken("标签清单没有列出 manifest-sha256.txt 或者 bagit.txt")
    payload = _listed(bag, "manifest-sha256.txt")
    extra = sorted(bag.files.keys() - tags.keys() - payload.keys() - {"tagmanifest-sha256.txt"})
    if extra:
        raise Broken(f"{extra[0]} 不在清单上（清单以外的文件共 {len(extra)} 个）")
    bundle = json.loads(bag.text("data/bundle.json"))
    found = _bundle(bundle, key)
    papers = _same_files(bundle["rows"], payload, "instrument", "pdf_sha256", "data/papers/", "文书")
    if any(row["table"] == "evidence_file" for row in bundle["rows"]):
        _same_files(bundle["rows"], payload, "evidence_file", "sha256", "data/evidence/", "证据")
    _same_acts(json.loads(bag.text("data/record.json")), bundle["rows"])
    return {**found, "files": len(payload), "papers": papers}


def _same_files(rows: list[dict], payload: dict, table: str, column: str, folder: str, what: str) -> int:
    """How many files of the folder there are; each is one the rows vouch for, and each of those is there. Raises Broken."""
    kept = {row["columns"][column]: row["key"] for row in rows if row["table"] == table}
    found = {path: digest for path, digest in payload.items() if path.startswith(folder)}
    for path, digest in found.items():
        if digest not in kept:
            raise Broken(f"{path} 不是日志中存证的文件")
    lost = sorted(kept[digest] for digest in kept.keys() - set(found.values()))
    if lost:
        raise Broken(f"{what} {lost[0]} 的文件不在电子包里（共缺 {len(lost)} 件）")
    return len(found)


def _same_acts(record: dict, rows: list[dict]) -> None:
    """The events of the record file are the acts of the bundle, in order. Raises Broken."""
    acts = [row["columns"] for row in rows if row["table"] == "act"]
    acts.sort(key=lambda act: (act["at"], act["seq"]))
    if len(acts) != len(record["events"]):
        raise Broken(f"record.json 有 {len(record['events'])} 个环节，日志记录了 {len(acts)} 个")
    for place, (event, act) in enumerate(zip(record["events"], acts, strict=True)):
        told = {name: value for name, value in event.items() if name not in ("at", "event")}
        kept = {**act["data"], **(act["words"] or {}), "kind": act["kind"], "by": act["by"]}
        kept.pop("event", None)
        when = [datetime.fromisoformat(text.replace("Z", "+00:00")) for text in (event["at"], act["at"])]
        if when[0] != when[1] or (told != kept and act["words"] is not None):
            raise Broken(f"record.json 的第 {place} 个环节（{event['kind']}）与日志记录的不一致")


# The draw FJ-DRAW-v1.
def _long(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def draw_seed(draw_id: str, commit: bytes, pairs: list[tuple[str, str]]) -> bytes:
    texts = b"".join(_long(text.encode()) for pair in pairs for text in pair)
    return sha256(b"FJ-DRAW-SEED-v1\0" + _long(draw_id.encode()) + _long(commit) + texts)


def draw_order(key: bytes, label: str, size: int) -> Iterator[int]:
    """Places 0 … size - 1 in the order drawn: forward Fisher–Yates over a rejecting HMAC stream."""

    def numbers() -> Iterator[int]:
        for block in range(2**64):
            start = b"FJ-DRAW-v1\0" + _long(label.encode()) + struct.pack(">Q", block)
            yield from struct.unpack(">4Q", hmac.digest(key, start, "sha256"))

    stream, moved = numbers(), dict[int, int]()
    for place in range(size):
        left = size - place
        limit = 2**64 - 2**64 % left
        other = place + (next(number for number in stream if number < limit) % left if left > 1 else 0)
        yield moved.get(other, other)
        moved[other] = moved.pop(place, place)


def _contributed(draw: dict) -> list[tuple[str, str]]:
    """Label and value of everything that went into the seed, each against what was sealed. Raises Broken."""
    *given, last = draw["contributions"]
    own = [{"label": "system", "value": draw["system"]["reveal"], **draw["system"]}] if draw["system"] else []
    sealed = [(one, bytes.fromhex(one["reveal"])) for one in own]
    sealed += [(one, bytes.fromhex(one["nonce"])[:32] + one["value"].encode()) for one in given]
    for one, data in sealed:
        if one["value"] != "ABSENT" and sha256(data).hex() != one["commit"]:
            raise Broken(f"{one['label']} 揭示的值与事先密封的承诺不一致")
    public = draw["public"]
    if (last["label"], last["value"]) != (
        "public",
        "|".join(public[name] for name in ("issue", "source", "value")),
    ):
        raise Broken("最后一项不是所写的公开数值")
    return [(one["label"], one["value"]) for one in [*own, *draw["contributions"]]]


def _opened(frozen: dict, what: str) -> dict[int, dict]:
    """The rows opened by their places, each proved to be on the frozen list. Raises Broken."""
    rows = Rows()
    for one in frozen["opened"]:
        leaf = sha256(b"\0" + bytes.fromhex(one["salt"]) + spelt(one["row"]))
        path = map(bytes.fromhex, one["proof"])
        if included(leaf, one["index"], frozen["count"], path, sha256).hex() != frozen["root"]:
            raise Broken(f"{what}名单第 {one['index']} 行不在事先冻结的名单里，或者内容被改动")
        rows[one["index"]] = one["row"]
    return rows


class Rows(dict):
    def __missing__(self, place: int) -> dict:
        raise CannotTell(f"名单第 {place} 行没有公开，不能复算")


def _draw(draw: dict) -> dict[str, object]:
    """Seals, seed, objects and officers of a draw, all computed again. Raises Broken, CannotTell."""
    rules, objects, officers = draw["rules"], draw["objects"], draw["officers"]
    if (draw["format"], draw["algorithm"], rules["algorithm"]) != ("yifa-draw/1", "FJ-DRAW-v1", "FJ-DRAW-v1"):
        raise CannotTell("本程序只认 yifa-draw/1 格式、FJ-DRAW-v1 算法的抽取记录")
    if sha256(spelt(rules)).hex() != draw["rules_hash"]:
        raise Broken("规则与事先公布的规则哈希不一致")
    commit = sha256(bytes.fromhex(objects["root"] + officers["root"] + draw["rules_hash"]))
    key = draw_seed(draw["draw_id"], commit, _contributed(draw))
    if key.hex() != draw["K"]:
        raise Broken("种子 K 与名单、规则和各方数值算出的不一致")
    rows, people, start = _opened(objects, "对象"), _opened(officers, "人员"), 0
    taken = [*draw["drawn"], *draw["substitutions"]]
    for tier, count in sorted(objects["per_tier"].items(), key=lambda one: one[0].encode()):
        share = [int(part) for part in rules["rates"][tier].split("/")]
        due, names = -(-share[0] * count // share[1]), [one["object"] for one in taken if one["tier"] == tier]
        if sum(one["tier"] == tier for one in draw["drawn"]) != due or len(names) > count:
            raise Broken(f"{tier} 共 {count} 个，按比例应抽 {due} 个，记录的数目不符")
        for name, place in zip(names, draw_order(key, f"objects/{tier}", count), strict=False):
            row = rows[start + place]
            if (row["id"], row["tier"]) != (name, tier):
                raise Broken(f"{tier} 应抽到 {row['id']}，记录的是 {name}")
        start += count
    if start != objects["count"] or len(taken) != sum(one["tier"] in objects["per_tier"] for one in taken):
        raise Broken("各层数目与名单总数不符，或者抽到了名单以外的层")
    for one in taken:
        _drawn_officers(one, rules["officers_per_object"], officers["count"], people, key)
    return {"ok": True, "draw_id": draw["draw_id"], "K": draw["K"], "drawn": len(taken), "objects": start}


def _drawn_officers(one: dict, needed: int, count: int, people: dict[int, dict], key: bytes) -> None:
    """The officers of one object are the first in its order who were not skipped for a reason. Raises Broken."""
    left, skipped = list(one["officers"]), {each["officer"]: each["code"] for each in one["skipped"]}
    for place in draw_order(key, f"officers/{one['object']}", count):
        if not left:
            break
        name = people[place]["id"]
        if not skipped.pop(name, "") and name != left.pop(0):
            raise Broken(f"{one['object']} 的检查人员此处应是 {name}，记录的不是")
    if left or skipped or len(one["officers"]) != needed:
        raise Broken(f"{one['object']} 应有 {needed} 名检查人员，或者跳过的人员不在应跳过的位置")


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise CannotTell(f"选项不能识别：{message}")


# help, what the source is, words of the answer
COMMANDS = {
    "log": ("核验公开的日志", "https://…/log/case 或者存有同样文件的文件夹", "{origin} 共 {size} 条，树根 {root}"),
    "bundle": ("核验一个案件的证明包", "证明包", "{about} 的 {rows} 行与 {origin} 的记录一致（日志 {size} 条）"),
    "document": ("核验一件文书（PDF）", "文书", "{number} 与 {origin} 的记录一致（第 {fixed}、{issued} 条）"),
    "report": ("核验年度报告的数字", "用 yifa report --keys 生成的年度报告", "{year} 年度报告的 {figures} 个指标，摘要都由所列记录算出；日志头 {size} 条，签名成立"),
    "dossier": ("核验一个案卷电子包", "案卷电子包（ZIP 或者解开的文件夹）", "{about} 的案卷共 {files} 个文件、{papers} 件文书，与清单一致，与 {origin} 的记录一致（日志 {size} 条）"),
    "draw": ("复算一次双随机抽取", "抽取记录", "{draw_id} 从 {objects} 个对象中抽取 {drawn} 个，对象和人员都能复算"),
}  # fmt: skip


def answer(args: argparse.Namespace) -> dict[str, object]:
    """The answer as JSON. Raises Broken, CannotTell."""
    if args.what == "log":
        try:
            return verify_log(args.source, args.key, args.older)
        except (TypeError, ValueError, AttributeError, LookupError) as error:
            raise CannotTell(f"rotations.json 读不懂：{type(error).__name__} {error}") from error
    key = read_key(args.key) if args.what != "draw" else None
    try:
        if args.what == "document":
            return verify_document(args.source, key or read_key(""), args.issued)
        if args.what == "dossier":
            return verify_dossier(args.source, key or read_key(""))
        found = json.loads(fetch(str(Path(args.source).parent), Path(args.source).name))
        return _draw(found) if key is None else (_bundle if args.what == "bundle" else _report)(found, key)
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        what = COMMANDS[args.what][1]
        raise CannotTell(f"{args.source} 不是{what}，或者已损坏：{type(error).__name__} {error}") from error


def main(argv: list[str]) -> int:
    """Run one sub-command; prints the answer and returns the exit code."""
    parser = Parser(prog="verify.py", description="独立核验：不需要本系统")
    commands = parser.add_subparsers(dest="what", required=True)
    for name, (told, source, _) in COMMANDS.items():
        one = commands.add_parser(name, help=told)
        one.add_argument("source", help=source)
        one.add_argument("--json", action="store_true")
        if name != "draw":
            one.add_argument("--key", required=True, help="验证公钥，从公示或见证方取得")
        if name == "document":
            one.add_argument(
                "--issued", default="", metavar="RECEIPT", help="存证回执（.json），核对文件没有改动"
            )
        if name == "log":
            one.add_argument(
                "--older", default="", metavar="FILE", help="以前保存的 checkpoint，核对历史没有改写"
            )
    try:
        args = parser.parse_args(argv)
        found, code = answer(args), 0
        text = f"核验通过：{COMMANDS[args.what][2].format(**found)}"
    except (Broken, CannotTell) as error:
        code = 1 if isinstance(error, Broken) else 2
        text = f"{'核验不通过' if code == 1 else '无法判断'}：{error}"
        found = {"ok": False if code == 1 else None, "message": str(error)}
    if "--json" in argv:
        text = json.dumps(found, ensure_ascii=False)
    print(text, file=sys.stderr if code == 2 and "--json" not in argv else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
