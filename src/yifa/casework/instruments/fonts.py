"""Which fonts papers are set in: YIFA_FONTS, then open fonts of the system, then open ones a package carries.

Only files named here are loaded from a shared folder: what lies beside them may be proprietary.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from yifa.casework.instruments.errors import NoFonts

OPEN = re.compile(
    r"(?:Noto(?:Serif|Sans)(?:CJK|SC)[\w.-]*|SourceHan(?:Serif|Sans)[\w.-]*|Fandol\w+-\w+|LXGWWenKai[\w-]*)\.(?:ttc|otf|ttf)",
    re.IGNORECASE,
)
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
)
FILES = (".ttc", ".otf", ".ttf")
PACKAGE = "mplfonts"


def font_files(chosen: str) -> list[Path]:
    """The files to load; `chosen` is YIFA_FONTS, folders divided as in PATH. Raises NoFonts."""
    own = [
        path
        for folder in filter(None, chosen.split(os.pathsep))
        for path in sorted(Path(folder).rglob("*"))
        if path.suffix.lower() in FILES
    ]
    shared = [*_open(*map(Path, FOLDERS))] or [*_open(*_packaged())]
    by_name = {path.name: path for path in [*shared, *own]}
    if not by_name:
        raise NoFonts("没有找到可用的中文字体。请安装 fonts-noto-cjk，或者用 YIFA_FONTS 指明字体文件夹")
    return list(by_name.values())


def gathered(files: list[Path]) -> TemporaryDirectory[str]:
    """A folder with links to these files and to nothing else; it lives as long as the object."""
    folder = TemporaryDirectory(prefix="yifa-fonts-")
    for path in files:
        os.symlink(path.resolve(), Path(folder.name) / path.name)
    return folder


def _open(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if OPEN.fullmatch(path.name))


def _packaged() -> list[Path]:
    found = importlib.util.find_spec(PACKAGE)
    return [Path(place) for place in (found.submodule_search_locations or [])] if found else []
