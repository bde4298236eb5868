"""Who may log in and stay in. A suspended account with the right password is told so; its sessions end."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from yifa.registry.organs.models import Organ
from yifa.site.accounts.models import User


def real_organs_here() -> bool:
    """Whether the database holds an organ that is no demonstration."""
    return Organ.objects.filter(demo=False).exists()


class AccountBackend(ModelBackend):
    """The form says why an account may not be used; here only the password is compared."""

    def user_can_authenticate(self, user: User) -> bool:
        return True

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with organ and person; None ends the session."""
        user = User.objects.select_related("organ", "person").filter(pk=user_id).first()
        if user is None or not user.is_active or not user.granted:
            return None
        return None if user.demo and real_organs_here() else user
