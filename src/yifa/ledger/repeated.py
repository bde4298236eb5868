"""Was this row written a moment ago? Going back in the browser brings a fresh form with the old typing; sent once more it is
the same row twice. It is refused once and said; who really means another one sends it again."""

from __future__ import annotations

from yifa.ledger.bound import BINDINGS, BoundModel
from yifa.ledger.clock import SHANGHAI

# Given anew with every row.
FRESH = ("no", "serial")


class Repeated(Exception):
    """Nothing was written: the newest row says the same. `key` names that row; sent along, another one is meant."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def require_not_repeated(
    made: BoundModel,
    newest: BoundModel | None,
    *,
    written: str,
    again: str = "",
    besides: tuple[str, ...] = (),
) -> None:
    """Raises Repeated where `newest` was written on the same day and says what `made` says, unless `again` names it.

    `written`: the column of the moment of writing. `besides`: further columns that say nothing of their own.
    """
    if newest is None:
        return
    binding = BINDINGS[type(made)]
    told = set(binding.legal + binding.personal) - {*FRESH, written, *besides}
    days = {getattr(one, written).astimezone(SHANGHAI).date() for one in (made, newest)}
    same = len(days) == 1 and all(getattr(made, name) == getattr(newest, name) for name in told)
    key = f"{binding.table}:{binding.key(newest)}"
    if same and again != key:
        raise Repeated(key)
