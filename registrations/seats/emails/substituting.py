"""Mail about one meeting: to a colleague who is asked to come, to who asked, and to guests."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from meetings.models import Meeting, Network
from registrations.models import MeetingGuest, Registration, Substitute
from registrations.models.seats.substitute import SubstituteQuerySet
from registrations.seats.emails import why
from registrations.seats.emails.calendar_files import invitation, withdrawal
from registrations.seats.emails.registering import letter
from stemnet.outbox.queueing import queue
from stemnet.wording import moment, span

SALT = "registrations.substitute"


def substitute_asked(registration: Registration, *, substitute: int, at: datetime) -> None:
    """Ask the colleague, with the private link, while the question stands."""
    rows = Substitute.objects.open().filter(pk=substitute, guest=None)
    one = rows.select_related("meeting__network", "meeting__working_group").first()
    if one is None:
        return
    network, giver = registration.network, registration.person
    with override(network.language):
        context = {
            "network": network,
            "colleague": giver,
            "person": one.name,
            "meeting": one.meeting,
            "meetings": [one.meeting],
            "until": moment(one.meeting.starts_at, one.meeting.zone),
            "url": settings.SITE_URL + reverse("stand_in", args=[token_of(one)]),
            "why": why.asked_to_stand_in(giver, network),
        }
    queue(
        at=at,
        key=f"substitute_asked:{one.uid}",
        address=one.address,
        template="mail/registrations/substitute_asked",
        context=context,
        object=f"registration:{registration.uid}",
        language=network.language,
        secret=True,
    )


def substitute_answered(registration: Registration, *, substitute: int, at: datetime) -> None:
    """Tell who asked what the colleague answered, or that they can't come after all."""
    one = _substitutes().get(pk=substitute)
    answer = "coming" if one.is_coming else one.outcome
    if answer == Substitute.Outcome.TAKEN_BACK:
        return
    context = {"colleague": one.name, "answer": answer, **_about(one.meeting)}
    if said := letter(registration, "substitute_answered", context=context, key=f"{one.uid}:{answer}"):
        queue(at=at, **said)


def guest_code(
    network: Network, meeting: Meeting, typed: dict[str, Any], *, code: str, key: str, at: datetime
) -> None:
    """Mail the code that proves the address of somebody who wants to come as a guest."""
    with override(network.language):
        context = {
            "network": network,
            "person": f"{typed['first_name']} {typed['last_name']}",
            "meetings": [meeting],
            "code": code,
            "why": why.typed_to_register(network),
        }
    queue(
        at=at,
        key=f"guest_code:{key}",
        address=typed["address"],
        template="mail/registrations/guest_code",
        context=context,
        object=f"meeting:{meeting.uid}",
        language=network.language,
        secret=True,
    )


def guest_coming(registration: Registration, *, guest: int, at: datetime) -> None:
    """Confirm that somebody comes to one meeting, with the calendar file and the code for the door."""
    one = MeetingGuest.objects.standing().filter(pk=guest).select_related("meeting").first()
    if one is None:
        return
    context = {"colleague": _for_whom(one), **_about(one.meeting)}
    files = invitation(registration, meetings=[one.meeting])
    if said := letter(registration, "guest_coming", context=context, key=str(one.pk), attachments=files):
        queue(at=at, **said)


def guest_ended(registration: Registration, *, guest: int, at: datetime) -> None:
    """Tell somebody that they needn't come, with the meeting taken out of their calendar."""
    one = MeetingGuest.objects.select_related("meeting").get(pk=guest)
    context = {"colleague": _for_whom(one), **_about(one.meeting)}
    files = withdrawal(registration, meetings=[one.meeting])
    if said := letter(registration, "guest_ended", context=context, key=str(one.pk), attachments=files):
        queue(at=at, **said)


def _for_whom(guest: MeetingGuest) -> str:
    """Return for whom a guest comes, or nothing."""
    one = _substitutes().filter(guest=guest).first()
    return str(one.registration.person) if one else ""


def _about(meeting: Meeting) -> dict[str, object]:
    """Return what these mails say of the meeting."""
    return {
        "meeting": meeting,
        "meetings": [meeting],
        "when": span(meeting.starts_at, meeting.ends_at, meeting.zone),
        "meeting_url": settings.SITE_URL + meeting.get_absolute_url(),
    }


def _substitutes() -> SubstituteQuerySet:
    return Substitute.objects.select_related("registration__person", "meeting", "guest__registration__person")


def token_of(substitute: Substitute) -> str:
    """Return the signed part of the private link."""
    return signing.dumps(str(substitute.uid), salt=SALT)
