"""The code for the door of each registration: what a QR of a confirmation or badge holds (docs/rules.md 6.7).

It says who somebody is to whoever takes attendance, opens nothing, and holds nothing of the person.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from registrations.models import Registration
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.paper_codes import is_paper_code, normal_code


def door_address(registration: Registration) -> str:
    """Return the full address that the QR holds: a page that says to show it at the door."""
    return address_of_code(registration.door_code)


def address_of_code(code: str) -> str:
    """Return the full address of a code in its normal form."""
    return f"{settings.SITE_URL}{reverse('door_code', args=[code])}"


def code_in(scanned: str) -> str:
    """Return the code in what a camera or somebody's keys gave, its address or the code itself; else ""."""
    last = scanned.strip().rstrip("/").rpartition("/")[2]
    code = normal_code(last)
    return code if is_paper_code(code) else ""


def holders(codes: Iterable[str]) -> RegistrationQuerySet:
    """Return the registrations with these codes, of any network and in any status."""
    return Registration.objects.filter(door_code__in=set(codes))
