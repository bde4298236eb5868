"""When a step was begun or done, in the reader's language: the law writes it in Chinese."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import get_language, gettext

# 年, 月, 日, then 开始 or 退回: escaped, for a pattern is no message to translate
NOTE = re.compile(r"(\d+)\u5e74(\d+)\u6708(\d+)\u65e5(\u5f00\u59cb|\u9000\u56de)?")


def note_words(note: str) -> str:
    """On an English page the day as it stands elsewhere on that page, and what began or was returned."""
    found = NOTE.fullmatch(note)
    if found is None or get_language() != "en":
        return note
    day = date(*map(int, found.groups()[:3])).isoformat()
    if found[4] is None:
        return day
    return (gettext("%(day)s开始") if found[4] == "开始" else gettext("%(day)s退回")) % {"day": day}
