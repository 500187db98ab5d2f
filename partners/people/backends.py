"""Who is signed in, read at once: the login, its person and the groups of both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as OfAllauth
from django.db.models import F

from partners.models import User


class AuthenticationBackend(OfAllauth):  # type: ignore[misc]
    """Signs in as allauth does, and reads on each page in one statement what took three."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active login, whose person knows its groups; None where there is none."""
        rows = User.objects.filter(pk=user_id).select_related("person").annotate(group=F("groups__name"))
        found = list(rows)
        user = found[0] if found else None
        if user is None or not self.user_can_authenticate(user):
            return None
        if user.person:
            user.person.groups = frozenset(row.group for row in found if row.group)
        return user
