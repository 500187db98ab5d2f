"""How allauth meets our people, addresses and mail."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import Partnership, Person, User
from partners.people.domain import addresses
from partners.people.emails import addresses as emails
from stemnet import codes, landing, sealing


def sign_in(
    request: HttpRequest, person: Person, *, at: datetime, address: str = "", redirect_url: str | None = None
) -> HttpResponse:
    """Sign in ``person``, who has just proved ``address`` by a code; return where to go.

    That is ``redirect_url``, or first the page that asks for the second factor where there is one.
    """
    user: User = getattr(person, "user", None) or addresses.ensure_user(person, at=at)
    user.person = person  # its addresses are brought in step by the adapter's `pre_login`
    record_authentication(request, user, method="code", email=address or user.email)
    proved = EmailVerificationMethod.NONE if address else None  # the code has proved it already
    login = Login(user=user, email=address or None, redirect_url=redirect_url, email_verification=proved)
    answer: HttpResponse = perform_login(request, login)
    return answer


class AccountAdapter(DefaultAccountAdapter):
    """allauth's accounts, told about persons, the outbox and codes that are kept as hashes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _(
            "That's not the code we sent. Check our latest e-mail and type its 6-digit code."
        ),
        "too_many_login_attempts": _(
            "Too many tries. Ask for a new code, or wait a few minutes and try again."
        ),
        "email_password_mismatch": _(
            "That e-mail address and password don't match. You can sign in with a code instead."
        ),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that our middleware found; nobody knows that of a socket in the file system."""
        return getattr(request, "client_address", "") or "0.0.0.0"  # noqa: S104 - no interface is bound

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords for each client by itself, so that nobody locks somebody else out."""
        return (
            f"{self.get_client_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: nobody signs up; one registers for a network, or a coordinator adds one."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Bring the copies of the addresses in step before allauth looks at them."""
        if user.person is not None and not user.is_in_step:
            addresses.ensure_user(user.person, at=timezone.now())
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go where one's work is, and most urgent."""
        person = request.user.person if request.user.is_authenticated else None
        page = landing.page_for(person, at=timezone.now())
        try:
            return page.url if page else reverse("learning")
        except NoReverseMatch:
            return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the ways to sign in."""
        return reverse("sign_in_methods")

    def generate_login_code(self) -> str:
        """Return what allauth keeps in the session: which code it is; the code goes into the mail only."""
        return self._kept()

    def generate_password_reset_code(self) -> str:
        """Return what allauth keeps of a new code."""
        return self._kept()

    def generate_email_verification_code(self) -> str:
        """Return what allauth keeps of a new code."""
        return self._kept()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail in our outbox, as a secret; it tells nobody else what it holds."""
        fresh = getattr(self.request, "fresh_code", "")
        emails.from_allauth(
            template_prefix,
            address=email,
            code=fresh if "code" in context else "",
            key=f"{template_prefix}:{uuid4()}",
            at=timezone.now(),
        )

    def _kept(self) -> str:
        """Make a code, keep it on this request for the mail, and return which one it is."""
        uid, self.request.fresh_code = codes.keep(at=timezone.now())
        return str(uid)


class MFAAdapter(DefaultMFAAdapter):
    """allauth's second factors, named after the partnership and encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That's not your app's current code or one of your recovery codes."),
    }

    def encrypt(self, text: str) -> str:
        """Return ``text`` so that the database alone does not tell it."""
        return sealing.seal(text.encode(), purpose="mfa").decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` took; needs the same `SECRET_KEY` or one of its fallbacks."""
        return sealing.unseal(encrypted_text.encode(), purpose="mfa").decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Suggest a name for a passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        """Return the name that an authenticator app and a passkey show."""
        known = Partnership.objects.first()
        return known.short_name if known else str(super()._get_site_name())
