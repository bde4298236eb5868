"""The package of a dossier: which files a BagIt bag holds, and the ZIP of it as a stream. Spec: docs/spec/dossier.md.

Everything in it is fixed: stored without compression, one date, the order of the list.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from yifa.casework.dossiers.cover import catalogue_csv, catalogue_html, cover_pdf
from yifa.casework.dossiers.errors import FileAltered, NotArchived
from yifa.casework.dossiers.queries import Dossier
from yifa.ledger.bundle import settled_bundle
from yifa.ledger.checkpoints import verifier_keys
from yifa.ledger.clock import SHANGHAI
from yifa.proof import verify

FORMAT = "yifa-dossier/1"
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
TAGS, MANIFEST = "tagmanifest-sha256.txt", "manifest-sha256.txt"
README = "请先阅读.txt"
NOT_ARCHIVED = gettext_noop("本案还没有归档，没有可以封存的案卷。请先办理结案和归档。")


@dataclass(frozen=True)
class Packed:
    """A file of the bag: made now (`data`), or kept elsewhere (`source`)."""

    path: str
    sha256: str
    size: int
    data: bytes | None = None
    source: str = ""


def made(path: str, data: bytes | str) -> Packed:
    raw = data.encode() if isinstance(data, str) else data
    return Packed(path, hashlib.sha256(raw).hexdigest(), len(raw), raw)


def bag_of(found: Dossier) -> tuple[list[Packed], int]:
    """Every file of the bag in the order of the ZIP, and the size of the log its proofs stand in.

    Raises NotArchived, SigningRefused.
    """
    if found.archived is None:
        raise NotArchived(NOT_ARCHIVED)
    on = found.archived.at.astimezone(SHANGHAI).date()
    papers = [paper for paper, _ in found.papers.values()]
    rows = [found.case, *found.acts, *papers, *(row for file in found.files for row in file.rows)]
    proofs, head_size = settled_bundle(f"case:{found.case.no}", rows)
    payload = [
        made("data/000-cover.pdf", cover_pdf(found, on)),
        made("data/catalogue.csv", catalogue_csv(found)),
        made("data/catalogue.html", catalogue_html(found)),
        made("data/record.json", spelt(found.record)),
        made("data/bundle.json", spelt(proofs)),
        *(Packed(entry.path, entry.sha256, entry.size, None, entry.source) for entry in found.entries),
        *(made(f"data/verify{kind}", Path(verify.__file__).with_suffix(kind).read_bytes()) for kind in (".py", ".html")),
    ]  # fmt: skip
    return with_tags(found, payload, on, head_size), head_size


def spelt(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def with_tags(found: Dossier, payload: list[Packed], on: date, head_size: int) -> list[Packed]:
    """The bag files of RFC 8493 around the payload."""
    case = found.case
    info = {
        "Source-Organization": case.organ.name,
        "External-Identifier": f"{case.organ_id}/{case.no}",
        "External-Description": f"{case.number} {case.party_name}",
        "Bagging-Date": on.isoformat(),
        "Payload-Oxum": f"{sum(file.size for file in payload)}.{len(payload)}",
        "Yifa-Format": FORMAT,
        "Yifa-Log-Size": str(head_size),
    }
    tags = [
        made(
            "bagit.txt",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        ),
        made("bag-info.txt", "".join(f"{name}: {one_line(value)}\n" for name, value in info.items())),
        made(README, read_me(found, head_size)),
        made(MANIFEST, listed(payload)),
    ]
    return [tags[0], made(TAGS, listed(tags)), *tags[1:], *payload]


def one_line(words: str) -> str:
    return " ".join(words.split())


def listed(files: Iterable[Packed]) -> str:
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)


def read_me(found: Dossier, head_size: int) -> str:
    """The first thing whoever opens the package reads."""
    keys = "\n".join(f"  {key}" for key in verifier_keys())
    return f"""案卷电子包　{found.case.number}
{found.case.organ.name}

一、里面有什么
  data/000-cover.pdf    案卷封面、卷内目录、备考表
  data/catalogue.html   卷内目录，用浏览器打开，可以点开每一件（catalogue.csv 是同样的表格）
  data/papers/          已经用印的文书，与送达当事人的文件完全相同
  data/evidence/        证据文件，原样保存
  data/record.json      办案记录（yifa-record/1），每一个环节按发生的先后
  data/bundle.json      存证：上述记录在执法日志中的证明（日志前 {head_size} 条）
  data/verify.py        独立核验程序，只用 Python 标准库，不需要本系统
  data/verify.html      同样的核验，用浏览器打开，不联网；在其中选择本电子包（ZIP）

二、怎样核验
  1. 从本机关的公示或者见证方取得验证公钥。本文件末尾也写有公钥，但是
     与案卷来自同一双手的公钥不能证明什么，请与公示的核对。
  2. 在本文件夹中执行（Windows 上用 py 代替 python3）：
       python3 data/verify.py dossier . --key 公钥
     它核对：每个文件与清单一致，没有多、没有少；记录确在签名的日志中；
     每件文书就是用印时存证的那个文件；record.json 与日志中的记录一致。
     不会用命令的，用浏览器打开 data/verify.html，填公钥，选择 ZIP 文件。
  3. 只核验存证：python3 data/verify.py bundle data/bundle.json --key 公钥

三、验证公钥（第一行 SHA-256，第二行 SM3）
{keys}

电子包内有个人信息，请按档案和保密的规定保管。
"""


class Sink:
    """What a ZIP is written to: it keeps the bytes until they are taken."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        found, self.parts = b"".join(self.parts), []
        return found


def zipped(folder: str, files: Iterable[tuple[Packed, Iterable[bytes]]]) -> Iterator[bytes]:
    """The ZIP of these files below `folder`, piece by piece. Raises FileAltered where bytes are not those registered."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for file, chunks in files:
            told = zipfile.ZipInfo(f"{folder}/{file.path}", FIXED_DATE)
            told.create_system, told.external_attr, told.file_size = 3, 0o100644 << 16, file.size
            seen, size = hashlib.sha256(), 0
            with archive.open(told, "w", force_zip64=file.size > 1 << 30) as out:
                for chunk in chunks:
                    seen.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                    yield sink.taken()
            if (seen.hexdigest(), size) != (file.sha256, file.size):
                raise FileAltered(f"{file.path} 与登记的内容不一致，案卷没有导出完。请执行 yifa verify state")
    yield sink.taken()
