"""The paragraphs of a DOCX, read with the standard library alone and within limits: no entities, no bombs."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from yifa.law.sources.errors import UnreadableText

BODY = "word/document.xml"
LIMIT = 16 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paragraphs(data: bytes) -> list[str]:
    """The text of each paragraph, in order. Raises UnreadableText for what is no DOCX or goes past the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if book.getinfo(BODY).file_size > LIMIT:
                raise UnreadableText("DOCX 的正文过大（超过16 MB），不读取")
            with book.open(BODY) as stream:
                xml = stream.read(LIMIT + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableText("不是 DOCX 文件，或者已经加密、损坏") from error
    if len(xml) > LIMIT:
        raise UnreadableText("DOCX 的正文过大（超过16 MB），不读取")
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml[:200]:
        raise UnreadableText("DOCX 的正文含有实体定义，不读取")
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise UnreadableText("DOCX 的正文不是完整的 XML") from error
    return [_text(paragraph) for paragraph in root.iter(f"{W}p")]


def _text(paragraph: ElementTree.Element) -> str:
    parts = []
    for node in paragraph.iter():
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{W}tab", f"{W}br"):
            parts.append(" ")
    return "".join(parts)
