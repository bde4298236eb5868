#!/usr/bin/env python3
"""A witness on a machine of its own: standard library and the verifier beside it, no network, files on a USB stick.

witness.py init --name NAME: makes a key in the folder of this file's `--state`; prints the public key to hand over.
witness.py sign FOLDER --log-key KEY: checks that the log in FOLDER continues the head cosigned last, then adds our signature.
The first head ever seen of a log is taken as it is. Exit 0: cosigned; 1: it does not continue; 2: cannot tell.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib.util
import os
import re
import secrets
import sys
import time
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
COSIGNATURE = 0x04
KEY_FILE = "witness.key"


def verifier() -> ModuleType:
    """The stand-alone verifier in the same folder: `yifa-verify.py` as shipped, `verify.py` in the sources."""
    for name in ("yifa-verify.py", "verify.py"):
        if (HERE / name).exists():
            spec = importlib.util.spec_from_file_location("yifa_verifier", HERE / name)
            assert spec and spec.loader
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise SystemExit("缺少 yifa-verify.py：请与本程序放在同一个文件夹")


V = verifier()


def ed25519_public(seed: bytes) -> bytes:
    return _encoded(V._times(_secret(seed)[0], V.BASE))


def ed25519_sign(seed: bytes, message: bytes) -> bytes:
    """RFC 8032, in plain Python: not in constant time, for a machine nobody else works on."""
    scalar, prefix = _secret(seed)
    public = _encoded(V._times(scalar, V.BASE))
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % V.ORDER
    commitment = _encoded(V._times(nonce, V.BASE))
    challenge = int.from_bytes(hashlib.sha512(commitment + public + message).digest(), "little") % V.ORDER
    return commitment + ((nonce + challenge * scalar) % V.ORDER).to_bytes(32, "little")


def _secret(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    return scalar, digest[32:]


def _encoded(point: tuple[int, int]) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def key_id(name: str, public: bytes) -> bytes:
    return V.sha256(name.encode() + b"\n" + bytes([COSIGNATURE]) + public)[:4]


def encoded_key(name: str, public: bytes) -> str:
    """The public key others check our cosignatures with: name, id in hex, base64 (C2SP)."""
    raw = base64.b64encode(bytes([COSIGNATURE]) + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{raw}"


def init(state: Path, name: str) -> str:
    """Make the key once. Raises CannotTell where there is one, or the name cannot stand in a signature line."""
    if not re.fullmatch(r"[^\s+]+", name):
        raise V.CannotTell("--name：名称里不能有空格和加号，例如 sfj.baodi/witness")
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    seed = secrets.token_bytes(32)
    try:
        handle = os.open(state / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise V.CannotTell(f"{state} 里已经有见证私钥，没有改动") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{name}\n{seed.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    return encoded_key(name, ed25519_public(seed))


def read_state(state: Path) -> tuple[str, bytes]:
    try:
        name, seed = (state / KEY_FILE).read_text(encoding="utf-8").split("\n")[:2]
        return name, bytes.fromhex(seed)
    except (OSError, ValueError) as error:
        raise V.CannotTell(f"{state} 里没有见证私钥。请先运行：witness.py init --name 名称") from error


def cosign(state: Path, folder: Path, log_key: str, now: int) -> Path:
    """Check and cosign `folder/checkpoint`; the file written beside it. Raises Broken, CannotTell."""
    name, seed = read_state(state)
    origin = log_key.strip().partition("+")[0]
    last = state / f"last-{V.sha256(origin.encode())[:8].hex()}.checkpoint"
    older = str(last) if last.exists() else ""
    try:
        V.verify_log(argparse.Namespace(source=str(folder), key=log_key, older=older))
    except V.DAMAGED as error:
        raise V.CannotTell(f"{folder} 不是日志，或者已损坏：{type(error).__name__} {error}") from error
    note = V.fetch("checkpoint", str(folder)).decode()
    text = note[: note.rindex("\n\n") + 1]
    signature = ed25519_sign(seed, f"cosignature/v1\ntime {now}\n{text}".encode())
    raw = key_id(name, ed25519_public(seed)) + now.to_bytes(8, "big") + signature
    cosigned = f"{note}— {name} {base64.b64encode(raw).decode()}\n"
    new = last.with_suffix(".new")
    new.write_text(note, encoding="utf-8")
    os.replace(new, last)
    target = folder / "checkpoint.cosigned"
    target.write_text(cosigned, encoding="utf-8")
    return target


def main(argv: list[str]) -> int:
    parser = V.Parser(prog="witness.py", description="见证：核对日志头并加签，不联网")
    parser.add_argument(
        "--state", type=Path, default=HERE / "witness-state", help="存放私钥和上次日志头的文件夹"
    )
    commands = parser.add_subparsers(dest="what", required=True)
    commands.add_parser("init", help="生成见证私钥").add_argument("--name", required=True, help="见证方名称")
    sign = commands.add_parser("sign", help="核对并加签")
    sign.add_argument("folder", type=Path, help="U 盘里的日志文件夹（有 checkpoint 和 tile）")
    sign.add_argument("--log-key", required=True, help="日志的验证公钥，第一次请当面取得")
    try:
        args: argparse.Namespace = parser.parse_args(argv)
        if args.what == "init":
            print(init(args.state, args.name))
        else:
            print(f"核对无误，已加签：{cosign(args.state, args.folder, args.log_key, int(time.time()))}")
        return 0
    except V.Broken as error:
        print(f"没有加签：{error}。请保留这个 U 盘并报告", file=sys.stderr)
        return 1
    except (V.CannotTell, OSError) as error:
        print(f"没有加签：{error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
