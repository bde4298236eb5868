#!/usr/bin/env python3
"""Stand-alone verifier: one file, standard library only, nothing of the product imported. For people who do not trust it.

verify.py log|bundle|document|report|dossier|draw SOURCE --key KEY [--older FILE] [--issued RECEIPT] [--json]; see --help.
Exit 0: it holds; 1: it does not, and the first place is named; 2: cannot tell. Formats: docs/spec/, one page each.
"""

import argparse
import base64
import hashlib
import hmac
import http.client
import json
import lzma
import re
import sys
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from struct import pack, unpack
from typing import Any, NamedTuple
from urllib.parse import unquote

Hash = Callable[[bytes], bytes]
Point = tuple[int, int]
Files = dict[str, Path | zipfile.Path]
SAID = {"key_rotated": "换密钥的", "anchor.in": "公开数值的", "log.successor": "接续前一本日志的"}
LARGEST = 16 * 1024 * 1024


class Broken(Exception):
    """It does not hold: exit 1."""


class CannotTell(Exception):
    """Something needed is missing or cannot be read: exit 2."""


def require(holds: object, otherwise: str, error: type[Exception] = Broken) -> None:
    if not holds:
        raise error(otherwise)


# Ed25519 (RFC 8032), verification only: no secret, so time does not matter.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (0x216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A, 4 * pow(5, -1, P) % P)


def _add(one: Point, other: Point) -> Point:
    (x, y), (u, v) = one, other
    both = D * x * y * u * v
    return (x * v + y * u) * pow(1 + both, -1, P) % P, (y * v + x * u) * pow(1 - both, -1, P) % P


def _times(factor: int, point: Point) -> Point:
    if not factor:
        return 0, 1
    rest = _times(factor >> 1, _add(point, point))
    return _add(rest, point) if factor & 1 else rest


def _point(data: bytes) -> Point | None:
    """The point of 32 bytes; None where they are the one spelling of none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or y >= P or (x == 0 and sign):
        return None
    return (x if x & 1 == sign else P - x), y


def ed25519_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Is `signature` (64 bytes) one of `message` under the public key of 32 bytes?"""
    public, commitment = _point(key), _point(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or not public or not commitment or answer >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return _times(answer, BASE) == _add(commitment, _times(challenge, public))


# SM3 (GB/T 32905-2016), where OpenSSL has none.
def _rotate(word: int, by: int) -> int:
    return ((word << by % 32) | (word >> (32 - by % 32))) & 0xFFFFFFFF


def plain_sm3(data: bytes) -> bytes:
    state = unpack(">8I", bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e"))
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + pack(">Q", 8 * len(data))
    for offset in range(0, len(padded), 64):
        words = list(unpack(">16I", padded[offset : offset + 64]))
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
            a, b, c, d = first, a, _rotate(b, 9), c
            e, f, g, h = second ^ _rotate(second, 9) ^ _rotate(second, 17), e, _rotate(f, 19), g
        state = tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
    return pack(">8I", *state)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return plain_sm3(data)


def root(level: list[bytes], hasher: Hash) -> bytes:
    """Of the tree over these hashes (RFC 6962): pair by pair, whoever is left over goes up as it is."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [hasher(b"\x01" + one + two) for one, two in pairs] + level[len(level) & ~1 :]
    return level[0] if level else hasher(b"")


class Key(NamedTuple):
    """Whose signatures count. Keys of `…/sm3` sign the SM3 tree; its proofs and heads are those with `suffix`."""

    name: str
    number: bytes
    public: bytes
    hasher: Hash
    suffix: str


# Signed notes and checkpoints (C2SP).
def _decoded(text: str) -> bytes:
    raw = base64.b64decode(text)
    require(base64.b64encode(raw).decode() == text, f"不是唯一写法的 base64：{text[:20]}", CannotTell)
    return raw


def key_of(name: str, public: bytes) -> Key:
    tree = (sm3, "_sm3") if name.endswith("/sm3") else (sha256, "")
    return Key(name, sha256(name.encode() + b"\n\x01" + public)[:4], public, *tree)


def read_key(text: str) -> Key:
    """The key of `origin+id+base64`. Raises CannotTell."""
    name, number, encoded = [*text.strip().split("+", 2), "", ""][:3]
    raw = _decoded(encoded)
    good = len(raw) == 33 and raw[0] == 1 and key_of(name, raw[1:]).number.hex() == number
    require(good, "--key：不是 Ed25519 验证公钥，应为 名称+编号+base64，请完整复制", CannotTell)
    return key_of(name, raw[1:])


def read_checkpoint(note: str, key: Key, what: str = "checkpoint") -> tuple[int, bytes]:
    """Size and root of a checkpoint signed by `key`. Raises Broken, or CannotTell where it is no checkpoint."""
    text, gap, lines = note.rpartition("\n\n")
    body = text.split("\n")
    formed = lines.endswith("\n") and gap and len(body) == 3 and body[1].isascii() and body[1].isdigit()
    require(formed, f"{what}：不是签名的日志头", CannotTell)
    require(body[0] == key.name, f"{what}：日志名是 {body[0]}，公钥属于 {key.name}")
    for line in lines[:-1].split("\n"):
        raw = _decoded(line.rpartition(" ")[2])
        if line.startswith(f"— {key.name} ") and raw[:4] == key.number:
            require(ed25519_holds(key.public, f"{text}\n".encode(), raw[4:]), f"{what}：签名不成立")
            return int(body[1]), _decoded(body[2])
    raise Broken(f"{what}：没有这把公钥的签名")


def held(key: Key, head: tuple[int, bytes], **more: object) -> dict[str, object]:
    return {"ok": True, "origin": key.name, "size": head[0], "root": head[1].hex(), **more}


def fetch(name: str, source: str = "") -> bytes:
    """A file, or one of a log over the network or in a folder. Raises CannotTell."""
    try:
        if not source.startswith(("https://", "http://")):
            return (Path(source) / name).read_bytes()
        with urllib.request.urlopen(f"{source.rstrip('/')}/{name}", timeout=30) as answer:
            return bytes(answer.read(LARGEST))
    except (OSError, http.client.HTTPException) as error:
        raise CannotTell(f"取不到 {name}：{error}") from error


def read(path: str, form: str = "") -> dict:
    """A JSON file of this format. Raises CannotTell."""
    found = json.loads(fetch(path))
    require(not form or found["format"] == form, f"{path} 不是 {form} 格式", CannotTell)
    return found


def optional(name: str, source: str) -> dict:
    """A JSON file that only a log with something to tell there has; else empty."""
    try:
        return json.loads(fetch(name, source))
    except CannotTell:
        return {}


# The public log: its head, keys that followed one another, tiles of hashes.
def tile(source: str, level: int, index: int, width: int) -> list[bytes]:
    """`width` hashes of one tile; on level 0 those of entries. Raises Broken, CannotTell."""
    above = [f"x{index // 1000**power % 1000:03d}/" for power in (3, 2, 1) if index >= 1000**power]
    name = f"tile/{level}/{''.join(above)}{index % 1000:03d}" + ("" if width == 256 else f".p/{width}")
    data = fetch(name, source)
    length = f"第 {256 ** (level + 1) * index} 条起：{name} 应有 {width} 个哈希，长度不符"
    require(len(data) == 32 * width, length)
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def astray(source: str, below: list[bytes], key: Key, level: int = 1) -> str:
    """The first place where a higher tile says another hash than the tile below it gives; one not published says nothing."""
    for at in range(0, len(below), 256):
        part = below[at : at + 256]
        try:
            told = tile(source, level, at // 256, len(part))
        except CannotTell:
            continue
        for place, (one, other) in enumerate(zip(told, part, strict=True), at):
            first, last = 256**level * place, 256**level * (place + 1) - 1
            if one != other:
                return f"第 {first}–{last} 条之中：tile/{level} 的第 {place} 个哈希与下一级算得的不一致"
    above = [root(below[at : at + 256], key.hasher) for at in range(0, len(below) - 255, 256)]
    return astray(source, above, key, level + 1) if above else ""


def follow(source: str, known: Key) -> tuple[list[Key], dict[int, bytes]]:
    """The keys that followed the one known, and the entries that say so by index, each signed by both. Raises Broken.

    Of a successor log also its first entry, which names the last head of the log before."""
    keys, entries, told = [known], dict[int, bytes](), optional("rotations.json", source)
    if "first" in told:
        entries[0] = told["first"].encode()
    for one in told.get("rotations", []):
        said, last = json.loads(one["body"])["details"], keys[-1].public
        if said["old"] != last.hex():
            continue
        about = (known.name.partition("/log/")[0], said["epoch"], said["old"], said["new"])
        text, new = "yifa-key-rotation/1\n{}\n{}\n{}\n{}\n".format(*about), bytes.fromhex(said["new"])
        for public, signature in ((last, said["by_old"]), (new, said["by_new"])):
            by_both = f"第 {one['idx']} 条换密钥的记录没有新旧两把密钥的签名，不能相信新的密钥"
            require(ed25519_holds(public, text.encode(), bytes.fromhex(signature)), by_both)
        keys.append(key_of(known.name, new))
        entries[one["idx"]] = one["body"].encode()
    return keys, entries


def signer(note: str, keys: list[Key]) -> Key:
    """The latest of these keys that signed the note; the last where none did, so that reading it says so."""
    numbers = [_decoded(line.rpartition(" ")[2])[:4] for line in note.split("\n") if line[:2] == "— "]
    return next((key for key in keys[::-1] if key.number in numbers), keys[-1])


def taken_over(first: bytes, note: str, keys: list[Key], what: str) -> dict[str, object]:
    """A head of the log before, against the one its successor names. Raises Broken where that leaves entries out."""
    said, name = json.loads(first)["details"], note.partition("\n")[0]
    key = signer(note, [key_of(name, one.public) for one in keys])
    size, found = read_checkpoint(note, key, what)
    origin, old_size = said["old_origin"], said["old_size"]
    require(name.removesuffix("/sm3") == origin, f"后继日志接续的是 {origin}，{what} 是 {name} 的")
    all_in = size <= old_size
    require(all_in, f"后继日志只承认前一本的 {old_size} 条，{what} 有 {size} 条：有记录没有被承认")
    same = size != old_size or found.hex() == said["old_root" + key.suffix]
    require(same, f"同为 {size} 条，{what} 与后继日志承认的树根不同：前一本日志有两个版本")
    return {"origin": origin, "size": old_size, "cause": said["cause"]}


def verify_log(args: argparse.Namespace) -> dict[str, object]:
    """The signed head and every leaf hash, entries and higher tiles too where they are published. Raises Broken, CannotTell."""
    source = args.source
    keys, changes = follow(source, read_key(args.key))
    key, anchors = keys[-1], optional("anchors.json", source).get("anchors", [])
    size, signed = head = read_checkpoint(fetch("checkpoint", source).decode(), key)
    heads, more = {size: ("checkpoint", signed)}, {}
    note = fetch(args.older).decode() if args.older else ""
    if note and 0 in changes and not note.startswith(key.name + "\n"):
        more = {"predecessor": taken_over(changes[0], note, keys, args.older)}
    elif note:
        before, then = read_checkpoint(note, signer(note, keys), args.older)
        require(before <= size, f"日志变短了：{args.older} 有 {before} 条，现在只有 {size} 条")
        same = before < size or then == signed
        require(same, f"同为 {size} 条，两份日志头的树根不同：日志有两个版本")
        heads = {before: (args.older, then), **heads}
    told = {**{one["idx"]: one["body"].encode() for one in anchors}, **changes}
    inside = all(type(idx) is int and 0 <= idx < size for idx in told)
    require(inside, "换密钥或者公开数值的记录不在签名的日志头之内")
    tiles, wrong = read_tiles(source, size, key, told, heads)
    wrong += [where for where in [astray(source, tiles[: size // 256], key)] if where]
    require(not wrong, "；".join(wrong))
    text = f"{key.name}+{key.number.hex()}+{base64.b64encode(bytes([1]) + key.public).decode()}"
    said = [{**json.loads(body), "idx": idx} for idx, body in sorted(told.items())]
    # nobody knew these values before their day, so nothing from there on is older: to be compared with their sources
    values = [{"idx": one["idx"], **one["details"]} for one in said if one["type"] == "anchor.in"]
    return {**held(key, head, older=min(heads), **more), "key": text, "anchors": values}


def read_tiles(
    source: str, size: int, key: Key, told: dict[int, bytes], heads: dict[int, tuple[str, bytes]]
) -> tuple[list[bytes], list[str]]:
    """The root of every 256 entries, and what does not hold, the first place first."""
    tiles, wrong, bodies = list[bytes](), list[str](), None
    path = Path(source, ".." if key.suffix else "", "entries.jsonl")
    if path.is_file():  # in an export the entries themselves stand beside the tiles
        bodies = (key.hasher(b"\0" + line.rstrip(b"\n")) for line in path.open("rb"))
    for index in range((size + 255) // 256 or 1):
        start, width = 256 * index, min(256, size - 256 * index)
        leaves = tile(source, 0, index, width) if width else []
        for idx, leaf in enumerate(leaves, start):
            if bodies and not wrong and next(bodies, b"") != leaf:
                wrong.append(f"第 {idx} 条的内容与它的叶哈希不一致")
            if idx in told and not wrong and key.hasher(b"\0" + told[idx]) != leaf:
                kind = SAID.get(json.loads(told[idx])["type"], "")
                wrong.append(f"第 {idx} 条不是所说的{kind}记录：日志里没有它")
        for count, (what, expected) in heads.items():
            part = root(leaves[: max(count - start, 0)], key.hasher)
            if start <= max(count - 1, 0) < start + 256 and root([*tiles, part], key.hasher) != expected:
                wrong.append(f"前 {count} 条算得的树根与 {what} 不一致")
        tiles.append(root(leaves, key.hasher))
    if bodies and next(bodies, b""):
        wrong.append(f"第 {size} 条起的内容不在签名的日志头之内")
    return tiles, wrong


def included(leaf: bytes, index: int, size: int, path: list[bytes], hasher: Hash) -> bytes:
    """The root that this audit path (RFC 6962, nearest first) leads to. Raises Broken where it is not of this place."""
    if size <= 1 or not path:
        require(not path and (index, size) == (0, 1), "证明太长或者太短，或者所指的位置不在日志之内")
        return leaf
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return hasher(b"\x01" + included(leaf, index, left, path[:-1], hasher) + path[-1])
    return hasher(b"\x01" + path[-1] + included(leaf, index - left, size - left, path[:-1], hasher))


def spelt(value: object) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment(salt: str, value: object) -> str:
    return hmac.digest(bytes.fromhex(salt), spelt(value), "sha256").hex()


def row_digest(row: dict) -> str:
    """The digest of a row from its values: SHA-256 a column, a salted commitment for a personal one."""
    columns = {name: sha256(spelt(value)).hex() for name, value in row["columns"].items()}
    for name, salt in row["salts"].items():
        kept, value = salt.startswith("erased:"), row["columns"][name]
        # of an erased one the commitment was kept, value and salt are destroyed: nothing may stand there
        require(not kept or value is None, f"{row['table']} {row['key']} 的 {name} 标为已删除，却有内容")
        columns[name] = salt[7:] if kept else commitment(salt, value)
    whole = {"columns": columns, "model": row["table"], "pk": row["key"], "version": row["version"]}
    return sha256(spelt(whole)).hex()


def entered(entry: dict, head: tuple[int, bytes], key: Key) -> dict:
    """What an entry says, found at its place in the signed log. Raises Broken."""
    body, idx, leaf = json.loads(entry["body"]), entry["idx"], key.hasher(b"\0" + entry["body"].encode())
    found = included(leaf, idx, head[0], [*map(bytes.fromhex, entry["proof" + key.suffix])], key.hasher)
    require(found == head[1] and body["idx"] == idx, f"第 {idx} 条不在这个日志里，或者内容被改动")
    return body


def verify_bundle(bundle: dict, key: Key) -> dict[str, object]:
    """Every entry is in the signed log, every row is what its latest entry recorded. Raises Broken, CannotTell."""
    head, recorded = read_checkpoint(bundle["checkpoint" + key.suffix], key), dict[str, list]()
    erased = set[str]()
    for entry in sorted(bundle["entries"], key=lambda one: one["idx"]):
        body = entered(entry, head, key)
        require(body["log"] == bundle["log"], f"第 {entry['idx']} 条自称是日志 {body['log']} 的")
        recorded.update({unquote(name): [to, body["idx"]] for name, to in body["after"].items()})
        gone = body.get("details", {}) if body["type"] in ("pii_erased", "state_taken_over") else {}
        erased.update(unquote(name) for name in [*gone.get("erased", []), *filter(None, [gone.get("field")])])
    for place, row in enumerate(bundle["rows"]):
        digest, idx = recorded.get(f"{row['table']}:{row['key']}", ["", "—"])
        told = f"rows[{place}] {row['table']} {row['key']} 与日志记录的不一致（第 {idx} 条）"
        require(digest == row_digest(row), told)
        for name in [name for name, salt in row["salts"].items() if salt.startswith("erased:")]:
            unsaid = f"{row['table']} {row['key']} 的 {name} 标为已删除，日志里没有删除的记录"
            require(f"{row['table']}:{row['key']}#{name}" in erased, unsaid)
    require(bundle["rows"], "证明包里没有记录", CannotTell)
    whole(bundle["about"], {f"{row['table']}:{row['key']}": row["columns"] for row in bundle["rows"]})
    return held(key, head, about=bundle["about"], entries=len(bundle["entries"]), rows=len(bundle["rows"]))


def whole(about: str, rows: dict[str, dict]) -> None:
    """What the bundle is about is in it: of a case, its row and every act that row counts. Raises Broken."""
    require(about in rows, f"证明包自称关于 {about}，里面没有它")
    table, _, number = about.partition(":")
    for place in range(1, rows[about]["act_count"] + 1 if table == "case" else 1):
        require(f"act:{number}/{place}" in rows, f"{about} 的第 {place} 个环节不在证明包里")


def attachment(data: bytes) -> dict:
    """The proof inside a PDF: the stream, as it is or deflated, that is JSON of our format. Raises CannotTell."""
    for chunk in re.findall(rb"stream\r?\n(.*?)(?:endstream|\Z)", data, re.DOTALL):
        try:
            plain = zlib.decompressobj().decompress(chunk, LARGEST)
        except zlib.error:
            plain = chunk
        if plain.lstrip().startswith(b"{") and b'"yifa-document/1"' in plain:
            return json.loads(plain)
    raise CannotTell("这个文件里没有文书凭证：不是本系统出具的文书，或者凭证已被去掉")


def verify_document(args: argparse.Namespace) -> dict[str, object]:
    """The contents of a paper were fixed in the signed log; with its receipt, this file is the one sealed."""
    key, data = read_key(args.key), fetch(args.source)
    told, digest = attachment(data), sha256(data).hex()
    contents, head = told["contents"], read_checkpoint(told["checkpoint" + key.suffix], key)
    promised = {name: contents[name] for name in ("number", "form", "template_edition")}
    promised["fields_commitment"] = commitment(contents["salt"], contents["fields"])
    content = sha256(b"\x00" + spelt(promised)).hex()
    require(content == told["content"], "文书凭证中的内容与内容摘要不一致")
    fixed = entered(told["entry"], head, key)
    said = fixed["type"] == "instrument_fixed" and {"field": "content", "digest": content} in fixed["commits"]
    require(said, f"第 {fixed['idx']} 条没有记录这件文书的内容摘要")
    number = contents["number"] or "（无文号）"
    holds = f"{number} 的凭证成立（第 {fixed['idx']} 条，日志 {head[0]} 条）"
    alone = f"{holds}，但是没有回执（--issued），不能判断文件本身是否被改动。请向机关索取存证回执"
    require(args.issued, alone, CannotTell)
    receipt = read(args.issued, "yifa-receipt/1")
    sealed = entered(receipt["entry"], read_checkpoint(receipt["checkpoint" + key.suffix], key), key)
    about = [(one["object"]["type"], one["object"]["id"]) for one in (fixed, sealed)]
    require(sealed["type"] == "instrument_issued" and about[0] == about[1], "回执不是这件文书的")
    first, idx = [*sealed["doc_hashes"], "—"][0], sealed["idx"]
    kept = f"{args.source} 的 SHA-256 是 {digest}，第 {idx} 条记录的是 {first}"
    other = f"{number} 是真的，但是这个文件的内容与存证的不同（{kept}）"
    require(digest in sealed["doc_hashes"], other)
    return held(key, head, number=number, fixed=fixed["idx"], issued=sealed["idx"], sha256=digest)


def verify_report(report: dict, key: Key) -> dict[str, object]:
    """Every figure's digest is that of the records it lists, and the head it names was signed. Raises Broken, CannotTell."""
    head, lists = report["head"], "报告没有列出记录的键，不能复算。请索取用 yifa report --keys 生成的报告"
    require("refused" not in head, f"报告没有签名的日志头：{head.get('refused')}", CannotTell)
    size, signed = read_checkpoint(head["note" + key.suffix], key, "head")
    same = (head["size"], head["root" + (key.suffix or "_sha256")]) == (size, signed.hex())
    require(same, f"报告写的日志头是 {head['size']} 条，签名的是 {size} 条，或者树根不同")
    for figure in report["figures"]:
        require("keys" in figure, lists, CannotTell)
        keys, told = sorted(figure["keys"]), f"指标 {figure['key']}：报告写 {figure['records']} 条记录"
        digest, count = sha256("\n".join(keys).encode()).hex(), len(set(keys))
        same = (digest, count) == (figure["digest"], figure["records"])
        require(same, f"{told}，所列 {count} 条的数目或者摘要与报告所写的不一致")
    require(report["figures"], "报告里没有指标", CannotTell)
    return held(key, (size, signed), year=report["year"], figures=len(report["figures"]))


# The package of a dossier: a BagIt bag (RFC 8493).
def bag(source: str) -> Files:
    """The files of the bag by their paths, of a folder or of a ZIP with one folder in it."""
    folder = Path(source)
    if folder.is_dir():
        found = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path for path in found}
    whole = zipfile.ZipFile(source)
    names = [name for name in whole.namelist() if not name.endswith("/")]
    files: Files = {name.partition("/")[2]: zipfile.Path(whole, name) for name in names}
    require(len(files) == len(names), "电子包里有两个同名的文件")
    return files


def digest_of(files: Files, path: str) -> str:
    """SHA-256 of a file of the bag; empty where the ZIP holds other bytes than it says."""
    found = hashlib.sha256()
    try:
        with files[path].open("rb") as file:
            while part := file.read(1 << 20):
                found.update(part)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return ""
    return found.hexdigest()


def text_of(files: Files, path: str) -> str:
    require(path in files, f"电子包里没有 {path}", CannotTell)
    require(digest_of(files, path), f"{path} 的内容被改动")
    with files[path].open("rb") as file:
        text = file.read(LARGEST + 1)
    require(len(text) <= LARGEST, f"{path} 太大，本程序不读", CannotTell)
    return bytes(text).decode()


def listed(files: Files, name: str) -> dict[str, str]:
    """Path → SHA-256 of a manifest, each of the files as listed. Raises Broken."""
    lines = [line.partition("  ") for line in text_of(files, name).splitlines()]
    require(len({path for *_, path in lines}) == len(lines), f"{name} 把同一个文件列了两次")
    for digest, _, path in lines:
        require(path in files, f"清单上的 {path} 不在电子包里")
        require(digest_of(files, path) == digest, f"{path} 的内容被改动")
    return {path: digest for digest, _, path in lines}


def verify_dossier(source: str, key: Key) -> dict[str, object]:
    """The bag is whole, its rows are in the signed log, record and papers are those of the rows. Raises Broken, CannotTell."""
    files = bag(source)
    tags = listed(files, "tagmanifest-sha256.txt")
    whole = "manifest-sha256.txt" in tags and "bagit.txt" in tags
    require(whole, "标签清单没有列出 manifest-sha256.txt 或者 bagit.txt")
    payload = listed(files, "manifest-sha256.txt")
    extra = sorted(files.keys() - tags.keys() - payload.keys() - {"tagmanifest-sha256.txt"})
    require(not extra, f"{''.join(extra[:1])} 不在清单上（清单以外的文件共 {len(extra)} 个）")
    bundle = json.loads(text_of(files, "data/bundle.json"))
    require(bundle["format"] == "yifa-bundle/1", "data/bundle.json 不是 yifa-bundle/1 格式", CannotTell)
    found, rows = verify_bundle(bundle, key), bundle["rows"]
    require(bundle["about"].startswith("case:"), f"电子包的证明是关于 {bundle['about']} 的，不是关于案件的")
    papers = _same_files(rows, payload, "instrument", "pdf_sha256", "data/papers/", "文书")
    if any(row["table"] == "evidence_file" for row in rows):
        _same_files(rows, payload, "evidence_file", "sha256", "data/evidence/", "证据")
    record = json.loads(text_of(files, "data/record.json"))
    _same_head(
        record, next(row["columns"] for row in rows if f"{row['table']}:{row['key']}" == bundle["about"])
    )
    _same_acts(record, rows)
    return {**found, "files": len(payload), "papers": papers}


def _same_files(rows: list[dict], payload: dict, table: str, column: str, folder: str, what: str) -> int:
    """How many files of the folder there are; each is one the rows vouch for, and each of those is there. Raises Broken."""
    kept = {row["columns"][column]: row["key"] for row in rows if row["table"] == table}
    found = {path: digest for path, digest in payload.items() if path.startswith(folder)}
    for path, digest in found.items():
        require(digest in kept, f"{path} 不是日志中存证的文件")
    lost = sorted(kept[digest] for digest in kept.keys() - set(found.values()))
    require(not lost, f"{what} {'、'.join(lost[:1])} 的文件不在电子包里（共缺 {len(lost)} 件）")
    return len(found)


def _same_head(record: dict, case: dict) -> None:
    """The head of the record file is the case row of the bundle; what was erased there is not said here. Raises Broken."""
    for name in ("number", "procedure", "matter", "campaign", "party", "violation", "other_proceedings"):
        told, kept = record.get(name), case.get(name)
        require((told or None) == (kept or None), f"record.json 的 {name} 与日志记录的不一致")


def _same_acts(record: dict, rows: list[dict]) -> None:
    """The events of the record file are the acts of the bundle, in order. Raises Broken."""
    acts, events = [row["columns"] for row in rows if row["table"] == "act"], record["events"]
    acts.sort(key=lambda act: (act["at"], act["seq"]))
    require(len(acts) == len(events), f"record.json 有 {len(events)} 个环节，日志记录了 {len(acts)} 个")
    for place, (event, act) in enumerate(zip(events, acts, strict=True)):
        told = {name: value for name, value in event.items() if name not in ("at", "event")}
        kept = {**act["data"], **(act["words"] or {}), "kind": act["kind"], "by": act["by"]}
        kept.pop("event", None)
        when = [datetime.fromisoformat(text.replace("Z", "+00:00")) for text in (event["at"], act["at"])]
        same = when[0] == when[1] and told == kept
        require(same, f"record.json 的第 {place} 个环节（{event['kind']}）与日志记录的不一致")


# The draw FJ-DRAW-v1.
def _long(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def draw_seed(draw_id: str, commit: bytes, pairs: list[tuple[str, str]]) -> bytes:
    texts = b"".join(_long(text.encode()) for pair in pairs for text in pair)
    return sha256(b"FJ-DRAW-SEED-v1\0" + _long(draw_id.encode()) + _long(commit) + texts)


def draw_order(key: bytes, label: str, size: int) -> Iterator[int]:
    """Places 0 … size - 1 in the order drawn: forward Fisher–Yates over a rejecting HMAC stream."""
    start = b"FJ-DRAW-v1\0" + _long(label.encode())
    blocks = (hmac.digest(key, start + pack(">Q", block), "sha256") for block in range(2**64))
    stream, moved = (number for block in blocks for number in unpack(">4Q", block)), dict[int, int]()
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
        kept = one["value"] == "ABSENT" or sha256(data).hex() == one["commit"]
        require(kept, f"{one['label']} 揭示的值与事先密封的承诺不一致")
    public = "|".join(draw["public"][name] for name in ("issue", "source", "value"))
    require((last["label"], last["value"]) == ("public", public), "最后一项不是所写的公开数值")
    return [(one["label"], one["value"]) for one in [*own, *draw["contributions"]]]


def _opened(frozen: dict, what: str) -> dict[int, dict]:
    """The rows opened by their places, each proved to be on the frozen list. Raises Broken."""
    for one in frozen["opened"]:
        leaf = sha256(b"\0" + bytes.fromhex(one["salt"]) + spelt(one["row"]))
        found = included(leaf, one["index"], frozen["count"], [*map(bytes.fromhex, one["proof"])], sha256)
        frozen_so = f"{what}名单第 {one['index']} 行不在事先冻结的名单里，或者内容被改动"
        require(found.hex() == frozen["root"], frozen_so)
    return {one["index"]: one["row"] for one in frozen["opened"]}


def verify_draw(draw: dict) -> dict[str, object]:
    """Seals, seed, objects and officers of a draw, all computed again. Raises Broken, CannotTell."""
    rules, objects, officers = draw["rules"], draw["objects"], draw["officers"]
    sizes = [objects["count"], officers["count"], *objects["per_tier"].values()]
    counted = all(type(size) is int and 0 <= size < 2**32 for size in sizes)
    require(counted, "名单的数目不是数目", CannotTell)
    ours = draw["algorithm"] == rules["algorithm"] == "FJ-DRAW-v1"
    require(ours, "本程序只认 FJ-DRAW-v1 算法的抽取记录", CannotTell)
    require(sha256(spelt(rules)).hex() == draw["rules_hash"], "规则与事先公布的规则哈希不一致")
    commit = sha256(bytes.fromhex(objects["root"] + officers["root"] + draw["rules_hash"]))
    key = draw_seed(draw["draw_id"], commit, _contributed(draw))
    require(key.hex() == draw["K"], "种子 K 与名单、规则和各方数值算出的不一致")
    rows, people, start = _opened(objects, "对象"), _opened(officers, "人员"), 0
    taken = [*draw["drawn"], *draw["substitutions"]]
    for tier, count in sorted(objects["per_tier"].items(), key=lambda one: one[0].encode()):
        share = [int(part) for part in rules["rates"][tier].split("/")]
        due, names = -(-share[0] * count // share[1]), [one["object"] for one in taken if one["tier"] == tier]
        as_due = sum(one["tier"] == tier for one in draw["drawn"]) == due
        require(as_due, f"{tier} 共 {count} 个，按比例应抽 {due} 个，记录的数目不符")
        shifted = (start + place for place in draw_order(key, f"objects/{tier}", count))
        _in_order(names, shifted, rows, {}, f"{tier} ")
        own = all(row["tier"] == tier for place, row in rows.items() if start <= place < start + count)
        require(own, f"{tier} 的名单里有别层的对象")
        start += count
    known = start == objects["count"] and all(one["tier"] in objects["per_tier"] for one in taken)
    require(known, "各层数目与名单总数不符，或者抽到了名单以外的层")
    for one in taken:
        skipped = {each["officer"]: each["code"] for each in one["skipped"]}
        order = draw_order(key, f"officers/{one['object']}", officers["count"])
        _in_order(one["officers"], order, people, skipped, f"{one['object']} 的检查人员")
        enough = len(one["officers"]) == rules["officers_per_object"]
        require(enough, f"{one['object']} 应有 {rules['officers_per_object']} 名检查人员")
    return {"ok": True, "draw_id": draw["draw_id"], "K": draw["K"], "drawn": len(taken), "objects": start}


def _in_order(names: list[str], order: Iterable[int], rows: dict, skipped: dict[str, str], what: str) -> None:
    """These are the first in the order who were not skipped for a reason. Raises Broken."""
    left = list(names)
    for place in order:
        if not left:
            break
        require(place in rows, f"名单第 {place} 行没有公开，不能复算", CannotTell)
        name = rows[place]["id"]
        require(skipped.pop(name, "") or name == left.pop(0), f"{what}此处应是 {name}，记录的不是")
    require(not left and not skipped, f"{what}比名单还多，或者跳过的不在应跳过的位置")


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise CannotTell(f"选项不能识别：{message}")


# what the source is, who verifies it, words of the answer
COMMANDS: dict[str, tuple[str, Callable[[argparse.Namespace], dict[str, Any]], str]] = {
    "log": ("日志（https://…/log/case，或者存有同样文件的文件夹）", verify_log, "{origin} 共 {size} 条，树根 {root}"),
    "bundle": ("证明包", lambda args: verify_bundle(read(args.source, "yifa-bundle/1"), read_key(args.key)), "{about} 的 {rows} 行与 {origin} 的记录一致（日志 {size} 条）"),
    "document": ("文书（PDF）", verify_document, "{number} 与 {origin} 的记录一致（第 {fixed}、{issued} 条）"),
    "report": ("用 yifa report --keys 生成的年度报告", lambda args: verify_report(read(args.source), read_key(args.key)), "{year} 年度报告的 {figures} 个指标，摘要都由所列记录算出；日志头 {size} 条，签名成立"),
    "dossier": ("案卷电子包（ZIP 或者解开的文件夹）", lambda args: verify_dossier(args.source, read_key(args.key)), "{about} 的案卷共 {files} 个文件、{papers} 件文书，与清单一致，与 {origin} 的记录一致（日志 {size} 条）"),
    "draw": ("抽取记录", lambda args: verify_draw(read(args.source, "yifa-draw/1")), "{draw_id} 从 {objects} 个对象中抽取 {drawn} 个，对象和人员都能复算"),
}  # fmt: skip
ANCHOR = "第 {idx} 条起不早于 {published_on} 公布的 {source} {issue}：{value}（请与来源核对）"
DAMAGED = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RuntimeError, OSError, EOFError, MemoryError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)  # fmt: skip
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move the cursor, turn the line round or end the program: shown as its code."""


def seen(text: str) -> str:
    return UNSEEN.sub(lambda one: f"\\u{ord(one[0]):04x}", text)


def main(argv: list[str]) -> int:
    """Run one sub-command, print the answer, return the exit code; whatever a damaged file makes Python raise is CannotTell."""
    try:
        parser = Parser(prog="verify.py", description="独立核验：不需要本系统")
        parser.add_argument("what", choices=COMMANDS, help="核验什么")
        parser.add_argument("source", help="；".join(f"{name}：{one[0]}" for name, one in COMMANDS.items()))
        parser.add_argument("--key", default="", help="验证公钥，从公示或见证方取得；draw 不需要")
        parser.add_argument("--older", default="", help="log：以前保存的 checkpoint，核对历史没有改写")
        parser.add_argument("--issued", default="", help="document：存证回执（.json），核对文件没有改动")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
        args = parser.parse_args(argv)
        what, verified, words = COMMANDS[args.what]
        try:
            found, code = verified(args), 0
            values = [ANCHOR.format(**one) for one in found.get("anchors", [])]
        except DAMAGED as error:
            why = f"{type(error).__name__} {error}"
            raise CannotTell(f"{args.source} 不是{what}，或者已损坏：{why}") from error
        text = "\n".join(map(seen, [f"核验通过：{words.format(**found)}", *values]))
    except (Broken, CannotTell) as error:
        code = 1 if isinstance(error, Broken) else 2
        text = seen(f"{'核验不通过' if code == 1 else '无法判断'}：{error}")
        found = {"ok": False if code == 1 else None, "message": str(error)}
    shown = seen(json.dumps(found, ensure_ascii=False)) if "--json" in argv else text
    print(shown, file=sys.stderr if code == 2 and shown == text else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
