"""Campaigns as other rooms need them."""

from __future__ import annotations

from yifa.fieldwork.campaigns.models import Campaign
from yifa.ledger.prepared import Prepared

NAMES = Prepared(
    lambda organ: Campaign.objects.filter(organ_id=organ).order_by("code").values_list("code", "name"), str
)


def campaign_names(organ_code: str) -> dict[str, str]:
    """Code -> name, in order of the code. One query."""
    return dict(NAMES(organ_code))
