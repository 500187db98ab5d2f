"""How allauth meets our people, addresses and mail."""

from datetime import datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from partners.domain import addresses
from partners.models import Person


def sign_in(
    request: HttpRequest, person: Person, *, at: datetime, address: str = "", redirect_url: str | None = None
) -> HttpResponse:
    """Sign in ``person``, who has just proved ``address`` by a code; return where to go.

    That is ``redirect_url``, or first the page that asks for the second factor where there is one.
    """
    user = addresses.ensure_user(person, at=at)
    record_authentication(request, user, method="code", email=address or user.email)
    login = Login(user=user, email=address or None, redirect_url=redirect_url)
    return perform_login(request, login)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's accounts, told about persons and the outbox."""


class MFAAdapter(DefaultMFAAdapter):
    """allauth's second factors."""
