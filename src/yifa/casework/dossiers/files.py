"""Files of a case kept by other rooms (evidence): they register a source, the dossier asks all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from yifa.casework.cases.models import Case

CHUNK = 1 << 20


@dataclass(frozen=True)
class KeptFile:
    """A file of a piece of evidence. `source` finds it again (`evidence:…`); `evidence_id` as in the act
    `evidence_added`; `opened` opens its bytes. `rows`: the bound rows that vouch for it."""

    source: str
    evidence_id: str
    evidence_kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    opened: Callable[[], IO[bytes]] = field(repr=False)
    added_on: str = ""
    rows: tuple[Any, ...] = ()

    def chunks(self) -> Iterator[bytes]:
        with self.opened() as file:
            while part := file.read(CHUNK):
                yield part


Source = Callable[[Case], Iterable[KeptFile]]
SOURCES: list[Source] = []


def register_files(source: Source) -> None:
    """A room that keeps files of cases says how to get them: case → files, in a fixed order."""
    SOURCES.append(source)


def files_of(case: Case) -> list[KeptFile]:
    """All of them, in the order registered."""
    return [file for source in SOURCES for file in source(case)]
