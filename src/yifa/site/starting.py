"""Before the first request of `yifa serve`: the log agrees with what was signed, and what was erased stays erased."""

from __future__ import annotations

from django.db import transaction

from yifa.ledger.boot import check_at_start
from yifa.ledger.checkpoints import RolledBack
from yifa.ledger.erasure import ErasureRefused, reapply
from yifa.ledger.mode import reason
from yifa.site.cli.errors import Refused


def ready_to_serve() -> list[str]:
    """Sentences for the terminal. Raises Refused where nothing may be served from this database."""
    try:
        check_at_start()
        why = reason()
        if why:
            return [why]
        with transaction.atomic():
            again = len(reapply())
    except (RolledBack, ErasureRefused) as refused:
        raise Refused(str(refused), code=1) from refused
    return [f"已再次删除恢复出来的个人信息 {again} 项"] if again else []
