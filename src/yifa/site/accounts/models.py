"""Log-ins. A user acts as a person of an organ; the person's register carries roles and certificates."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A log-in (账号) of one organ, tied to a person of its register where the user is staff."""

    organ = models.ForeignKey(
        "organs.Organ", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    roles = models.CharField(max_length=200, blank=True)
    demo = models.BooleanField(default=False)
