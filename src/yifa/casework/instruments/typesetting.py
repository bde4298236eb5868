"""From a paper to PDF/A: one resident compiler a process, no network, the same paper gives the same bytes."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils.translation import gettext

from yifa.casework.instruments.errors import CannotTypeset, MissingGlyph
from yifa.casework.instruments.fonts import font_files, gathered

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARD = "a-3b"
GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_turn = Lock()


def pdf(paper: Mapping[str, Any], dated: date) -> bytes:
    """PDF/A-3b of a paper (see papers.py). Raises MissingGlyph naming the character, NoFonts, CannotTypeset."""
    data = json.dumps(paper, ensure_ascii=False, sort_keys=True)
    try:
        with _turn:
            made = _compiler().compile(
                format="pdf",
                sys_inputs={"paper": data},
                pdf_standards=[STANDARD],
                timestamp=(dated - date(1970, 1, 1)).days * 86_400,
            )
    except typst.TypstError as error:
        raise _refusal(str(error)) from error
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> Any:
    return gathered(font_files(os.environ.get("YIFA_FONTS", "")))


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[_fonts().name], ignore_system_fonts=True
    )


def _refusal(message: str) -> Exception:
    found = GLYPH.search(message)
    if not found:
        return CannotTypeset(gettext("文书没有排成：%(why)s") % {"why": message.splitlines()[0]})
    names = "、".join(
        f"“{char}”（U+{ord(char):04X} {unicodedata.name(char, '未命名')}）"
        for char in dict.fromkeys(found[1])
    )
    return MissingGlyph(
        gettext("现有字体里没有这个字：%(names)s。请改用别的字，或者在 YIFA_FONTS 中增加含有这个字的字体")
        % {"names": names}
    )
