"""Knowing who is signed in, at each request anew and with little work: the session and the person behind it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared

FIELDS = tuple(field.attname for field in User._meta.concrete_fields)


class SessionStore(InDatabase):
    """A session kept in the database."""

    def load(self) -> dict[str, Any]:
        """Read what the session holds; one that ended or was revoked holds nothing."""
        rows = _session(self.session_key or "", timezone.now())
        if rows:
            held: dict[str, Any] = self.decode(rows[0][0])
            return held
        self._session_key = None
        return {}


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in by their e-mail address."""

    def get_user(self, user_id: Any) -> User | None:
        """Give the person whom a session names, unless they have left."""
        rows = _user(user_id)
        if not rows:
            return None
        user = User.from_db("default", FIELDS, rows[0])
        return user if user.is_active else None


@Prepared
def _session(key: str, now: Any) -> Any:
    """What a session holds, as it is kept."""
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


@Prepared
def _user(pk: Any) -> Any:
    """Every column of somebody who signs in."""
    return User.objects.filter(pk=pk).values_list(*FIELDS)
