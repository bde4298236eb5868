"""Style sheets and scripts: their addresses change with their content, so a browser keeps them and asks for a changed one at once."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class Versioned(StaticFilesStorage):
    """`/static/yifa/tokens.css?v=1f0c2a9e4b7d`; the file stays where it is, and is read once a process."""

    def url(self, name: str) -> str:
        return f"{super().url(name)}{_version(name)}"


@lru_cache(maxsize=256)
def _version(name: str) -> str:
    path = finders.find(name)
    if path is None:
        return ""
    with open(path, "rb") as file:
        return f"?v={hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"
