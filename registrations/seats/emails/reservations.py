"""Mail about reserved seats to the contacts of the organization."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.models import Organization, contacts_of, local_day
from partners.people.emails import WORDS, Said, to_each
from partners.people.emails.why import answers_for
from registrations.models import Reservation
from stemnet import wording
from stemnet.telling import afterwards


@afterwards
def seats_reserved(reservation: Reservation, *, at: datetime) -> None:
    """Tell the contacts that seats are reserved for their organization, and until when."""
    network, organization = reservation.network, reservation.organization
    until = _until(reservation)

    def said() -> dict[str, object]:
        values = {"network": network, "organization": organization, "n": reservation.seats, "until": until}
        seats = ngettext(
            "%(n)s seat in %(network)s is reserved for %(organization)s.",
            "%(n)s seats in %(network)s are reserved for %(organization)s.",
            reservation.seats,
        )
        lines = [seats % values, _("You say who comes: type their name and address, and we write to them.")]
        if until:
            lines.append(_("Seats that nobody uses are given back on %(until)s.") % values)
        return {
            "subject": _("Seats for %(organization)s: %(network)s") % values,
            "lines": lines,
            "action": _("Say who's coming"),
            "filled": values,
            "url": _page(organization),
            "why": answers_for(organization),
        }

    _to_contacts(reservation, said, key=f"seats_reserved:{reservation.uid}", at=at)


@afterwards
def reservation_ends(reservation: Reservation, *, number: int, at: datetime) -> None:
    """Remind the contacts that seats nobody uses are given back soon."""
    network, organization = reservation.network, reservation.organization
    until = _until(reservation)

    def said() -> dict[str, object]:
        values = {"network": network, "organization": organization, "n": number, "until": until}
        seats = ngettext(
            "%(n)s of the seats reserved for %(organization)s in %(network)s has nobody on it yet.",
            "%(n)s of the seats reserved for %(organization)s in %(network)s have nobody on them yet.",
            number,
        )
        given = _("On %(until)s they're given back to people on the waitlist.")
        return {
            "subject": _("Reserved seats without a name: %(network)s") % values,
            "lines": [seats % values, given % values],
            "action": _("Say who's coming"),
            "filled": values,
            "url": _page(organization),
            "why": answers_for(organization),
        }

    key = f"reservation_ends:{reservation.uid}:{until}"
    _to_contacts(reservation, said, key=key, at=at)


@afterwards
def seats_given_back(reservation: Reservation, *, number: int, at: datetime) -> None:
    """Tell the contacts that seats nobody used were given back when their time was over."""
    network, organization = reservation.network, reservation.organization

    def said() -> dict[str, object]:
        values = {"network": network, "organization": organization, "n": number, "until": _until(reservation)}
        seats = ngettext(
            "%(n)s seat in %(network)s that was reserved for %(organization)s was given back.",
            "%(n)s seats in %(network)s that were reserved for %(organization)s were given back.",
            number,
        )
        lines = [
            seats % values,
            _("Reserved seats were kept until %(until)s. Those of you who have a seat keep it.") % values,
            _("Your colleagues can still register like everyone else, as long as registration is open."),
        ]
        return {
            "subject": _("Reserved seats were given back: %(network)s") % values,
            "lines": lines,
            "action": _("See your seats"),
            "filled": values,
            "url": _page(organization),
            "why": answers_for(organization),
        }

    _to_contacts(reservation, said, key=f"seats_given_back:{reservation.uid}", at=at)


def _to_contacts(reservation: Reservation, said: Said, *, key: str, at: datetime) -> None:
    people = contacts_of(reservation.organization, on=local_day(at)).prefetch_related("emails")
    to_each(people, WORDS, said, key=key, about=f"reservation:{reservation.uid}", at=at)


def _until(reservation: Reservation) -> str:
    network: Network = reservation.network
    return wording.moment(reservation.until, network.zone) if reservation.until else ""


def _page(organization: Organization) -> str:
    return reverse("reserved_seats", args=[organization.slug])
