"""What the record format says against an act, in Chinese and beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext

from yifa.casework.cases.forms.controls import label_of

PATH = re.compile(r"events\[\d+\]\.(?P<name>\w+)(?P<inner>\S*): (?P<what>.*)")
WORDS = (
    ("is missing", "请填写“{label}”。"),
    ("appears twice", "“{label}”已经用过，请换一个。"),
    ("needs case_reopened first", "案件已经归档，请先恢复办理。"),
    ("is before from_on", "止日早于起日，请核对。"),
    ("nothing is open", "没有还在进行的登记保存或者查封扣押。"),
    ("is not an id ordered before", "“{label}”不是本案已有的编号，请核对。"),
    ("is not an id in people", "“{label}”不是本机关的人员，请重新选择。"),
)
OTHERWISE = "“{label}”不符合要求，请核对。"


def from_record(problems: Iterable[str]) -> dict[str, str]:
    """Control name → message; what names no key of the act stands under the name `act`."""
    found: dict[str, str] = {}
    for line in problems:
        match = PATH.fullmatch(line)
        if match is None:
            found["act"] = gettext("这条记录不符合记录格式：%(line)s") % {"line": line}
            continue
        name = match["name"]
        words = next((words for sign, words in WORDS if sign in match["what"]), OTHERWISE)
        found[name] = gettext(words).format(label=gettext("环节") if name == "kind" else label_of(name))
    return found
