"""Audio-visual recordings from the docking station (执法记录), APL art. 47."""

from django.db import models

from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


@bound(
    "recording",
    key=lambda recording: f"{recording.organ_id}/{recording.number}",
    legal=(
        "organ_id",
        "number",
        "case_number",
        "inspection_number",
        "step",
        "device",
        "officers",
        "started_at",
        "seconds",
        "bytes",
        "sha256",
        "retention",
    ),
    technical=("id",),
)
class Recording(OrganOwned):
    """Recording (音像记录). `retention` is `permanent` or a number of days; which act it shows is said above."""

    number = models.CharField(max_length=60)
    case_number = models.CharField(max_length=100, blank=True)
    inspection_number = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=60)
    officers = models.CharField(max_length=400)
    started_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    retention = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="recording_number")]
        indexes = [models.Index(fields=["organ", "retention", "started_at"], name="recording_started")]
