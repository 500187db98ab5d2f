"""Who needs a second factor at sign-in: everyone who works on what belongs to others.

Upper apps add their own reasons in ``ready()``, such as an appointment for one network.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from partners.models import Person, User

SET_UP = Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
_reasons: list[Callable[[Person], bool]] = []


def needed_when(reason: Callable[[Person], bool]) -> None:
    """Let an upper app say of whom else a second factor is wanted."""
    if reason not in _reasons:
        _reasons.append(reason)


def is_needed(user: User | AnonymousUser) -> bool:
    """Say whether ``user`` may work only with a second factor."""
    if isinstance(user, AnonymousUser) or not user.is_authenticated:
        return False
    if user.is_superuser or user.person is None:
        return bool(user.is_superuser)
    person = user.person
    return person.is_staff_for_all or any(reason(person) for reason in _reasons)


def is_set_up(user: User | AnonymousUser) -> bool:
    """Say whether ``user`` has an authenticator app or a passkey, which each sign-in then asks for."""
    if isinstance(user, User) and user.person:
        return "has_second_factor" in user.person.roles
    return bool(SET_UP.filter(user=user.pk).exists())


def authenticators_of(person: Person) -> QuerySet[Any]:
    """Return the authenticator app and the passkeys of a person's login."""
    mine: QuerySet[Any] = SET_UP.filter(user__person=person)
    return mine
