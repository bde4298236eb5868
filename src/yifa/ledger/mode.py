"""Read-only mode: nothing is written while the log does not agree with itself. A file in YIFA_HOME says so, and why.

Web, worker and commands all see it. What the check at the start found goes when that check finds nothing; what a full
verification found reaches further back and outlives restarts until `yifa verify state` finds nothing.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from yifa.ledger import clock

FULL = "全面核验发现："


class IntegrityBroken(Exception):
    """Nothing is written, and why, in Chinese for those who work here."""

    code = "integrity_broken"


def file() -> Path:
    return settings.HOME / "read-only"


def reason() -> str:
    """Why nothing may be written; empty where everything may."""
    try:
        return file().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def set_reason(why: str) -> None:
    """Enter read-only mode, or leave it with an empty reason."""
    if why:
        file().write_text(why + "\n", encoding="utf-8")
    else:
        file().unlink(missing_ok=True)


def require_writable() -> None:
    """Raises IntegrityBroken, also while the host's clock stands before what it showed already."""
    why = reason()
    if why:
        raise IntegrityBroken(why)
    if back := clock.went_back():
        raise IntegrityBroken(
            f"服务器时钟倒退了 {back.total_seconds():.0f} 秒：暂停写入，以免记录的时间颠倒。请系统管理员校准时钟，走到原来的时刻后自动恢复"
        )
