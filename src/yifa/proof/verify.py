#!/usr/bin/env python3
"""Stand-alone verifier: one file, standard library only, nothing of the product imported. For people who do not trust it.

verify.py log SOURCE --key KEY [--older FILE] [--json]: SOURCE is https://host/log/case or a folder with the same files.
verify.py bundle FILE --key KEY [--json]: the rows of a case against the log they were recorded in (docs/spec/bundle.md).
verify.py document FILE --key KEY [--issued RECEIPT] [--json]: a paper (PDF) and its proof; with the receipt of its sealing
also that the file is the one sealed (docs/spec/document.md).
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
import zlib
from collections.abc import Callable
from pathlib import Path

Hash = Callable[[bytes], bytes]
Point = tuple[int, int, int, int]
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
    by %= 32
    return ((word << by) | (word >> (32 - by))) & 0xFFFFFFFF


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
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise CannotTell(f"不是 base64：{text[:20]}") from error


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """Name, id and key of `origin+id+base64`. Raises CannotTell."""
    parts = text.strip().split("+", 2)
    raw = _decoded(parts[2]) if len(parts) == 3 else b""
    if len(raw) != 33 or raw[0] != 1 or sha256(parts[0].encode() + b"\n" + raw)[:4].hex() != parts[1]:
        raise CannotTell("--key：不是 Ed25519 验证公钥，应为 名称+编号+base64，请完整复制")
    return parts[0], bytes.fromhex(parts[1]), raw[1:]


def read_checkpoint(data: bytes, key: tuple[str, bytes, bytes], what: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint signed by `key`. Raises Broken, or CannotTell where it is no checkpoint."""
    try:
        text, gap, lines = data.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise CannotTell(f"{what}：不是签名的日志头") from error
    body = text.split("\n")
    if not gap or len(body) != 3 or not (body[1].isascii() and body[1].isdigit()):
        raise CannotTell(f"{what}：不是签名的日志头")
    name, number, public = key
    if body[0] != name:
        raise Broken(f"{what}：日志名是 {body[0]}，公钥属于 {name}")
    for line in lines.splitlines():
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


def verify_log(source: str, key_text: str, older: str) -> dict[str, object]:
    """Read the signed head and every leaf hash; the answer as JSON. Raises Broken, CannotTell."""
    key = read_key(key_text)
    hasher = sm3 if key[0].endswith("/sm3") else sha256
    size, signed = read_checkpoint(fetch(source, "checkpoint"), key, "checkpoint")
    heads = {size: ("checkpoint", signed)}
    if older:
        before = read_checkpoint(fetch(str(Path(older).parent), Path(older).name), key, older)
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
                    f"{tile_name(count // 256, width)} 应有 {width} 个叶哈希，长度不符（第 {count} 条起）"
                )
        at = 32 * (count % 256)
        append(edge, count, data[at : at + 32], hasher)
    return {"ok": True, "origin": key[0], "size": size, "root": signed.hex(), "older": min(heads)}


def included(leaf: bytes, index: int, size: int, path: list[bytes], hasher: Hash) -> bytes:
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
        columns[name] = hmac.digest(bytes.fromhex(salt), spelt(row["columns"][name]), "sha256").hex()
    whole = {"columns": columns, "model": row["table"], "pk": row["key"], "version": row["version"]}
    return sha256(spelt(whole)).hex()


def row_name(row: dict) -> str:
    """`table:key` as the log writes it: other than printable ASCII, and %, percent-encoded."""
    key = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte != 0x25 else f"%{byte:02X}" for byte in row["key"].encode()
    )
    return f"{row['table']}:{key}"


def verify_bundle(path: str, key_text: str) -> dict[str, object]:
    """Every entry is in the signed log, every row is what its latest entry recorded. Raises Broken, CannotTell."""
    key = read_key(key_text)
    try:
        bundle = json.loads(fetch(str(Path(path).parent), Path(path).name))
        if bundle["format"] != "yifa-bundle/1":
            raise CannotTell(f"格式是 {bundle['format']}，本程序只认 yifa-bundle/1")
        return _bundle(bundle, key)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CannotTell(f"{path} 不是证明包，或者已损坏：{type(error).__name__} {error}") from error


def _bundle(bundle: dict, key: tuple[str, bytes, bytes]) -> dict[str, object]:
    national = key[0].endswith("/sm3")
    hasher, suffix = (sm3, "_sm3") if national else (sha256, "")
    size, signed = read_checkpoint(bundle["checkpoint" + suffix].encode(), key, "checkpoint")
    recorded: dict[str, str] = {}
    for entry in sorted(bundle["entries"], key=lambda one: one["idx"]):
        data, body = entry["body"].encode(), json.loads(entry["body"])
        path = [bytes.fromhex(step) for step in entry["proof" + suffix]]
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


def entered(told: dict, key: tuple[str, bytes, bytes]) -> tuple[dict, int]:
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


def verify_document(path: str, key_text: str, issued: str) -> dict[str, object]:
    """The contents of a paper were fixed in the signed log; with its receipt, this file is the one sealed."""
    key = read_key(key_text)
    data = fetch(str(Path(path).parent), Path(path).name)
    try:
        told = attachment(data)
        receipt = json.loads(fetch(str(Path(issued).parent), Path(issued).name)) if issued else None
        return _document(hashlib.sha256(data).hexdigest(), told, receipt, key)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CannotTell(f"{path} 的凭证或者回执已损坏：{type(error).__name__} {error}") from error


def _document(
    digest: str, told: dict, receipt: dict | None, key: tuple[str, bytes, bytes]
) -> dict[str, object]:
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


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise CannotTell(f"选项不能识别：{message}")


def main(argv: list[str]) -> int:
    """Run one sub-command; prints the answer and returns the exit code."""
    parser = Parser(prog="verify.py", description="独立核验：不需要本系统")
    commands = parser.add_subparsers(dest="what", required=True)
    log = commands.add_parser("log", help="核验公开的日志")
    log.add_argument("source", help="https://…/log/case 或者存有同样文件的文件夹")
    log.add_argument("--key", required=True, help="验证公钥，从公示或见证方取得")
    log.add_argument("--older", default="", metavar="FILE", help="以前保存的 checkpoint，核对历史没有改写")
    packed = commands.add_parser("bundle", help="核验一个案件的证明包")
    packed.add_argument("source", help="证明包文件（.json）")
    packed.add_argument("--key", required=True, help="验证公钥，从公示或见证方取得")
    paper = commands.add_parser("document", help="核验一件文书（PDF）")
    paper.add_argument("source", help="文书文件（.pdf）")
    paper.add_argument("--key", required=True, help="验证公钥，从公示或见证方取得")
    paper.add_argument("--issued", default="", metavar="RECEIPT", help="存证回执（.json），核对文件没有改动")
    for one in (log, packed, paper):
        one.add_argument("--json", action="store_true")
    as_json = "--json" in argv
    try:
        args = parser.parse_args(argv)
        if args.what == "log":
            found, code = verify_log(args.source, args.key, args.older), 0
            text = f"核验通过：{found['origin']} 共 {found['size']} 条，树根 {found['root']}"
        elif args.what == "document":
            found, code = verify_document(args.source, args.key, args.issued), 0
            text = f"核验通过：{found['number']} 与 {found['origin']} 的记录一致（第 {found['fixed']}、{found['issued']} 条）"
        else:
            found, code = verify_bundle(args.source, args.key), 0
            text = f"核验通过：{found['about']} 的 {found['rows']} 行与 {found['origin']} 的记录一致（日志 {found['size']} 条）"
    except (Broken, CannotTell) as error:
        code = 1 if isinstance(error, Broken) else 2
        text = f"{'核验不通过' if code == 1 else '无法判断'}：{error}"
        found = {"ok": False if code == 1 else None, "message": str(error)}
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(text, file=sys.stdout if code < 2 else sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
