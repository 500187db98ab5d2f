"""Staff correct the e-mail address of somebody who is registered; the old and the new address are told.

Who has never proved an address gets the new one, to be proved as any other. Where one was proved, it signs
them in, so nothing is written: both addresses are told, and the person adds the new one themselves.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor, PersonEmail
from partners.people.domain import addresses
from registrations.models import Registration
from registrations.seats.domain import seats, staff_acts
from registrations.seats.emails import readdressing as emails
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
@transaction.atomic
def correct_address(
    registration: Registration, *, address: str, by: Actor, at: datetime, reason: str
) -> bool:
    """Let mail go to ``address`` from now on, or ask the person to add it; return whether it was changed.

    Raises RegistrationRefused for the address that they have, AddressTaken where somebody else has it.
    """
    reason = staff_acts.reason_of(reason)
    network = seats.lock_network(registration.network)
    staff_acts.hold_person(registration.person)
    fresh = network.registrations.select_related("person").get(pk=registration.pk)
    person, new = fresh.person, addresses.normal(address)
    old = person.emails.filter(primary=True).first()
    if old is not None and old.address == new:
        raise RegistrationRefused(sentence=_("This is the address that they have."))
    changed = not person.emails.exclude(verified_at=None).exists()
    if changed:
        _give(fresh, new, old=old, at=at)
    said = _("e-mail corrected") if changed else _("asked to add another e-mail address")
    words = _("%(what)s: %(reason)s") % {"what": said, "reason": reason}
    seats.write_registration_history(fresh, from_status=fresh.status, by=by, at=at, reason=words[:500])
    before = old.address if old else ""
    tell(emails.address_corrected, fresh, old=before, new=new, changed=changed, at=at)
    return changed


def _give(registration: Registration, new: str, *, old: PersonEmail | None, at: datetime) -> None:
    """Give somebody who proved none a new address in place of the old one. Raises AddressTaken."""
    email = addresses.add_address(registration.person, address=new)
    addresses.make_primary(email, at=at, proved_only=False)
    if old is not None:
        old.refresh_from_db()
        addresses.remove_address(old, at=at)
