"""What the staff's list says of each person: organization, groups, hours, and one short tag."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.models import local_day
from registrations.credit.domain.readiness import NetworkFacts, Readiness, readiness_in
from registrations.desk.domain import people_list
from registrations.desk.domain.people_list import ListFacts
from registrations.models import Attendance, GroupMembership, Registration, Seen
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


def rows_of(people: Sequence[Registration], *, facts: ListFacts, course: NetworkFacts) -> list[PersonRow]:
    """Return the rows of ``people``, in as many statements for one as for many."""
    keys = [one.person_id for one in people]
    ready = {one.person.pk: one for one in readiness_in(course, keys)}
    line.tell_apart(people, [facts.network])
    groups = _groups_of(people)
    unreachable = people_list.unreachable(keys)
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
            )
        )
    return found


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
