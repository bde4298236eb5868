"""A paper as data: the one thing PDF, DOCX and preview are made from."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import segno

from yifa.casework.instruments.codes import code_of
from yifa.casework.instruments.columns import laid
from yifa.law.forms.composing import compose, day_words
from yifa.law.forms.definitions import Definition, sign_words
from yifa.law.forms.language import Line
from yifa.ledger.document import Proof

DEMO_RING = "演示用章"
NO_PROOF = {"qr": "", "words": [], "data": ""}


def paper(
    *,
    kind: Definition,
    lines: tuple[Line, ...],
    values: Mapping[str, Any],
    organ: str,
    number: str = "",
    dated: date | None = None,
    draft: bool = True,
    fate: str = "",
    demo: bool = False,
    proof: Proof | None = None,
) -> dict[str, Any]:
    """Everything a paper shows. A draft carries the watermark, a ring only a sealed paper of a
    demonstration; `fate`: what became of a sealed paper."""
    words = sign_words()
    return {
        "title": kind.title(values),
        "organ": organ,
        "number": number,
        "layout": kind.layout,
        "compact": kind.compact,
        "foot": "　".join([*copies(kind.copies), *(f"待核实：{one}" for one in kind.checks if draft)]),
        "draft": draft,
        "mark": "草稿" if draft else fate,
        "blocks": [laid(block) for block in compose(lines, values)],
        "each_page": kind.layout == "record" and bool({"party", "asked"} & set(kind.sign)),
        "signs": [signed(words[key], kind) for key in kind.sign if key != "seal"],
        "seal": {
            "show": kind.sealed,
            "organ": organ,
            "date": day_words(dated) if dated else "",
            "ring": DEMO_RING if demo and not draft else "",
        },
        "proof": proved(proof) if proof else NO_PROOF,
    }


def copies(count: int) -> list[str]:
    """How many there are, where there is more than one."""
    return [f"本文书一式{'零一二三四五六七八九'[count]}份"] if count > 1 else []


def signed(words: str, kind: Definition) -> str:
    """A paper that goes out carries the signature of the head, not an opinion."""
    return words.replace("意见、", "") if kind.outward else words


def proved(proof: Proof) -> dict[str, Any]:
    """The square and the lines at the foot of a paper that carries its proof."""
    drawn = io.BytesIO()
    segno.make(proof.square(), error="l", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    root = proof.root[:32]
    return {
        "qr": drawn.getvalue().decode(),
        "words": [
            f"本文书已在执法日志（{proof.origin}）中存证，第 {proof.index} 条。",
            f"日志长度 {proof.size}，树根前 16 字节 {' '.join(root[i : i + 4] for i in range(0, 32, 4))}",
            f"内容摘要 {' '.join(proof.content[i : i + 8] for i in range(0, 64, 8))}",
            f"核验码 {code_of(proof.content)}：在 {proof.origin.partition('/')[0]}/v/ 输入，可以核对文书的真伪和是否有效。",
            "二维码含条目序号、内容摘要和包含证明；本文件附有同样的凭证，任何人可以独立核验。",
        ],
        "data": proof.attached(),
    }
