"""Mail about registering: the code, the seat, the waitlist, leaving, and the leader of a designee."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from meetings.models import Meeting, Modality, Network, WorkingGroup
from partners.people.emails import letter_to
from registrations.models import Hold, Registration
from registrations.seats.emails import why
from registrations.seats.emails.calendar_files import invitation, withdrawal
from stemnet.models import Mail
from stemnet.outbox.queueing import Attachment, Extras, Letter, prepare, queue

CODE = "mail/registrations/code"
LEAVING_SALT = "registrations.leave"


def code_mail(hold: Hold, code: str, *, number: int, at: datetime) -> Mail:
    """Return the mail of the code that proves an address; says nothing about whether anyone holds it."""
    network = hold.network
    with override(network.language):
        context = {
            "network": network,
            "hold": hold,
            "code": code,
            "url": _absolute("register_code", network.slug, hold.uid),
            "why": why.typed_to_register(network),
        }
    return prepare(
        {
            "key": f"code:{hold.uid}:{number}",
            "address": hold.address,
            "template": CODE,
            "context": context,
            "object": f"hold:{hold.uid}",
            "language": network.language,
            "secret": True,
        },
        at=at,
    )


def registered(registration: Registration, *, at: datetime, full_group: WorkingGroup | None = None) -> None:
    """Say that one has a seat, with the dates and the calendar file."""
    context = {"full_group": full_group}
    _tell(registration, "registered", at=at, context=context, attachments=invitation(registration))


def waiting(
    registration: Registration,
    *,
    place: int,
    automatic: bool,
    blocked: str = "",
    at: datetime,
    full_group: WorkingGroup | None = None,
) -> None:
    """Say that one is on the waitlist, at which place; ``automatic`` as long as nobody else gives seats.

    ``blocked`` says which limit keeps them there.
    """
    context = {"place": place, "automatic": automatic, "full_group": full_group, "blocked": blocked}
    _tell(registration, "waiting", at=at, context=context)


def seat_given(registration: Registration, *, at: datetime) -> None:
    """Say that one got a seat from the waitlist and can give it back."""
    key = _again(registration, Registration.Status.SEATED)
    _tell(registration, "seat_given", at=at, attachments=invitation(registration), key=key)


def withdrawn(registration: Registration, *, at: datetime, was_seated: bool) -> None:
    """Say that one has left the network, with the meetings taken out of the calendar."""
    attachments = withdrawal(registration) if was_seated else []
    key = _again(registration, Registration.Status.WITHDRAWN)
    _tell(
        registration, "withdrawn", at=at, context={"was_seated": was_seated}, attachments=attachments, key=key
    )


def removed(registration: Registration, *, reason: str, at: datetime, was_seated: bool) -> None:
    """Say that staff took one out of the network, and why."""
    attachments = withdrawal(registration) if was_seated else []
    context = {"reason": reason, "was_seated": was_seated}
    key = _again(registration, Registration.Status.REMOVED)
    _tell(registration, "removed", at=at, context=context, attachments=attachments, key=key)


def seat_held(registration: Registration, *, at: datetime) -> None:
    """Say that a seat is held until the leader confirms that one comes for them."""
    _tell(registration, "seat_held", at=at)


def leaving_token(registration: Registration) -> str:
    """Return the signed part of the link that lets somebody without a login leave an information session."""
    return signing.dumps([str(registration.uid), registration.person.link_number], salt=LEAVING_SALT)


def _again(registration: Registration, status: str) -> str:
    """Return what tells this mail from the one before, where staff registered somebody again."""
    times = registration.changes.filter(to_status=status).exclude(from_status=status).count()
    return f"{registration.uid}:{times}" if times > 1 else ""


def _tell(
    registration: Registration,
    name: str,
    *,
    at: datetime,
    context: Mapping[str, Any] | None = None,
    attachments: list[Attachment] | None = None,
    key: str = "",
) -> None:
    """Queue one mail to the person of a registration; each kind once (docs/rules.md 13.1, 13.3)."""
    if said := letter(registration, name, context=context, attachments=attachments or [], key=key):
        queue(at=at, **said)


def letter(
    registration: Registration,
    name: str,
    *,
    context: Mapping[str, Any] | None = None,
    key: str = "",
    **extras: Unpack[Extras],
) -> Letter | None:
    """Return what the person of a registration is told; None for one without an address.

    ``key`` says what it is about where that is not the registration itself.
    """
    known = context or {}
    if not registration.person.primary_address:
        return None
    return letter_to(
        registration.person,
        f"mail/registrations/{name}",
        lambda: {
            **_common(registration, known.get("meetings")),
            **known,
            "why": _why(registration, name, **known),
        },
        key=f"{name}:{key or registration.uid}",
        about=f"registration:{registration.uid}",
        **extras,
    )


def _why(registration: Registration, name: str, *, was_seated: bool = True, **_said: Any) -> str:
    """Return why somebody gets this mail."""
    network = registration.network
    if not was_seated:
        return why.waited(network)
    if registration.status == Registration.Status.GUEST:
        return why.is_guest(network)
    if name in ("seat_held", "designee_ended"):
        return why.had_registered(network)
    if name in ("withdrawn", "removed", "seat_answered"):
        return why.was_registered(network)
    if name == "waiting" or registration.status in (Registration.Status.WAITING, Registration.Status.OFFERED):
        return why.waits(network)
    return why.registered(network)


def _common(registration: Registration, meetings: list[Meeting] | None = None) -> dict[str, Any]:
    """Return what every mail about a registration can say; ``meetings`` where whoever calls has them."""
    network = registration.network
    meetings = meetings_of(network) if meetings is None else meetings
    return {
        "registration": registration,
        "network": network,
        "meetings": meetings,
        "door_url": _door_url(registration, meetings),
        "network_url": _absolute("network", network.slug),
        "leave_url": _leave_url(registration),
        "learning_url": _absolute("learning_network", network.slug),
        "group_url": _absolute("choose_group", network.slug),
    }


def meetings_of(network: Network) -> list[Meeting]:
    """Return the meetings of a network that stand, without those of its groups, as calendars want them."""
    own = network.meetings.own().standing().order_by("starts_at")
    return list(own.select_related("network", "working_group"))


def _door_url(registration: Registration, meetings: list[Meeting]) -> str:
    """Return the page of the QR for the door, where there is a door to come to."""
    in_a_room = any(meeting.modality != Modality.ONLINE for meeting in meetings)
    return _absolute("door_code", registration.door_code) if in_a_room else ""


def _leave_url(registration: Registration) -> str:
    """Return the page where one gives the seat back: signed where there is no login."""
    network = registration.network
    if network.is_information_session:
        return _absolute("leave_session", network.slug, leaving_token(registration))
    return _absolute("leave_network", network.slug)


def _absolute(name: str, *args: object) -> str:
    """Return a full address."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
