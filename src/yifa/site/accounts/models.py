"""Log-ins, and what somebody was typing when the session ended. A user acts as a person of an organ's register."""

from __future__ import annotations

import json

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from yifa.ledger.bound import BoundModel, bound

# What a session was given on: where one of these changes, the session ends at its next request.
GRANTS = ("password", "is_active", "granted", "roles", "reach", "seen_organs", "second_factor")


@bound(
    "account",
    key=lambda user: str(user.pk),
    legal=(
        "organ_id",
        "person_id",
        "roles",
        "roles_asked",
        "granted",
        "reach",
        "seen_organs",
        "second_factor",
        "must_change_password",
        "is_active",
        "is_staff",
        "is_superuser",
        "demo",
    ),
    personal=("username", "first_name", "last_name", "email"),
    technical=("id", "password", "last_login", "date_joined"),
)
class User(BoundModel, AbstractUser):
    """A log-in (账号) of one organ, tied to a person of its register where the user is staff.

    `roles` and `roles_asked` are `|head|committee|`; an account not `granted` (未授权) waits for the security
    administrator; `reach` (可见范围) is organ, unit or assigned; `seen_organs` names further organs for a supervisor.
    """

    organ = models.ForeignKey(
        "organs.Organ", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    roles = models.CharField(max_length=200, blank=True)
    roles_asked = models.CharField(max_length=200, blank=True)
    granted = models.BooleanField(default=True)
    reach = models.CharField(max_length=10, default="organ")
    seen_organs = models.CharField(max_length=400, blank=True)
    second_factor = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)

    def role_keys(self) -> list[str]:
        return [key for key in self.roles.split("|") if key]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django ends a session whose hash is no longer this one."""
        values = json.dumps([getattr(self, name) for name in GRANTS])
        return salted_hmac(
            "yifa.site.accounts.session", values, secret=secret, algorithm="sha256"
        ).hexdigest()


class KeptTyping(models.Model):
    """A form posted after its session had ended: kept a day for its owner, never recorded.

    One browser keeps several, each under the address it was sent to; `token` names the row on its page.
    """

    token = models.CharField(max_length=64, primary_key=True)
    browser = models.CharField(max_length=64, default="")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=400)
    fields = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "path"], name="kept_of_owner")]
