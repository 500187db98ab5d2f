"""The code that a leader gets by mail, to say whether somebody comes for them (docs/rules.md 4.5)."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction

from registrations.models import Designation, Registration
from registrations.seats.emails import designees as emails
from stemnet import codes
from stemnet.exceptions import CodeRefused
from stemnet.outbox.queueing import add


def ask_leader(registration: Registration, *, at: datetime) -> None:
    """Mail the leader a code, as long as the question stands."""
    open_ones = Designation.objects.open().filter(registration=registration)
    if one := open_ones.select_related("registration__network", "registration__person").first():
        client = str(registration.person.uid)
        with suppress(CodeRefused):  # the leader had their share of mails; the page sends a code later
            codes.check_sendable(one.address, purpose="designee", client=client, at=at)
            send_code(one, at=at)


def send_code(designation: Designation, *, at: datetime) -> None:
    """Give ``designation`` a new code and queue its mail; older codes are void from now on.

    It is rendered first, and holds nothing meanwhile. Of two at once, one sends.
    """
    code, number = codes.fresh(), designation.codes + 1
    kept = codes.hashed(code, bound_to=bound_to(designation))
    mail = emails.code_mail(designation, code, number=number, at=at)
    with transaction.atomic():
        mine = Designation.objects.open().filter(pk=designation.pk, codes=designation.codes)
        if mine.update(code_hash=kept, tries=0, codes=number):
            add([mail], at=at)


def send_again(designation: Designation, *, at: datetime) -> None:
    """Mail the leader a new code. Raises CodeRefused where they had their share."""
    client = str(designation.uid)
    codes.check_sendable(designation.address, purpose="designee", client=client, at=at, again=True)
    send_code(designation, at=at)


def check(designation: Designation, typed: str) -> None:
    """Raise CodeRefused unless what was typed is the code sent last; every try counts."""
    rows = Designation.objects.filter(pk=designation.pk)
    codes.compare(rows, typed=typed, bound_to=bound_to(designation))


def is_void(designation: Designation) -> bool:
    """Return whether the code was wrong too often."""
    return designation.tries >= settings.CODE_TRIES


def bound_to(designation: Designation) -> str:
    """Return what the code is for."""
    return f"designation:{designation.uid}"
