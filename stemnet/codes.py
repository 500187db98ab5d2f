"""Codes of six digits that prove an address: made, kept, limited and compared (docs/rules.md 12.1).

What is kept is a keyed hash, bound to what the code is for. It stands on a row that counts the tries: that of
a hold or a signature, or a `SentCode` where nothing else keeps it.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from stemnet.exceptions import CodeExpired, NoMoreTries, TooManyCodes, WrongCode
from stemnet.models import AskedCode, SentCode

VALID = timedelta(minutes=settings.CODE_MINUTES)
FORGOTTEN_AFTER = timedelta(days=1)
HOUR = timedelta(hours=1)


def fresh() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hashed(code: str, *, bound_to: str) -> str:
    """Return what is kept of ``code`` as it is typed, with spaces or dashes or without: 64 letters."""
    signs = "".join(sign for sign in code if sign.isalnum())
    return salted_hmac(f"stemnet.codes:{bound_to}", signs, algorithm="sha256").hexdigest()


def check_sendable(address: str, *, purpose: str, client: str, at: datetime, again: bool = False) -> None:
    """Look whether ``client`` may have another code sent to ``address``, known or not, and note it.

    ``client`` is where the browser is, or the private link that is open: nobody uses up what another may ask
    for. Raises TooManyCodes where CODES_PER_HOUR were asked for within an hour, or, where it is sent
    ``again``, the last one has only just gone.
    """
    asker = _asker(address, purpose, client)
    asked = AskedCode.objects.filter(asker=asker, at__gt=at - HOUR, at__lte=at)
    if again and asked.filter(at__gt=at - timedelta(seconds=settings.CODE_RESEND_SECONDS)).exists():
        raise TooManyCodes(wait_seconds=settings.CODE_RESEND_SECONDS)
    if asked.count() >= settings.CODES_PER_HOUR:
        raise TooManyCodes
    AskedCode.objects.create(asker=asker, at=at)


def forget_asked(*, at: datetime) -> None:
    """Forget who asked for a code more than an hour ago."""
    AskedCode.objects.filter(at__lte=at - HOUR).delete()


def compare(rows: QuerySet[Any], *, typed: str, bound_to: str) -> None:
    """Count a try on the one row of ``rows``, whatever comes of it, and compare what was typed with its code.

    The row has a ``code_hash`` and counts its ``tries`` in the database, so that of many at once no more than
    CODE_TRIES are judged. Raises CodeExpired, NoMoreTries, WrongCode.
    """
    count_try(rows)
    kept, tries = rows.values_list("code_hash", "tries").first() or ("", 0)
    judge(typed, kept=kept, tries=tries, bound_to=bound_to)


def count_try(rows: QuerySet[Any]) -> None:
    """Count a try on the one row of ``rows``. Raises CodeExpired, NoMoreTries."""
    if not rows.filter(tries__lt=settings.CODE_TRIES).update(tries=F("tries") + 1):
        raise NoMoreTries if rows.exists() else CodeExpired


def judge(typed: str, *, kept: str, tries: int, bound_to: str) -> None:
    """Compare what was typed with the code of which ``kept`` is kept, after the try was counted.

    Raises CodeExpired, NoMoreTries, WrongCode.
    """
    if not kept:
        raise CodeExpired
    if not matches(typed, kept, bound_to=bound_to):
        left = settings.CODE_TRIES - tries
        raise WrongCode(left=left) if left > 0 else NoMoreTries


def matches(typed: str, kept: str, *, bound_to: str) -> bool:
    """Return whether what was typed is the code of which ``kept`` is kept; counts no try."""
    return constant_time_compare(hashed(typed, bound_to=bound_to), kept)


def keep(*, at: datetime) -> tuple[UUID, str]:
    """Make a code with a row of its own; return its uid, for the session, and the code, for the mail."""
    SentCode.objects.filter(sent_at__lte=at - FORGOTTEN_AFTER).delete()
    row, code = SentCode(sent_at=at), fresh()
    row.code_hash = hashed(code, bound_to=str(row.uid))
    row.save(force_insert=True)
    return row.uid, code


def check_kept(uid: UUID | str, *, typed: str, at: datetime) -> None:
    """Compare what was typed with a code that `keep` made. Raises CodeExpired, NoMoreTries, WrongCode."""
    rows = SentCode.objects.filter(uid=uid, sent_at__gt=at - VALID)
    compare(rows, typed=typed, bound_to=str(uid))


def again_words() -> str:
    """Return when and how often another code may be asked for, as a sentence."""
    said = _("You can ask for a new code after %(seconds)s seconds, up to %(times)s times an hour.")
    return said % {"seconds": settings.CODE_RESEND_SECONDS, "times": apnumber(settings.CODES_PER_HOUR)}


def _asker(address: str, purpose: str, client: str) -> str:
    asked = "\n".join((purpose, client, address.strip().lower()))
    return salted_hmac("stemnet.codes.asked", asked, algorithm="sha256").hexdigest()
