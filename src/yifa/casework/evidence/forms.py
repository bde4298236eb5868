"""What is typed beside the keys of the act: files, their form and source, a place in a recording, a link of custody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from yifa.casework.cases.forms import Control
from yifa.casework.cases.forms.typed import fault, half_width, tidy
from yifa.casework.evidence.actions import require_new
from yifa.casework.evidence.errors import AlreadyTaken, CannotTakeIn
from yifa.casework.evidence.models import COPY, FORMS, HANDED_OVER, INSPECTED, ORIGINAL, RETURNED
from yifa.casework.evidence.uploads import MOST, NO_ROOM, Arrived, damaged, keep, redeem, ticket

WORDS, NOTE = 2000, 200
FILES, AS_IS, STAGED = "files", "as_is", "staged"
LINKS = (HANDED_OVER, INSPECTED, RETURNED)
NO_FILE = "请选择文件。没有文件的证据（如物证），请在“取证”页记录。"
LONGEST_SECONDS = 24 * 3600


@dataclass
class Files:
    """The files of a form: those in order, with the ticket each is known by if the form comes back, and what is wrong."""

    arrived: list[Arrived] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    as_is: bool = False
    no_room: bool = False

    @property
    def damaged(self) -> list[Arrived]:
        return [one for one in self.arrived if not one.readable]

    @property
    def shown(self) -> list[tuple[Arrived, str]]:
        return list(zip(self.arrived, self.tickets, strict=True))


def read_files(request: HttpRequest, case_no: str) -> Files:
    """Every file of the form, new ones and those received already; faults in words. What is refused is not kept."""
    found, owner = Files(as_is=request.POST.get(AS_IS) == "yes"), f"{request.user.pk}/{case_no}"
    candidates: list[Arrived] = []
    for text in request.POST.getlist(STAGED)[:MOST]:
        again = redeem(text, owner)
        if again:
            candidates.append(again)
        else:
            found.faults.append(gettext("先前收到的文件已经过期，请重新选择。"))
    for sent in request.FILES.getlist(FILES)[: MOST + 1]:
        found.no_room = found.no_room or sent.fault == "no_room"
        try:
            candidates.append(keep(sent))
        except CannotTakeIn as error:
            found.faults.append(str(error))
    _sift(found, candidates, case_no)
    found.tickets = [ticket(one, owner) for one in found.arrived]
    if found.no_room:
        found.faults = [gettext(NO_ROOM)]
    elif not found.arrived and not found.faults:
        found.faults.append(gettext(NO_FILE))
    return found


def _sift(found: Files, candidates: Iterable[Arrived], case_no: str) -> None:
    """The same bytes twice, in the case or in the form, are said; a damaged file asks to be taken as it is."""
    for one in candidates:
        try:
            require_new(case_no, one)
        except AlreadyTaken as error:
            found.faults.append(str(error))
            continue
        if any(other.sha256 == one.sha256 for other in found.arrived):
            found.faults.append(gettext("“%(name)s”选了两次，只收一份。") % {"name": one.name})
        elif len(found.arrived) >= MOST:
            found.faults.append(gettext("一次最多收 %(most)s 个文件，其余的请另外提交。") % {"most": MOST})
            return
        else:
            found.arrived.append(one)
            if not one.readable and not found.as_is:
                found.faults.append(str(damaged(one)))


def read_words(
    typed: QueryDict, name: str, title: str, longest: int, problems: dict[str, str], *, needed: str = ""
) -> str:
    """A text; `needed`: what to say where it is missing."""
    text = tidy(typed.get(name, ""))
    wrong = fault(title, text, longest) or (gettext(needed) if needed and not text else "")
    if wrong:
        problems[name] = wrong
    return text


def read_choice(typed: QueryDict, name: str, known: Iterable[str], say: str, problems: dict[str, str]) -> str:
    value = typed.get(name, "")
    if value not in known:
        problems[name] = gettext(say)
    return value


def source_controls(typed: Mapping[str, Any], problems: Mapping[str, str]) -> list[Control]:
    """原件或复制件, and where the file comes from."""
    options = tuple((one, FORMS[one]) for one in (ORIGINAL, COPY))
    hint = "从哪里、由谁、用什么方法和设备取得；复制件写明原件存放在哪里"
    return [
        Control(
            "form", "原件或复制件", "radio", (str(typed.get("form", ORIGINAL)),), options, required=True, error=problems.get("form", "")
        ),
        Control("words", "来源和提取过程", "textarea", (str(typed.get("words", "")),), hint=hint, error=problems.get("words", "")),
    ]  # fmt: skip


def read_second(text: str) -> int:
    """0:41, 41, 1:02:03 in seconds, full-width signs too. Raises ValueError."""
    parts = half_width(text).replace("：", ":").split(":")
    if not 1 <= len(parts) <= 3 or not all(
        part.isascii() and part.isdigit() and len(part) <= 6 for part in parts
    ):
        raise ValueError(text)
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    if seconds > LONGEST_SECONDS or any(int(part) > 59 for part in parts[1:]):
        raise ValueError(text)
    return seconds


def clock_words(seconds: int) -> str:
    """41 → 00:41; 3723 → 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def size_words(count: int) -> str:
    """1,234,567 → 1.2 MB."""
    for unit, size in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return gettext("%(count)s 字节") % {"count": count}
