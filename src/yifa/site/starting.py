"""Before `yifa serve` and `yifa work` start: does the database still continue the log it signed?"""

from __future__ import annotations

import sys

from yifa.site.cli.errors import Refused


def look_first() -> None:
    """Raises Refused (exit 1) where the database was rolled back; a damaged log starts read-only and says so."""
    from yifa.ledger.boot import check_at_start
    from yifa.ledger.checkpoints import RolledBack

    try:
        why = check_at_start()
    except RolledBack as refused:
        raise Refused(f"不能启动：{refused}", code=1) from refused
    if why:
        print(f"只读启动：{why}", file=sys.stderr, flush=True)
