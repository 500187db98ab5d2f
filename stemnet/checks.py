"""Refuses a careless deployment: at the start, and in ``manage.py check --deploy``."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http.request import validate_host
from django.utils import timezone
from django.utils.encoding import force_str

from stemnet import pdf_seal
from stemnet.exceptions import SealUnusable

DEMO_PASSWORD = "network-demo"  # noqa: S105 - that is the point
SEAL_ENDS_SOON = timedelta(days=30)
REAL_MAIL = ("stemnet.outbox.smtp.", "django.core.mail.backends.smtp.", "anymail.")


@register(Tags.security, deploy=True)
def careless_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return every setting that must not be so in public, by its name."""
    messages = list(_faults())
    if settings.DEBUG:
        messages.append(Error("DEBUG is on: faults would be shown to visitors.", id="stemnet.E001"))
    return messages


@register(Tags.security, deploy=True)
def seal_of_documents(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return why documents can't be sealed, or that the certificate of the seal ends soon."""
    return list(_seal(at=timezone.now()))


def _seal(*, at: datetime) -> Iterator[CheckMessage]:
    try:
        key = pdf_seal.seal_key()
        if key is None:
            return
        pdf_seal.check_is_valid(key, at=at)
    except SealUnusable as unusable:
        yield Error(f"SEAL_FILE: {unusable}", id="stemnet.E008")
        return
    last = key.certificate.not_valid_after_utc
    if last < at + SEAL_ENDS_SOON:
        yield Warning(f"SEAL_FILE: the certificate ends on {last:%Y-%m-%d}; renew it.", id="stemnet.W001")


def refuse_carelessness() -> None:
    """Stop the start at the first careless setting, with its name.

    Raises ImproperlyConfigured where a setting is careless.
    """
    for message in _faults():
        raise ImproperlyConfigured(force_str(message.msg))


def refuse_demo_accounts() -> None:
    """Stop the start of what serves or works on a database with accounts whose password everybody knows.

    Raises ImproperlyConfigured where there is one.
    """
    accounts = get_user_model()._default_manager.filter(email__iendswith="@example.org", is_active=True)
    try:
        by_hash = {password: email for email, password in accounts.values_list("email", "password")}
    except DatabaseError:  # there are no tables yet; pages say so
        by_hash = {}
    finally:
        connection.close()
    for password, email in by_hash.items():
        if is_password_usable(password) and check_password(DEMO_PASSWORD, password):
            raise ImproperlyConfigured(
                f"DATABASE_URL names a database with the accounts of the demo, such as {email}, "
                "whose password is in our README. Use an empty database, or turn these accounts off."
            )


def _faults() -> Iterator[CheckMessage]:
    yield from _secret()
    yield from _hosts()
    yield from _mail_and_data()


def _secret() -> Iterator[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 12 or key.startswith(("django-insecure-", "only-for-debug-")):
        yield Error("SECRET_KEY is too short or too simple: use 50 random characters.", id="stemnet.E002")


def _hosts() -> Iterator[CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS must name the hosts, not allow all with *.", id="stemnet.E003")
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname:
        yield Error("SITE_URL must be the public address and begin with https://.", id="stemnet.E004")
    elif not validate_host(site.hostname, settings.ALLOWED_HOSTS):
        yield Error("SITE_URL names a host that ALLOWED_HOSTS does not.", id="stemnet.E005")


def _mail_and_data() -> Iterator[CheckMessage]:
    if not settings.EMAIL_BACKEND.startswith(REAL_MAIL):
        yield Error("EMAIL_URL must name a mail server: nobody would get a mail.", id="stemnet.E006")
    engine = settings.DATABASES["default"]["ENGINE"]
    if settings.REDIS_URL and engine.endswith("sqlite3"):
        yield Error(
            "REDIS_URL means many processes, for which DATABASE_URL must be PostgreSQL.", id="stemnet.E007"
        )
