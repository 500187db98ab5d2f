"""Leaving a network, missing one meeting, and being removed by staff; hours earned stay."""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor
from registrations.models import PlannedAbsence, Registration, StaffAct
from registrations.seats.domain import seats, staff_acts, waitlist
from registrations.seats.domain.calendar_revisions import raise_revisions
from registrations.seats.domain.ending import end
from registrations.seats.domain.reminding import take_back_from
from registrations.seats.domain.telling import tell
from registrations.seats.emails import registering as emails
from registrations.seats.exceptions import WithdrawingRefused
from stemnet import jobs

Status = Registration.Status


@jobs.finishing()
@transaction.atomic
def leave_network(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Give up a seat, an offer or a place in line; what is freed goes on in the same transaction.

    Raises WithdrawingRefused when there is nothing to leave, or the network is over.
    """
    network = seats.lock_network(registration.network)
    registration = _live(network, registration)
    last = network.meetings.own().standing().order_by("-ends_at").first()
    if last is not None and last.ends_at <= at:
        raise WithdrawingRefused(sentence=_("The last meeting is over, so you can't leave this network."))
    was_seated = registration.status in (Status.SEATED, Status.HELD)
    end(registration, Status.WITHDRAWN, by=by, at=at)
    tell([registration], "withdrawn", was_seated=was_seated, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return registration


@jobs.finishing()
@transaction.atomic
def remove_from_network(registration: Registration, *, by: Actor, at: datetime, reason: str) -> Registration:
    """Let staff take somebody out, with a reason that they are told; the seat goes to whoever is next."""
    if not reason.strip():
        raise WithdrawingRefused(sentence=_("Say why. We'll tell the person."))
    network = seats.lock_network(registration.network)
    registration = _live(network, registration)
    was, was_seated = (
        staff_acts.standing_of(registration),
        registration.status in (Status.SEATED, Status.HELD),
    )
    end(registration, Status.REMOVED, by=by, at=at, reason=reason.strip())
    staff_acts.note(StaffAct.Kind.REMOVED, registration, by=by, at=at, reason=reason.strip(), before=was)
    tell([registration], "removed", reason=reason.strip(), was_seated=was_seated, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return registration


def _live(network: Network, registration: Registration) -> Registration:
    """Return a fresh copy of a live registration; else WithdrawingRefused."""
    fresh = network.registrations.select_related("person", "network").get(pk=registration.pk)
    if not fresh.is_live:
        raise WithdrawingRefused(sentence=_("You've already left this network."))
    return fresh


@transaction.atomic
def miss_meeting(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Say beforehand that one misses one meeting; the seat stays. Raises WithdrawingRefused."""
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    _check_ahead(registration, meeting, at=at)
    _absence, is_new = PlannedAbsence.objects.get_or_create(
        registration=registration, meeting=meeting, defaults={"said_at": at}
    )
    if is_new:
        raise_revisions(registration.person, [meeting], at=at)
    registration.chosen_ways.filter(meeting=meeting).delete()  # somebody else can have the place
    take_back_from(registration, of=meeting)


@transaction.atomic
def come_after_all(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Take back that one misses a meeting. Raises WithdrawingRefused once it is over."""
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    _check_ahead(registration, meeting, at=at)
    sent = registration.substitutes.coming().select_related("guest__registration__person")
    if one := sent.filter(meeting=meeting).first():
        words = _(
            "%(name)s is coming in your place. If you're coming after all, say so "
            "on the page about your substitute."
        )
        raise WithdrawingRefused(sentence=words % {"name": one.name})
    if registration.planned_absences.filter(meeting=meeting).delete()[0]:
        raise_revisions(registration.person, [meeting], at=at)


def _check_ahead(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Raise WithdrawingRefused unless a seated person can still say that they come or not."""
    if not registration.is_seated:
        raise WithdrawingRefused(sentence=_("You don't have a seat in this network."))
    if meeting.network_id != registration.network_id:
        raise WithdrawingRefused(sentence=_("This meeting belongs to another network."))
    if meeting.is_cancelled or meeting.ends_at <= at:
        raise WithdrawingRefused(sentence=_("This meeting is over or was cancelled."))


def registration_of(token: str) -> Registration | None:
    """Return the registration that a signed link of an information session names, or None."""
    try:
        uid, number = signing.loads(token, salt=emails.LEAVING_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Registration.objects.filter(uid=uid, person__link_number=number).first()
