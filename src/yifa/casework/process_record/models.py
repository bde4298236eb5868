"""Which recording shows which act (全过程记录), APL art. 47."""

from django.db import models

from yifa.casework.cases.models import Act
from yifa.fieldwork.recordings.models import Recording
from yifa.ledger.bound import BoundModel, bound


@bound(
    "recording_link",
    key=lambda link: f"{link.organ_id}/{link.recording_id}",
    legal=("organ_id", "recording_id", "act_id"),
    technical=("id",),
)
class RecordingLink(BoundModel):
    """A recording tied to the act `recording_linked` that entered it into the case."""

    organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    recording = models.OneToOneField(Recording, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
