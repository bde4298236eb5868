"""`python -m tests.house.permissions --write` writes `permissions.tsv` anew. Read its diff: every cell is a decision."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("permissions.tsv")
WRITE = "YIFA_WRITE_PERMISSIONS"


def main() -> int:
    """0 when the table was written."""
    if sys.argv[1:] != ["--write"]:
        print("python -m tests.house.permissions --write", file=sys.stderr)
        return 2
    os.environ[WRITE] = "yes"
    return int(pytest.main(["-q", str(GOLDEN.with_name("test_permission_matrix.py"))]))


if __name__ == "__main__":
    sys.exit(main())
