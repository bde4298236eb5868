"""Before `yifa serve` and `yifa work` start: does the database still continue the log it signed?"""

from __future__ import annotations

import sys

from yifa.site.cli.errors import Refused


def look_first() -> None:
    """Erases again what a database put back by hand holds. Raises Refused (exit 1) where it was rolled back; a damaged log starts read-only and says so."""
    from django.db import transaction

    from yifa.ledger.boot import check_at_start
    from yifa.ledger.checkpoints import RolledBack
    from yifa.ledger.erasure import ErasureRefused, reapply

    try:
        why = check_at_start()
        if not why:
            with transaction.atomic():
                reapply()
    except (RolledBack, ErasureRefused) as refused:
        raise Refused(f"不能启动：{refused}", code=1) from refused
    if why:
        print(f"只读启动：{why}", file=sys.stderr, flush=True)
