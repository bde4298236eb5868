"""Sessions in the database, as Django keeps them; read by a statement that is built once, since every page asks."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from yifa.ledger.prepared import Prepared

SESSION = Prepared(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(db.SessionStore):
    """The database store of Django; a session whose end has come is as unknown as none."""

    def _get_session_from_db(self) -> Session | None:
        found = SESSION(self.session_key)
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None
