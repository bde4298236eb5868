"""The plan of the house as these tests read it: wings from top to bottom, rooms, tracked files."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "yifa"
# Layer order, bottom first; wings with the same number may not import each other.
LAYERS = {
    "law": 0,
    "proof": 1,
    "ledger": 2,
    "listing": 2,
    "registry": 3,
    "jobs": 4,
    "fieldwork": 5,
    "casework": 6,
    "openness": 7,
    "governance": 8,
    "intake": 9,
    "reports": 9,
    "site": 10,
}
WINGS_WITH_ROOMS = ("registry", "fieldwork", "casework", "openness", "governance", "reports", "intake")
# Rooms that are a wing of their own, and the rooms of site that are apps.
SINGLE_ROOMS = (
    "law",
    "proof",
    "ledger",
    "listing",
    "jobs",
    "site",
    "site/accounts",
    "site/jobs",
    "site/erasures",
    "site/access",
)


def wing_of(module: str) -> str:
    """The wing of a dotted name: yifa.casework.cases.models → casework."""
    return module.split(".")[1]


@cache
def rooms() -> tuple[Path, ...]:
    """Folders of all rooms, whether or not they are Django apps."""
    found = [SOURCE / name for name in SINGLE_ROOMS]
    for wing in WINGS_WITH_ROOMS:
        found += [path for path in sorted((SOURCE / wing).iterdir()) if (path / "__init__.py").exists()]
    return tuple(found)


@cache
def tracked() -> tuple[Path, ...]:
    """Files under version control or about to be (not ignored), that exist."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def python_files(below: Path = SOURCE) -> tuple[Path, ...]:
    return tuple(path for path in tracked() if path.suffix == ".py" and path.is_relative_to(below))


def dotted(path: Path) -> str:
    """Module name of a source file: …/src/yifa/law/check.py → yifa.law.check."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
