"""The end of a live registration: its status, its open offer, its groups, its reminders, its history."""

from datetime import datetime

from meetings.groups.domain import losing_leads
from partners.models import Actor
from registrations.models import Designation, Offer, Registration
from registrations.seats.domain import guests, offers, seats
from registrations.seats.domain.calendar_revisions import raise_all_of
from registrations.seats.domain.reminding import take_back_from

Status = Registration.Status
OFFER_ENDS = {
    Status.WITHDRAWN: Offer.Outcome.DECLINED,
    Status.REMOVED: Offer.Outcome.TAKEN_BACK,
}


def end(
    registration: Registration, status: "Registration.Status", *, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Write the end of a registration; whoever calls holds the network's row and hands the seat on."""
    before = registration.status
    registration.status = status
    registration.save(update_fields=["status"])
    offers.close(registration, OFFER_ENDS.get(status, Offer.Outcome.TAKEN_BACK), at=at)
    registration.group_memberships.current().update(left_at=at)
    registration.chosen_ways.filter(meeting__starts_at__gt=at).delete()  # somebody else can have the place
    losing_leads.stop_leading(registration.person, registration.network.working_groups.all(), at=at)
    take_back_from(registration)
    guests.gives_up_seat(registration, at=at)
    registration.designations.open().update(ended_at=at, outcome=Designation.Outcome.LEFT, code_hash="")
    if before == Status.SEATED:
        raise_all_of(registration.network, registration.person, at=at)
    seats.write_registration_history(registration, from_status=before, by=by, at=at, reason=reason)
