"""Who may log in and stay in. A suspended account with the right password is told so; its sessions end."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from yifa.ledger.prepared import Prepared
from yifa.registry.organs.models import Organ
from yifa.site.accounts.models import User

# asked for by every page of somebody logged in
USER = Prepared(lambda pk: User.objects.select_related("organ", "person").filter(pk=pk), int)
REAL_ORGAN = Prepared(lambda: Organ.objects.filter(demo=False).values_list("code")[:1])


def real_organs_here() -> bool:
    """Whether the database holds an organ that is no demonstration."""
    return bool(REAL_ORGAN())


class AccountBackend(ModelBackend):
    """The form says why an account may not be used; here only the password is compared."""

    def user_can_authenticate(self, user: User) -> bool:
        return True

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with organ and person; None ends the session."""
        user = next(iter(USER(int(user_id))), None)
        if user is None or not user.is_active or not user.granted:
            return None
        return None if user.demo and real_organs_here() else user
