"""What every act of staff on a registration has in common: its row, its reason, who may still be acted on."""

from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor, Person, acted
from registrations.models import Registration, StaffAct
from registrations.seats.domain import limits, seats
from registrations.seats.domain.occupancy import SeatedNetwork
from registrations.seats.domain.verdicts import Verdict, verdict
from registrations.seats.exceptions import RegistrationClosed, RegistrationRefused

LONGEST = 300


def note(
    kind: "StaffAct.Kind",
    registration: Registration,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    before: dict[str, Any] | None = None,
    after: str = "",
    came_from: Registration | None = None,
    meeting: Meeting | None = None,
) -> StaffAct:
    """Write down what staff did, with what stood there before, so that it can be undone."""
    return StaffAct.objects.create(
        kind=kind,
        registration=registration,
        came_from=came_from,
        meeting=meeting,
        before=before or {},
        after=after,
        reason=reason,
        at=at,
        **acted(by),
    )


def standing_of(registration: Registration) -> dict[str, Any]:
    """Return what undoing gives back to somebody who is taken out: their status, and how they would come."""
    chosen = registration.chosen_ways.values_list("meeting", "way")
    return {"status": registration.status, "ways": {str(meeting): way for meeting, way in chosen}}


def reason_of(typed: str) -> str:
    """Return the reason as it is kept. Raises RegistrationRefused where there is none."""
    if not typed.strip():
        raise RegistrationRefused(sentence=_("Say why. We keep the reason, and the person reads it."))
    return typed.strip()[:LONGEST]


def check_goes_on(network: Network, *, at: datetime) -> None:
    """Raise RegistrationClosed for a network that is not published or whose last meeting is over."""
    seats.check_published(network)
    last = network.meetings.own().standing().order_by("-ends_at").first()
    if last is not None and last.ends_at <= at:
        raise RegistrationClosed(
            sentence=_("The last meeting of %(network)s is over.") % {"network": network}
        )


def verdict_for(
    registration: Registration, network: seats.Locked, *, at: datetime
) -> tuple[SeatedNetwork, Verdict]:
    """Return what comes of a registration that has no seat in ``network``, and the network as it stands."""
    seen = seats.look(network, at=at)
    place, size = limits.place_of(registration.position), registration.party_size
    return seen, verdict(seen, place, party_size=size, at=at, locked=True)


def no_seat(network: Network, found: Verdict) -> RegistrationRefused:
    """Return the refusal that says that no seat is free, and why."""
    why = found.blocked.of_them if found.blocked else _("Every seat in %(network)s is taken, or people wait.")
    words = _("%(why)s To seat them anyway, check “Even if every seat is taken”.")
    return RegistrationRefused(sentence=words % {"why": why % {"network": network}})


def hold_person(person: Person) -> None:
    """Hold a person's row from now on, without waiting for it. Raises RegistrationRefused.

    A deletion or merge of theirs holds the row and then waits for their networks: who holds several networks
    never waits for a person.
    """
    try:
        with transaction.atomic():
            Person.objects.select_for_update(nowait=True, no_key=True).get(pk=person.pk, removed_at=None)
    except OperationalError as held:
        words = _("Somebody is changing this person's data right now. Try again in a moment.")
        raise RegistrationRefused(sentence=words) from held
    except Person.DoesNotExist as gone:
        raise RegistrationRefused(sentence=_("This person's data was just deleted.")) from gone
