"""Organs as other rooms need them."""

from __future__ import annotations

from yifa.ledger.prepared import Prepared
from yifa.registry.organs.models import Organ

ORGAN = Prepared(lambda code: Organ.objects.filter(code=code), str)


def organ_with(code: str) -> Organ:
    """The organ of this code. Raises Organ.DoesNotExist."""
    found = ORGAN(code)
    if not found:
        raise Organ.DoesNotExist(code)
    return found[0]
