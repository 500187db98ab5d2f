"""Codes that prove an address: made, hashed, limited and compared (docs/rules.md 12.1)."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Hold
from registrations.seats.emails import registering as emails
from registrations.seats.exceptions import CodeRefused, CodeUsed
from stemnet.models import Mail
from stemnet.outbox.queueing import sent_since


def client_of(address: str) -> str:
    """Return a client's network address as it is kept: a keyed hash of 64 letters."""
    return salted_hmac("registrations.client", address, algorithm="sha256").hexdigest()


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hashed(hold: Hold, code: str) -> str:
    """Return ``code`` as it is kept at rest: a keyed hash that is bound to its hold."""
    return salted_hmac(f"registrations.code:{hold.uid}", code, algorithm="sha256").hexdigest()


def check_limits(*, address: str, client: str, at: datetime) -> None:
    """Raise CodeRefused if the address or the client had its share of codes within the last hour."""
    since = at - timedelta(hours=1)
    if sent_since(address=address, template=emails.CODE, since=since) >= settings.CODES_PER_HOUR:
        raise CodeRefused(
            _("We sent several codes to this address within an hour. Use the newest one, or try again later.")
        )
    holds = Hold.objects.filter(client=client, sent_at__gt=since).values_list("uid", flat=True)
    sent = Mail.objects.filter(
        template=emails.CODE, created_at__gt=since, object__in=[f"hold:{uid}" for uid in holds]
    )
    if sent.count() >= settings.CODES_PER_CLIENT_HOUR:
        raise CodeRefused(_("Many codes were asked for from where you are. Try again in an hour."))


def check_forms(*, client: str, at: datetime) -> None:
    """Raise CodeRefused if too many forms without a code came from one client within the last hour."""
    forms = Hold.objects.filter(client=client, sent_at__gt=at - timedelta(hours=1), code_hash="")
    if forms.count() >= settings.CODES_PER_CLIENT_HOUR:
        raise CodeRefused(_("Many forms came from where you are. Try again in an hour."))


def send(hold: Hold, *, at: datetime) -> None:
    """Give ``hold`` a new code, save it and queue its mail; older codes are void from now on."""
    code = new_code()
    hold.code_hash, hold.tries, hold.sent_at = hashed(hold, code), 0, at
    hold.codes += 1
    hold.save()
    emails.code_sent(hold, code, number=hold.codes, at=at)


def is_void(hold: Hold) -> bool:
    """Whether the code was wrong too often."""
    return hold.tries >= settings.CODE_TRIES


def check(hold: Hold, code: str, *, at: datetime) -> None:
    """Raise CodeRefused unless ``code`` is the one sent last; every try is counted before it is judged."""
    if hold.used_at is not None:
        raise CodeUsed(_("This code was used: the registration is made."))
    if hold.expires_at <= at:
        raise CodeRefused(_("The time for this code has run out. Go back to the form and send it again."))
    tried = Hold.objects.filter(pk=hold.pk, used_at__isnull=True, tries__lt=settings.CODE_TRIES)
    if not tried.update(tries=models.F("tries") + 1):
        raise CodeRefused(_("The code was wrong five times and is void now. Ask for a new one."))
    hold.refresh_from_db()
    typed = "".join(code.split())
    if constant_time_compare(hashed(hold, typed), hold.code_hash):
        return
    left = settings.CODE_TRIES - hold.tries
    if left <= 0:
        raise CodeRefused(_("The code was wrong five times and is void now. Ask for a new one."))
    raise CodeRefused(
        ngettext(
            "This is not the code that we sent. One try is left.",
            "This is not the code that we sent. %(left)s tries are left.",
            left,
        )
        % {"left": left}
    )
