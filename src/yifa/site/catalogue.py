"""The English catalogue: compiled from `django.po` beside it, without gettext on the machine. The .mo is not kept in git."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def stale(source: Path = SOURCE) -> bool:
    """Is there no compiled catalogue, or an older one?"""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_catalogue(source: Path = SOURCE) -> Path:
    """Write the .mo in one move, so that nobody reads half of it. Returns its path."""
    content = polib.pofile(str(source)).to_binary()
    handle, name = tempfile.mkstemp(dir=source.parent, suffix=".mo")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    return Path(name).replace(source.with_suffix(".mo"))


def keep_fresh() -> None:
    """At start-up. Where the installation may not be written to, pages under /en/ stay as they were compiled."""
    try:
        if stale():
            compile_catalogue()
    except OSError as error:
        print(
            f"英文目录没有编译：{error}。英文页面可能显示中文；请在安装时运行 tools/link.py", file=sys.stderr
        )
