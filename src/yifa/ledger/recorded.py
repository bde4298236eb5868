"""What the log says every row should be: the latest digest per row, kept on disk so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Recorded:
    """The latest entry that recorded a row: its place in the log and the row digest (hex)."""

    name: str
    idx: int
    digest: str


class RecordedRows:
    """Latest recording per row name, in a temporary file that vanishes with this object. Use as a context."""

    def __init__(self) -> None:
        self.file = sqlite3.connect("", isolation_level=None)
        self.file.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
            "CREATE TABLE row (name TEXT PRIMARY KEY, idx INTEGER, digest TEXT, agency TEXT) WITHOUT ROWID;"
            "CREATE TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN"
        )

    def __enter__(self) -> RecordedRows:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def note(self, rows: Iterable[tuple[str, int, str, str]]) -> None:
        """Row name, index, digest, organ. Later recordings of a row replace earlier ones: call in the order of the log."""
        self.file.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?)", rows)

    def find(self, name: str) -> Recorded | None:
        """The recording of a row that was found in the database; None where the log never recorded it."""
        row = self.file.execute("SELECT name, idx, digest FROM row WHERE name = ?", (name,)).fetchone()
        return row and Recorded(*row)

    def saw(self, name: str) -> bool:
        """This row is in the database. False: another row of the same name was there already."""
        return self.file.execute("INSERT OR IGNORE INTO seen VALUES (?)", (name,)).rowcount == 1

    def unseen(self, table: str, agency: str = "") -> Iterator[Recorded]:
        """Rows of a table (and of one organ) that were recorded and are not in the database, in the order of the log."""
        found = self.file.execute(
            "SELECT name, idx, digest FROM row WHERE name >= ? AND name < ? AND (? = '' OR agency = ?)"
            " AND name NOT IN (SELECT name FROM seen) ORDER BY idx",
            (f"{table}:", f"{table};", agency, agency),
        )
        return (Recorded(*row) for row in found)
