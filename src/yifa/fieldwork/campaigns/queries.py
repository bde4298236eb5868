"""Campaigns as other rooms need them."""

from __future__ import annotations

from yifa.fieldwork.campaigns.models import Campaign


def campaign_names(organ_code: str) -> dict[str, str]:
    """Code -> name, in order of the code. One query."""
    return dict(Campaign.objects.filter(organ_id=organ_code).order_by("code").values_list("code", "name"))
