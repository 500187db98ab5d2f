"""Coming to one meeting as a guest, where the network takes guests (docs/rules.md 4.15)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Network
from partners.models import Person, local_day
from partners.people.domain import addresses, positions
from partners.people.domain.organizations import Workplace
from registrations.models import ChosenWay, MeetingGuest
from registrations.seats.domain import guests, seats, ways
from registrations.seats.domain.telling import tell
from registrations.seats.emails import to_staff
from registrations.seats.exceptions import GuestRefused, WayRefused
from stemnet import jobs
from stemnet.telling import tell as tell_staff


def come(
    meeting: Meeting,
    *,
    address: str,
    first_name: str,
    last_name: str,
    workplace: Workplace,
    way: str = "",
    at: datetime,
) -> MeetingGuest:
    """Let the holder of an address that was just proved come to ``meeting``; again it changes nothing.

    Raises GuestRefused, and WayRefused where the room is full, or every place online is taken.
    """
    if meeting.network is None:
        raise GuestRefused(sentence=_("This meeting doesn't take guests."))
    check_takes(meeting, meeting.network, at=at)
    person = addresses.claim_login(address=address, first_name=first_name, last_name=last_name, at=at)
    return come_signed_in(meeting, person, workplace=workplace, way=way, at=at)


@jobs.finishing()
@transaction.atomic
def come_signed_in(
    meeting: Meeting, person: Person, *, workplace: Workplace, way: str = "", at: datetime
) -> MeetingGuest:
    """Let ``person`` come to ``meeting`` as a guest, under the lock of the network, as `come` does."""
    network = seats.lock_network_of(meeting.uid)
    if network is None:
        raise GuestRefused(sentence=_("This meeting doesn't take guests."))
    meeting = Meeting.objects.get(pk=meeting.pk)
    mine = MeetingGuest.objects.standing().filter(meeting=meeting, registration__person=person)
    if known := mine.first():
        return known
    check_takes(meeting, network, at=at)
    if ways.has_choice(meeting):
        if way not in ChosenWay.Way.values:
            raise WayRefused(sentence=_("Choose how you're coming."))
        ways.check_free(ways.places_of([meeting])[meeting.pk], way)
    position = positions.hold(person, workplace=workplace, on=local_day(at)) if workplace else None
    guest = guests.begin(network, meeting, person, position=position, at=at, reason=_("Guest"))
    if ways.has_choice(meeting):
        guest.registration.chosen_ways.create(meeting=meeting, way=way, chosen_at=at)
    tell([guest.registration], "guest_coming", guest=guest.pk, at=at)
    tell_staff(to_staff.guest_joined, guest, at=at)
    return guest


def check_takes(meeting: Meeting, network: Network, *, at: datetime) -> None:
    """Raise GuestRefused unless one more guest can come to ``meeting``; substitutes aren't counted."""
    is_own = meeting.working_group_id is None and not network.is_information_session
    if not network.takes_guests or not is_own:
        raise GuestRefused(sentence=_("This meeting doesn't take guests."))
    guests.check_ahead(meeting, network, at=at)
    if meeting.guests.standing().filter(substitute=None).count() >= network.guest_places:
        words = ngettext(
            "The %(n)s place for guests at this meeting is taken.",
            "All %(n)s places for guests at this meeting are taken.",
            network.guest_places,
        )
        raise GuestRefused(sentence=words % {"n": network.guest_places})


def why_not(meeting: Meeting, network: Network, *, at: datetime) -> str:
    """Return why no guest can come to ``meeting`` now, or nothing."""
    try:
        check_takes(meeting, network, at=at)
    except GuestRefused as refused:
        return str(refused)
    return ""
