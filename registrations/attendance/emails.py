"""The mails about having been there: to somebody who walked in, of new materials, of a meeting missed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from meetings.models import Material, Meeting
from partners.models import MailTopic
from partners.people.domain.preferences import unsubscribe_url
from partners.people.emails import letter_to, to_person
from registrations.models import PlannedAbsence, Registration
from registrations.seats.emails import own_mails, why
from stemnet import wording
from stemnet.models import MailClass
from stemnet.outbox.queueing import Letter, prepare_many, put
from stemnet.outbox.worded import Place
from stemnet.telling import afterwards


@afterwards
def walked_in(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Ask somebody who walked in to complete their registration."""
    network = registration.network
    to_person(
        registration.person,
        "mail/registrations/walked_in",
        lambda: {
            "network": network,
            "meeting": meeting,
            "url": settings.SITE_URL + reverse("complete_registration", args=[network.slug]),
            "why": why.came(network),
        },
        key=f"walked_in:{registration.uid}",
        about=f"registration:{registration.uid}",
        at=at,
    )


def materials_up(
    meeting: Meeting, readers: Iterable[tuple[Registration, Sequence[Material]]], *, at: datetime
) -> None:
    """Tell each of ``readers`` of the materials that are theirs to see; once for the same materials."""
    letters = [_materials_letter(meeting, registration, mine) for registration, mine in readers]
    put(prepare_many(letters, at=at), at=at)


def _materials_letter(meeting: Meeting, registration: Registration, materials: Sequence[Material]) -> Letter:
    newest = max(one.pk for one in materials)
    return letter_to(
        registration.person,
        "mail/registrations/materials_up",
        lambda: {**_about(meeting, registration), "materials": list(materials)},
        key=f"materials:{meeting.uid}:{newest}:{registration.person.uid}",
        about=f"meeting:{meeting.uid}",
        mail_class=MailClass.REMINDER,
        unsubscribe_url=unsubscribe_url(registration.person, MailTopic.NEWS),
    )


def missed_letters(meeting: Meeting, people: Sequence[Registration], *, at: datetime) -> list[Letter]:
    """Return the mails to those who missed ``meeting``; one a person and meeting, for good."""
    said = PlannedAbsence.objects.filter(meeting=meeting).values_list("registration", "excused_by_name")
    excused, ahead = dict(said), _next_of(meeting, at=at)
    return [_missed_letter(meeting, one, excused=excused.get(one.pk), ahead=ahead) for one in people]


def _missed_letter(
    meeting: Meeting, registration: Registration, *, excused: str | None, ahead: Meeting | None
) -> Letter:
    """Return one of them; ``excused`` is None for who said nothing, and by whom of the staff, if by them."""
    return letter_to(
        registration.person,
        "mail/registrations/missed",
        lambda: {
            **_about(meeting, registration),
            "excused": excused is not None,
            "by_staff": bool(excused),
            "ahead": _when(ahead) if ahead else "",
            "ahead_title": ahead.title if ahead else "",
        },
        key=f"missed:{meeting.uid}:{registration.person.uid}",
        about=f"meeting:{meeting.uid}",
        mail_class=MailClass.REMINDER,
        unsubscribe_url=unsubscribe_url(registration.person, MailTopic.NEWS),
    )


def _next_of(meeting: Meeting, *, at: datetime) -> Meeting | None:
    """Return the next meeting of the same network or group, or None."""
    same = Meeting.objects.filter(network=meeting.network_id, working_group=meeting.working_group_id)
    return same.upcoming(at).first()


def _about(meeting: Meeting, registration: Registration) -> dict[str, object]:
    """Return what both mails say of the meeting."""
    return {
        "network": registration.network,
        "meeting": meeting,
        "when": _when(meeting),
        "url": settings.SITE_URL + meeting.get_absolute_url(),
        "why": why.registered(registration.network)
        if registration.is_seated
        else why.took_part(registration.network),
    }


def _when(meeting: Meeting) -> str:
    """Say when a meeting is."""
    return wording.span(meeting.starts_at, meeting.ends_at, meeting.zone)


def add_mails() -> None:
    """Let networks and the partnership word these mails."""
    meeting = Place("meeting", gettext_lazy("meeting"), lambda context: context["meeting"].title)
    when = Place("when", gettext_lazy("when"), lambda context: _when(context["meeting"]))
    for kind, label in (
        ("walked_in", gettext_lazy("To somebody who walked in")),
        ("materials_up", gettext_lazy("Materials are up")),
        ("missed", gettext_lazy("We missed you")),
    ):
        own_mails.can_be_worded(kind, label, meeting, when, about=own_mails.MEETINGS)
