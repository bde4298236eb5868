#!/usr/bin/env python3
"""Stand-alone verifier: one file, standard library only, nothing of the product imported. For people who do not trust it.

verify.py log SOURCE --key KEY [--older FILE]: the public log; SOURCE is https://host/log/case or a folder with the same files.
verify.py bundle FILE --key KEY: the rows of a case against the log they were recorded in (docs/spec/bundle.md).
verify.py document FILE --key KEY [--issued RECEIPT]: a paper (PDF) and its proof; with its receipt also the file itself.
verify.py report FILE --key KEY: the figures of an annual report against the records they list (docs/spec/report.md).
verify.py dossier SOURCE --key KEY: the package of a dossier, ZIP or folder: manifests, records, papers (docs/spec/dossier.md).
verify.py draw FILE: a published double-random draw, computed again from its transcript (docs/spec/draw.md).
Exit 0: it holds; 1: it does not; 2: cannot tell. --json prints an object. Format: docs/spec/ledger.md.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from struct import pack, unpack
from typing import IO, NamedTuple
from urllib.parse import unquote

Hash = Callable[[bytes], bytes]
Point = tuple[int, int]
LARGEST = 16 * 1024 * 1024


class Broken(Exception):
    """It does not hold: exit 1."""


class CannotTell(Exception):
    """Something needed is missing or cannot be read: exit 2."""


# Ed25519 (RFC 8032), verification only: no secret, so time does not matter.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (
    0x216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A,
    0x6666666666666666666666666666666666666666666666666666666666666658,
)


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
    if base64.b64encode(raw).decode() != text:
        raise CannotTell(f"不是唯一写法的 base64：{text[:20]}")
    return raw


def key_of(name: str, public: bytes) -> Key:
    tree = (sm3, "_sm3") if name.endswith("/sm3") else (sha256, "")
    return Key(name, sha256(name.encode() + b"\n\x01" + public)[:4], public, *tree)


def read_key(text: str) -> Key:
    """The key of `origin+id+base64`. Raises CannotTell."""
    name, number, encoded = [*text.strip().split("+", 2), "", ""][:3]
    raw = _decoded(encoded)
    if len(raw) != 33 or raw[0] != 1 or key_of(name, raw[1:]).number.hex() != number:
        raise CannotTell("--key：不是 Ed25519 验证公钥，应为 名称+编号+base64，请完整复制")
    return key_of(name, raw[1:])


def read_checkpoint(note: str, key: Key, what: str = "checkpoint") -> tuple[int, bytes]:
    """Size and root of a checkpoint signed by `key`. Raises Broken, or CannotTell where it is no checkpoint."""
    text, gap, lines = note.rpartition("\n\n")
    body = text.split("\n")
    if not lines.endswith("\n") or not gap or len(body) != 3 or not (body[1].isascii() and body[1].isdigit()):
        raise CannotTell(f"{what}：不是签名的日志头")
    if body[0] != key.name:
        raise Broken(f"{what}：日志名是 {body[0]}，公钥属于 {key.name}")
    for line in lines[:-1].split("\n"):
        raw = _decoded(line.rpartition(" ")[2])
        if line.startswith(f"— {key.name} ") and raw[:4] == key.number:
            if not ed25519_holds(key.public, (text + "\n").encode(), raw[4:]):
                raise Broken(f"{what}：签名不成立")
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
    except OSError as error:
        raise CannotTell(f"取不到 {name}：{error}") from error


def hashes(source: str, index: int, width: int) -> list[bytes]:
    """One tile: the hashes of `width` entries. Raises Broken, CannotTell."""
    above = [f"x{index // 1000**power % 1000:03d}/" for power in (3, 2, 1) if index >= 1000**power]
    name = f"tile/0/{''.join(above)}{index % 1000:03d}" + ("" if width == 256 else f".p/{width}")
    data = fetch(name, source)
    if len(data) != 32 * width:
        raise Broken(f"第 {256 * index} 条起应有 {width} 个叶哈希，{name} 长度不符")
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def follow(source: str, known: Key) -> tuple[list[Key], dict[int, bytes]]:
    """The keys that followed the one known, and the entries that say so by index, each signed by both. Raises Broken.

    Of a successor log also its first entry, which names the last head of the log before."""
    keys, entries = [known], dict[int, bytes]()
    try:
        told = json.loads(fetch("rotations.json", source))
    except CannotTell:
        return keys, entries  # a log whose key was never changed need not say so
    if "first" in told:
        entries[0] = told["first"].encode()
    for one in told["rotations"]:
        said, last = json.loads(one["body"])["details"], keys[-1].public
        if said["old"] != last.hex():
            continue
        about = (known.name.partition("/log/")[0], said["epoch"], said["old"], said["new"])
        text, new = "yifa-key-rotation/1\n{}\n{}\n{}\n{}\n".format(*about), bytes.fromhex(said["new"])
        for public, signature in ((last, said["by_old"]), (new, said["by_new"])):
            if not ed25519_holds(public, text.encode(), bytes.fromhex(signature)):
                raise Broken(f"第 {one['idx']} 条换密钥的记录没有新旧两把密钥的签名，不能相信新的密钥")
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
    if name.removesuffix("/sm3") != said["old_origin"]:
        raise Broken(f"后继日志接续的是 {said['old_origin']}，{what} 是 {name} 的")
    if size > said["old_size"]:
        raise Broken(f"后继日志只承认前一本的 {said['old_size']} 条，{what} 有 {size} 条：有记录没有被承认")
    if size == said["old_size"] and found.hex() != said["old_root" + key.suffix]:
        raise Broken(f"同为 {size} 条，{what} 与后继日志承认的树根不同：前一本日志有两个版本")
    return {"origin": said["old_origin"], "size": said["old_size"], "cause": said["cause"]}


def verify_log(source: str, known: Key, older: str) -> dict[str, object]:
    """Read the signed head and every leaf hash; the answer as JSON. Raises Broken, CannotTell."""
    keys, changes = follow(source, known)
    key = keys[-1]
    size, signed = head = read_checkpoint(fetch("checkpoint", source).decode(), key)
    heads, more = {size: ("checkpoint", signed)}, {}
    note = fetch(older).decode() if older else ""
    if older and 0 in changes and not note.startswith(key.name + "\n"):
        more = {"predecessor": taken_over(changes[0], note, keys, older)}
    elif older:
        before, then = read_checkpoint(note, signer(note, keys), older)
        if before > size:
            raise Broken(f"日志变短了：{older} 有 {before} 条，现在只有 {size} 条")
        if before == size and then != signed:
            raise Broken(f"同为 {size} 条，两份日志头的树根不同：日志有两个版本")
        heads = {before: (older, then), **heads}
    tiles: list[bytes] = []
    for index in range((size + 255) // 256 or 1):
        start, width = 256 * index, min(256, size - 256 * index)
        leaves = hashes(source, index, width) if width else []
        for idx in changes.keys() & range(start, start + width):
            if key.hasher(b"\0" + changes[idx]) != leaves[idx - start]:
                raise Broken(
                    f"第 {idx} 条不是所说的{'换密钥' if idx else '接续前一本日志'}的记录：日志里没有它"
                )
        for count, (what, expected) in heads.items():
            part = root(leaves[: max(count - start, 0)], key.hasher)
            if start <= max(count - 1, 0) < start + 256 and root([*tiles, part], key.hasher) != expected:
                raise Broken(f"前 {count} 条算得的树根与 {what} 不一致")
        tiles.append(root(leaves, key.hasher))
    if any(idx >= size for idx in changes):
        raise Broken("换密钥的记录不在签名的日志头之内")
    text = f"{key.name}+{key.number.hex()}+{base64.b64encode(bytes([1]) + key.public).decode()}"
    return {**held(key, head, older=min(heads), **more), "key": text}


def included(leaf: bytes, index: int, size: int, path: list[bytes], hasher: Hash) -> bytes:
    """The root that this audit path (RFC 6962, nearest first) leads to. Raises Broken where it is not of this place."""
    if size <= 1 or not path:
        if path or (index, size) != (0, 1):
            raise Broken("证明太长或者太短，或者所指的位置不在日志之内")
        return leaf
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return hasher(b"\x01" + included(leaf, index, left, path[:-1], hasher) + path[-1])
    return hasher(b"\x01" + path[-1] + included(leaf, index - left, size - left, path[:-1], hasher))


def spelt(value: object) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def row_digest(row: dict) -> str:
    """The digest of a row from its values: SHA-256 a column, a salted commitment for a personal one."""
    columns = {name: sha256(spelt(value)).hex() for name, value in row["columns"].items()}
    for name, salt in row["salts"].items():
        kept, value = salt.startswith("erased:"), row["columns"][name]
        # of an erased one the commitment was kept, value and salt are destroyed: nothing may stand there
        if kept and value is not None:
            raise Broken(f"{row['table']} {row['key']} 的 {name} 标为已删除，却有内容")
        columns[name] = salt[7:] if kept else hmac.digest(bytes.fromhex(salt), spelt(value), "sha256").hex()
    whole = {"columns": columns, "model": row["table"], "pk": row["key"], "version": row["version"]}
    return sha256(spelt(whole)).hex()


def entered(entry: dict, head: tuple[int, bytes], key: Key) -> dict:
    """What an entry says, found at its place in the signed log. Raises Broken."""
    path, body = [bytes.fromhex(step) for step in entry["proof" + key.suffix]], json.loads(entry["body"])
    leaf = key.hasher(b"\x00" + entry["body"].encode())
    if included(leaf, entry["idx"], head[0], path, key.hasher) != head[1] or body["idx"] != entry["idx"]:
        raise Broken(f"第 {entry['idx']} 条不在这个日志里，或者内容被改动")
    return body


def verify_bundle(bundle: dict, key: Key) -> dict[str, object]:
    """Every entry is in the signed log, every row is what its latest entry recorded. Raises Broken, CannotTell."""
    head = read_checkpoint(bundle["checkpoint" + key.suffix], key)
    recorded: dict[str, str] = {}
    for entry in sorted(bundle["entries"], key=lambda one: one["idx"]):
        body = entered(entry, head, key)
        if body["log"] != bundle["log"]:
            raise Broken(f"第 {entry['idx']} 条自称是日志 {body['log']} 的")
        recorded.update({unquote(name): digest for name, digest in body["after"].items()})
    for row in bundle["rows"]:
        if recorded.get(f"{row['table']}:{row['key']}") != row_digest(row):
            raise Broken(f"{row['table']} {row['key']} 与日志记录的不一致")
    if not bundle["rows"]:
        raise CannotTell("证明包里没有记录")
    return held(key, head, about=bundle["about"], entries=len(bundle["entries"]), rows=len(bundle["rows"]))


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


def verify_document(data: bytes, receipt: dict | None, key: Key) -> dict[str, object]:
    """The contents of a paper were fixed in the signed log; with its receipt, this file is the one sealed."""
    told, digest = attachment(data), sha256(data).hex()
    contents, head = told["contents"], read_checkpoint(told["checkpoint" + key.suffix], key)
    promised = {name: contents[name] for name in ("number", "form", "template_edition")}
    salt = bytes.fromhex(contents["salt"])
    promised["fields_commitment"] = hmac.digest(salt, spelt(contents["fields"]), "sha256").hex()
    content = sha256(b"\x00" + spelt(promised)).hex()
    if content != told["content"]:
        raise Broken("文书凭证中的内容与内容摘要不一致")
    fixed = entered(told["entry"], head, key)
    if fixed["type"] != "instrument_fixed" or {"field": "content", "digest": content} not in fixed["commits"]:
        raise Broken(f"第 {fixed['idx']} 条没有记录这件文书的内容摘要")
    number = contents["number"] or "（无文号）"
    if receipt is None:
        holds = f"{number} 的凭证成立（第 {fixed['idx']} 条，日志 {head[0]} 条）"
        raise CannotTell(
            f"{holds}，但是没有回执（--issued），不能判断文件本身是否被改动。请向机关索取存证回执"
        )
    if receipt["format"] != "yifa-receipt/1":
        raise CannotTell(f"回执的格式是 {receipt['format']}，本程序只认 yifa-receipt/1")
    sealed = entered(receipt["entry"], read_checkpoint(receipt["checkpoint" + key.suffix], key), key)
    about = [(one["object"]["type"], one["object"]["id"]) for one in (fixed, sealed)]
    if sealed["type"] != "instrument_issued" or about[0] != about[1]:
        raise Broken("回执不是这件文书的")
    if digest not in sealed["doc_hashes"]:
        raise Broken(f"{number} 是真的，但是这个文件的内容与存证的不同（SHA-256 {digest}）")
    return held(key, head, number=number, fixed=fixed["idx"], issued=sealed["idx"], sha256=digest)


def verify_report(report: dict, key: Key) -> dict[str, object]:
    """Every figure's digest is that of the records it lists, and the head it names was signed. Raises Broken, CannotTell."""
    head = report["head"]
    if "refused" in head:
        raise CannotTell(f"报告没有签名的日志头：{head['refused']}")
    size, signed = read_checkpoint(head["note" + key.suffix], key, "head")
    if (head["size"], head["root" + (key.suffix or "_sha256")]) != (size, signed.hex()):
        raise Broken(f"报告写的日志头是 {head['size']} 条，签名的是 {size} 条，或者树根不同")
    for figure in report["figures"]:
        if "keys" not in figure:
            raise CannotTell("报告没有列出记录的键，不能复算。请索取用 yifa report --keys 生成的报告")
        keys, told = sorted(figure["keys"]), f"指标 {figure['key']}：报告写 {figure['records']} 条记录"
        if sha256("\n".join(keys).encode()).hex() != figure["digest"] or len(set(keys)) != figure["records"]:
            raise Broken(f"{told}，所列 {len(set(keys))} 条的数目或者摘要与报告所写的不一致")
    if not report["figures"]:
        raise CannotTell("报告里没有指标")
    return held(key, (size, signed), year=report["year"], figures=len(report["figures"]))


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
    if bundle["format"] != "yifa-bundle/1":
        raise CannotTell(f"证明包的格式是 {bundle['format']}，本程序只认 yifa-bundle/1")
    found = verify_bundle(bundle, key)
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
        if one["value"] != "ABSENT" and sha256(data).hex() != one["commit"]:
            raise Broken(f"{one['label']} 揭示的值与事先密封的承诺不一致")
    public = "|".join(draw["public"][name] for name in ("issue", "source", "value"))
    if (last["label"], last["value"]) != ("public", public):
        raise Broken("最后一项不是所写的公开数值")
    return [(one["label"], one["value"]) for one in [*own, *draw["contributions"]]]


def _opened(frozen: dict, what: str) -> dict[int, dict]:
    """The rows opened by their places, each proved to be on the frozen list. Raises Broken."""
    rows: dict[int, dict] = {}
    for one in frozen["opened"]:
        leaf = sha256(b"\0" + bytes.fromhex(one["salt"]) + spelt(one["row"]))
        path = [bytes.fromhex(step) for step in one["proof"]]
        if included(leaf, one["index"], frozen["count"], path, sha256).hex() != frozen["root"]:
            raise Broken(f"{what}名单第 {one['index']} 行不在事先冻结的名单里，或者内容被改动")
        rows[one["index"]] = one["row"]
    return rows


def verify_draw(draw: dict) -> dict[str, object]:
    """Seals, seed, objects and officers of a draw, all computed again. Raises Broken, CannotTell."""
    rules, objects, officers = draw["rules"], draw["objects"], draw["officers"]
    if (draw["algorithm"], rules["algorithm"]) != ("FJ-DRAW-v1", "FJ-DRAW-v1"):
        raise CannotTell("本程序只认 FJ-DRAW-v1 算法的抽取记录")
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
        if sum(one["tier"] == tier for one in draw["drawn"]) != due:
            raise Broken(f"{tier} 共 {count} 个，按比例应抽 {due} 个，记录的数目不符")
        shifted = (start + place for place in draw_order(key, f"objects/{tier}", count))
        _in_order(names, shifted, rows, {}, f"{tier} ")
        if any(row["tier"] != tier for place, row in rows.items() if start <= place < start + count):
            raise Broken(f"{tier} 的名单里有别层的对象")
        start += count
    if start != objects["count"] or len(taken) != sum(one["tier"] in objects["per_tier"] for one in taken):
        raise Broken("各层数目与名单总数不符，或者抽到了名单以外的层")
    for one in taken:
        skipped = {each["officer"]: each["code"] for each in one["skipped"]}
        order = draw_order(key, f"officers/{one['object']}", officers["count"])
        _in_order(one["officers"], order, people, skipped, f"{one['object']} 的检查人员")
        if len(one["officers"]) != rules["officers_per_object"]:
            raise Broken(f"{one['object']} 应有 {rules['officers_per_object']} 名检查人员")
    return {"ok": True, "draw_id": draw["draw_id"], "K": draw["K"], "drawn": len(taken), "objects": start}


def _in_order(names: list[str], order: Iterable[int], rows: dict, skipped: dict[str, str], what: str) -> None:
    """These are the first in the order who were not skipped for a reason. Raises Broken."""
    left = list(names)
    for place in order:
        if not left:
            break
        if place not in rows:
            raise CannotTell(f"名单第 {place} 行没有公开，不能复算")
        name = rows[place]["id"]
        if not skipped.pop(name, "") and name != left.pop(0):
            raise Broken(f"{what}此处应是 {name}，记录的不是")
    if left or skipped:
        raise Broken(f"{what}比名单还多，或者跳过的不在应跳过的位置")


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise CannotTell(f"选项不能识别：{message}")


# what the source is, the format it says it has, words of the answer
COMMANDS = {
    "log": ("日志（https://…/log/case，或者存有同样文件的文件夹）", "", "{origin} 共 {size} 条，树根 {root}"),
    "bundle": ("证明包", "yifa-bundle/1", "{about} 的 {rows} 行与 {origin} 的记录一致（日志 {size} 条）"),
    "document": ("文书（PDF）", "", "{number} 与 {origin} 的记录一致（第 {fixed}、{issued} 条）"),
    "report": ("用 yifa report --keys 生成的年度报告", "", "{year} 年度报告的 {figures} 个指标，摘要都由所列记录算出；日志头 {size} 条，签名成立"),
    "dossier": ("案卷电子包（ZIP 或者解开的文件夹）", "", "{about} 的案卷共 {files} 个文件、{papers} 件文书，与清单一致，与 {origin} 的记录一致（日志 {size} 条）"),
    "draw": ("抽取记录", "yifa-draw/1", "{draw_id} 从 {objects} 个对象中抽取 {drawn} 个，对象和人员都能复算"),
}  # fmt: skip


def answer(args: argparse.Namespace) -> dict[str, object]:
    """The answer as JSON. Raises Broken, CannotTell; whatever a damaged file makes Python raise is CannotTell."""
    what, form, _ = COMMANDS[args.what]
    try:
        if args.what == "log":
            return verify_log(args.source, read_key(args.key), args.older)
        if args.what == "dossier":
            return verify_dossier(args.source, read_key(args.key))
        data = fetch(args.source)
        if args.what == "document":
            receipt = json.loads(fetch(args.issued)) if args.issued else None
            return verify_document(data, receipt, read_key(args.key))
        found = json.loads(data)
        if form and found["format"] != form:
            raise CannotTell(f"格式是 {found['format']}，本程序只认 {form}")
        if args.what == "draw":
            return verify_draw(found)
        return (verify_bundle if args.what == "bundle" else verify_report)(found, read_key(args.key))
    except (
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RecursionError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        raise CannotTell(f"{args.source} 不是{what}，或者已损坏：{type(error).__name__} {error}") from error


def main(argv: list[str]) -> int:
    """Run one sub-command; prints the answer and returns the exit code."""
    try:
        parser = Parser(prog="verify.py", description="独立核验：不需要本系统")
        parser.add_argument("what", choices=COMMANDS, help="核验什么")
        parser.add_argument("source", help="；".join(f"{name}：{one[0]}" for name, one in COMMANDS.items()))
        parser.add_argument("--key", default="", help="验证公钥，从公示或见证方取得；draw 不需要")
        parser.add_argument("--older", default="", help="log：以前保存的 checkpoint，核对历史没有改写")
        parser.add_argument("--issued", default="", help="document：存证回执（.json），核对文件没有改动")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
        args = parser.parse_args(argv)
        found, code = answer(args), 0
        text = f"核验通过：{COMMANDS[args.what][2].format(**found)}"
    except (Broken, CannotTell) as error:
        code = 1 if isinstance(error, Broken) else 2
        text = f"{'核验不通过' if code == 1 else '无法判断'}：{error}"
        found = {"ok": False if code == 1 else None, "message": str(error)}
    shown = json.dumps(found, ensure_ascii=False) if "--json" in argv else text
    print(shown, file=sys.stderr if code == 2 and shown == text else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
