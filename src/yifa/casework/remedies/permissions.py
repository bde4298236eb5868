"""Who may take a pack of a case away: about the person; reach is asked of every address before."""

from __future__ import annotations

from collections.abc import Collection

PACKERS = frozenset("handler head reviewer committee counsel supervisor archivist".split())
ONLY = "材料包由承办人、负责人、法制审核人员、法律顾问、监督和档案人员下载。需要时请联系承办人。"


def refusal(roles: Collection[str]) -> str:
    """Why these roles may not; empty where they may."""
    return "" if PACKERS & set(roles) else ONLY
