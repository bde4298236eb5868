"""How wide the columns of a table of a paper are: the same in PDF and DOCX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NARROW = frozenset(
    "序号 数量 是否办理 是否采纳 表决 份数 页数 页码 编号 结论 送达方式 处理方式 取得日期 送达日期 缴款日期 日期".split()
)
"""As wide as what stands in them."""
WORDY = frozenset("问 答 内容 意见 说明 理由 核查情况 证明目的 处理结果 材料名称 审核事项 法定事项".split())
"""Sentences: wide, and set to the left."""
WIDE = WORDY | {"文书", "文号"}


def laid(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block with the shares of its columns (0: as wide as its contents) and which are sentences."""
    if block["kind"] != "table":
        return dict(block)
    columns: Sequence[str] = block["columns"]
    return {
        **block,
        "shares": [_share(name) for name in columns],
        "left": [name in WORDY for name in columns],
    }


def _share(name: str) -> float:
    return 0.0 if name in NARROW else 2.0 if name in WIDE else 1.15
