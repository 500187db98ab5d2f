"""The reminder of a meeting, or of several of one person's on the same day."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Meeting, Modality
from meetings.planning.calendars import home_of
from partners.models import MailTopic, Person
from partners.people.domain.preferences import unsubscribe_url
from partners.people.emails import letter_to
from registrations.models import Registration
from registrations.seats.emails import why
from registrations.seats.emails.registering import leaving_token
from stemnet import wording
from stemnet.models import MailClass
from stemnet.outbox.queueing import Letter

TEMPLATE = "mail/registrations/reminder"


def reminder(
    *,
    person: Person,
    registration: Registration | None,
    meetings: Sequence[Meeting],
    ways: Sequence[tuple[Meeting, Callable[[], str]]],
    with_link: bool,
    key: str,
    expires_at: datetime,
) -> Letter:
    """Return the mail that reminds one person of ``meetings``, soonest first; void from ``expires_at`` on.

    ``ways`` say in the language of the mail how far the person is in the network of a meeting.
    """
    return letter_to(
        person,
        TEMPLATE,
        lambda: {
            "network": registration.network if registration else None,
            "subject": subject(meetings),
            "lines": [line(meeting, with_link=with_link) for meeting in meetings],
            "ways": way_words(ways),
            **way_back(registration, meetings),
        },
        key=key,
        about=f"meeting:{meetings[0].uid}",
        expires_at=expires_at,
        mail_class=MailClass.REMINDER,
        unsubscribe_url=unsubscribe_url(person, MailTopic.REMINDERS),
    )


def way_words(ways: Sequence[tuple[Meeting, Callable[[], str]]]) -> list[str]:
    """Return how far the person is; in several networks with their names."""
    said = [(network_name(meeting), words) for meeting, way in ways if (words := way())]
    return [words if len(said) == 1 else f"{network}: {words}" for network, words in said]


def way_back(registration: Registration | None, meetings: Sequence[Meeting]) -> dict[str, Any]:
    """Return where one says that one can't come, or the page of the group; and why one gets this."""
    group = meetings[0].working_group
    if registration is None and group is not None:
        reason = why.leads_group(group.network) if group.network else why.on_team(group)
        return {"group_url": settings.SITE_URL + group.get_absolute_url(), "why": reason}
    if registration is None:
        raise ValueError("Only members and leads of groups are reminded without a registration.")
    return {
        "url": settings.SITE_URL + own_page(registration),
        "has_login": not registration.network.is_information_session,
        "why": why.registered("; ".join(names(meetings))),
    }


def own_page(registration: Registration) -> str:
    """Return where one says that one can't come; to an information session one comes without a login."""
    network = registration.network
    if network.is_information_session:
        return reverse("leave_session", args=[network.slug, leaving_token(registration)])
    return reverse("learning")


def subject(meetings: Sequence[Meeting]) -> str:
    """Return what and when, as a date and never as "tomorrow": mail may lie overnight."""
    first = meetings[0]
    if len(meetings) == 1:
        when = wording.moment(first.starts_at, first.zone)
        return _("Reminder: %(meeting)s, %(when)s") % {"meeting": first.title, "when": when}
    values = {"number": len(meetings), "day": wording.day(first.on)}
    return _("Reminder: %(number)s meetings on %(day)s") % values


def line(meeting: Meeting, *, with_link: bool) -> dict[str, Any]:
    """Return what the mail says of one meeting."""
    has_link = meeting.modality != Modality.IN_PERSON
    return {
        "title": meeting.title,
        "network": str(network_name(meeting)),
        "group": meeting.working_group.title if meeting.working_group and meeting.network else "",
        "when": wording.span(meeting.starts_at, meeting.ends_at, meeting.zone),
        "where": where(meeting),
        "page": settings.SITE_URL + meeting.get_absolute_url(),
        "join_url": meeting.join_url if with_link and has_link else "",
        "link_later": has_link and not with_link,
    }


def where(meeting: Meeting) -> str:
    """Return the place as one reads it, such as "Online" or "Marlborough, Room 2"."""
    place = ", ".join(part for part in (meeting.venue, meeting.room, meeting.address) if part)
    if meeting.modality == Modality.ONLINE or not place:
        return str(meeting.get_modality_display())
    return _("%(place)s, or online") % {"place": place} if meeting.modality == Modality.HYBRID else place


def names(meetings: Sequence[Meeting]) -> list[str]:
    """Return the names of the meetings' networks, each once."""
    return list(dict.fromkeys(str(network_name(meeting)) for meeting in meetings))


def network_name(meeting: Meeting) -> str:
    """Return the name of the network that a meeting, or its working group, belongs to; or of its team."""
    return str(home_of(meeting))
