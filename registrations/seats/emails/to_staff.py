"""Mail to the staff of a network."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person, local_day
from partners.people.emails import WORDS, to_each
from registrations.models import MeetingGuest
from registrations.seats.emails import why
from stemnet import wording
from stemnet.telling import afterwards


def staff_of(network: Network) -> list[Person]:
    """Return those appointed to ``network``, else the coordinators of the partnership."""
    people = Person.objects.current().prefetch_related("emails")
    appointed = people.filter(appointments__network=network).distinct()
    return list(appointed) or list(people.running())


@afterwards
def guest_joined(guest: MeetingGuest, *, at: datetime) -> None:
    """Tell the staff that somebody comes to one meeting as a guest, once a day and network."""
    meeting, registration = guest.meeting, guest.registration
    network = registration.network
    if guest.ended_at is not None:
        return
    taken = meeting.guests.standing().filter(substitute=None).count()

    def said() -> dict[str, object]:
        values = {"network": network, "occasion": meeting.title, "who": registration.person}
        places = _("Places for guests at this meeting: %(n)s of %(places)s taken.")
        return {
            "network": network,
            "filled": values,
            "subject": _("A guest is coming: %(occasion)s, %(network)s") % values,
            "lines": [
                _("%(who)s is coming to “%(occasion)s” of %(network)s as a guest.") % values,
                *filter(None, [str(registration.position or "")]),
                wording.span(meeting.starts_at, meeting.ends_at, meeting.zone),
                places % {"n": taken, "places": network.guest_places},
            ],
            "after": [_("If more guests sign up today, you won't get another e-mail.")],
            "action": _("See the guests"),
            "url": reverse("staff_people", args=[network.slug]) + "?show=guests",
            "why": why.works_for(network),
        }

    key = f"guest_joined:{network.slug}:{local_day(at, network.zone)}"
    to_each(staff_of(network), WORDS, said, key=key, about=f"network:{network.slug}", at=at)
