"""What the staff's list says of each person: organization, groups, hours, and one short tag."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Network
from partners.models import local_day
from registrations.attendance.domain.roster import guest_words
from registrations.credit.domain.readiness import NetworkFacts, Readiness, readiness_in
from registrations.desk.domain import people_list
from registrations.desk.domain.people_list import ListFacts
from registrations.models import (
    Attendance,
    ChosenWay,
    GroupMembership,
    MeetingGuest,
    Registration,
    Seen,
    Substitute,
)
from registrations.seats.domain import line
from stemnet import wording

LEFT_EARLY = timedelta(minutes=5)
Tag = tuple[str, str]  # its kind, and its words


@dataclass(frozen=True)
class PersonRow:
    """One person of the list; ``hours`` is nothing for somebody without a seat or attendance."""

    registration: Registration
    organization: str
    groups: str
    hours: str
    minutes: int
    tag: Tag | None
    readiness: Readiness | None
    ahead: str = ""  # how they come to a meeting ahead, where that isn't simply by their seat


def rows_of(people: Sequence[Registration], *, facts: ListFacts, course: NetworkFacts) -> list[PersonRow]:
    """Return the rows of ``people``, in as many statements for one as for many."""
    keys = [one.person_id for one in people]
    ready = {one.person.pk: one for one in readiness_in(course, keys)}
    line.tell_apart(people, [facts.network])
    groups = _groups_of(people)
    unreachable = people_list.unreachable(keys)
    ahead = _ahead_of(people, facts)
    found = []
    for one in people:
        stand = ready.get(one.person_id)
        found.append(
            PersonRow(
                registration=one,
                organization=one.position.organization_name if one.position else "",
                groups=", ".join(groups[one.pk]),
                hours=wording.hours_row(stand.minutes_counted) if stand else "",
                minutes=stand.minutes_counted if stand else 0,
                tag=tag_of(one, stand, facts, came_back=one.person_id in unreachable),
                readiness=stand,
                ahead="; ".join(ahead[one.pk]),
            )
        )
    return found


def _ahead_of(people: Sequence[Registration], facts: ListFacts) -> dict[int, list[str]]:
    """Say of the meetings ahead who comes for whom, and of the next one who is in the room or online.

    By the key of the registration; three queries.
    """
    keys, found = [one.pk for one in people], defaultdict[int, list[str]](list)
    ahead = {"meeting__ends_at__gt": facts.at, "meeting__status": Meeting.Status.SCHEDULED}
    sent = Substitute.objects.coming().filter(registration__in=keys, **ahead)
    for one in sent.select_related("meeting", "guest__registration__person").order_by("meeting__starts_at"):
        found[one.registration_id].append(_on(one.meeting, _("sent %(name)s") % {"name": one.name}))
    guests = MeetingGuest.objects.standing().filter(registration__in=keys, **ahead)
    with_whom = guests.select_related("meeting", "substitute__registration__person")
    for guest in with_whom.order_by("meeting__starts_at"):
        found[guest.registration_id].append(_on(guest.meeting, guest_words(guest)))
    first = facts.network.meetings.own().standing().filter(ends_at__gt=facts.at).order_by("starts_at", "pk")
    ways = ChosenWay.objects.filter(registration__in=keys, meeting__in=first.values("pk")[:1])
    for way in ways.select_related("meeting"):
        found[way.registration_id].append(_on(way.meeting, str(way.get_way_display()).lower()))
    return found


def _on(meeting: Meeting, words: str) -> str:
    """Say something of the day of a meeting."""
    return _("%(day)s: %(words)s") % {"day": wording.short_day(meeting.on), "words": words}


def _groups_of(people: Sequence[Registration]) -> dict[int, list[str]]:
    """Return the titles of the groups that each registration is in now."""
    found: dict[int, list[str]] = defaultdict(list)
    current = GroupMembership.objects.current().filter(registration__in=[one.pk for one in people])
    for key, title in current.order_by("pk").values_list("registration", "working_group__title"):
        found[key].append(title)
    return found


def tag_of(one: Registration, stand: Readiness | None, facts: ListFacts, *, came_back: bool) -> Tag | None:
    """Return the one thing that is unusual about somebody; what needs an act comes first."""
    if one.place:
        return "warn", _("number %(place)s in line") % {"place": one.place}
    if one.status == Registration.Status.OFFERED:
        return "warn", offered_words(one, facts.network)
    if one.status == Registration.Status.HELD:
        return "warn", _("held until %(leader)s confirms") % {"leader": one.leader_name}
    if not one.is_live:
        return "", str(one.get_status_display())
    if came_back:
        return "bad", _("mail came back")
    return _attendance_tag(one, stand, facts) or _kind_tag(one)


def offered_words(one: Registration, network: Network) -> str:
    """Say until when somebody can accept the seat that they are offered."""
    if one.offer is None:
        return _("a seat is offered")
    return _("offered until %(until)s") % {"until": wording.moment(one.offer.until, network.zone)}


def _attendance_tag(one: Registration, stand: Readiness | None, facts: ListFacts) -> Tag | None:
    """Return what the last meeting says of somebody."""
    last = facts.last
    if last is None or one.seated_at is None or one.seated_at >= last.ends_at:
        return None
    there = [seen for seen in stand.attendances if seen.status == Seen.PRESENT] if stand else []
    if not there and stand and stand.course.own_held > 1:
        return "bad", _("never came")
    at_last = next((seen for seen in there if seen.meeting_id == last.pk), None)
    if at_last is None:
        on = wording.short_day(local_day(last.starts_at, last.zone))
        return "bad", _("missed %(day)s") % {"day": on}
    return ("warn", _("left early")) if _left_early(at_last) else None


def _left_early(seen: Attendance) -> bool:
    return seen.left_at is not None and seen.left_at < seen.meeting.ends_at - LEFT_EARLY


def _kind_tag(one: Registration) -> Tag | None:
    """Return in what way somebody is registered otherwise than most."""
    if one.party_size > 1:
        words = ngettext("%(n)s person coming", "%(n)s people coming", one.party_size)
        return "info", words % {"n": one.party_size}
    return ("info", _("designee")) if one.leader_name else None
