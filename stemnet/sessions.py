"""Django's sessions in the database, with fewer statements for a new one."""

from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils.crypto import get_random_string

KEY_LENGTH = 32


class SessionStore(InDatabase):
    """A new session, also the one that signing in begins, is written once, when the answer goes out.

    Django looks first whether 32 random characters are taken, writes the row, and writes it again. Here the
    one write fails where they are taken.
    """

    is_new = False

    def _get_new_session_key(self) -> str:
        return get_random_string(KEY_LENGTH, VALID_KEY_CHARS)

    def create(self) -> None:
        """Begin a session under a new key."""
        self._session_key = self._get_new_session_key()
        self._session_cache: dict[str, Any] = getattr(self, "_session_cache", {})
        self.modified = self.is_new = True

    def save(self, must_create: bool = False) -> None:
        """Write it. Raises CreateError where a new one finds its key taken."""
        if self.session_key is None:
            self.create()
        super().save(must_create=must_create or self.is_new)
        self.is_new = False

    def delete(self, session_key: str | None = None) -> None:
        """Forget it."""
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=key).delete()
