"""Who belongs at a meeting, what is known of each, and how far the desk has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting
from partners.models import Person
from registrations.attendance.domain.presence import seen_as
from registrations.attendance.domain.two_sources import Sides, sides
from registrations.credit.domain.credit_words import make_up_words
from registrations.credit.domain.intervals import from_pairs
from registrations.models import (
    BY_DEVICE,
    BY_HAND,
    Attendance,
    ChosenWay,
    Evidence,
    MeetingGuest,
    PlannedAbsence,
    Registration,
    Seen,
    Source,
    Substitute,
)
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.wording import clock, hours, hours_phrase


class Show(StrEnum):
    """Which rows of the desk are shown; here and absent as attendance calls them."""

    UNMARKED = "unmarked"
    HERE = Seen.PRESENT
    ABSENT = Seen.ABSENT
    ALL = "all"


@dataclass(frozen=True)
class Progress:
    """How many are here, absent and not marked, of all who belong at the meeting or came."""

    here: int
    absent: int
    unmarked: int

    @property
    def total(self) -> int:
        """Return everyone on the roster."""
        return self.here + self.absent + self.unmarked


@dataclass(frozen=True)
class RosterRow:
    """One person at one meeting: the mark that stands, what counts, and what was said beforehand."""

    registration: Registration
    meeting: Meeting
    mark: Evidence | None
    attendance: Attendance | None
    said_no: bool
    excused: bool
    viewer: Person
    apart: Sides | None = None  # a report and their own phone, where they disagree much
    sent: Substitute | None = None  # who comes instead
    guest: MeetingGuest | None = None  # of somebody without a seat
    notes: Sequence[str] = ()  # for whom they come, or that they are a guest; in the room or online

    @property
    def is_me(self) -> bool:
        """Return whether this is whoever looks, who marks everyone but themselves."""
        return self.registration.person_id == self.viewer.pk

    @property
    def is_here(self) -> bool:
        """Return whether they were seen; what two registrations of one person saw counts on the newer one."""
        if self.attendance is None:
            seen = self.mark is not None and self.mark.seen == Seen.PRESENT
            return seen and not self.meeting.is_cancelled
        return self.attendance.status == Seen.PRESENT

    @property
    def is_absent(self) -> bool:
        """Return whether somebody said that they were not there."""
        return self.attendance is not None and self.attendance.status == Seen.ABSENT

    @property
    def words(self) -> str:
        """Return what is known beside the tick, in one line: nothing of whoever is here from the start."""
        if self.attendance is None and self.mark is not None and self.mark.uncounted:
            return by_device(self.mark, self.meeting)
        if self.attendance is None and self.mark is not None and not self.meeting.is_cancelled:
            return _("counted together with another registration of this person")
        if self.attendance is None:
            return beforehand(self)
        if self.is_absent:
            return sent_words(self.sent) or _("absent")
        words = [
            came_and_left(self.attendance, self.meeting),
            make_up_words(self.attendance.minutes_made_up, self.attendance.made_up_by),
            *counted_if_less(self.attendance),
        ]
        return "; ".join(one for one in words if one)


def beforehand(row: RosterRow) -> str:
    """Return what was said before the meeting by somebody who is not marked."""
    words = [sent_words(row.sent)] if row.sent else []
    if row.said_no and not row.sent:
        words.append(_("excused") if row.excused else _("said they can't come"))
    if row.registration.leader_name:
        words.append(_("designee of %(leader)s") % {"leader": row.registration.leader_name})
    if not row.registration.is_seated and row.guest is None:
        words.append(str(row.registration.get_status_display()).lower())
    return ", ".join(words)


def sent_words(substitute: Substitute | None) -> str:
    """Say who comes instead of somebody; nothing where they come themselves."""
    return _("sent %(name)s") % {"name": substitute.name} if substitute else ""


def guest_words(guest: MeetingGuest) -> str:
    """Say in what way somebody comes without a seat: for whom, or as a guest."""
    substitute = getattr(guest, "substitute", None)
    if substitute is None:
        return _("guest")
    return _("for %(name)s") % {"name": substitute.registration.person}


def came_and_left(attendance: Attendance, meeting: Meeting) -> str:
    """Return when somebody came and left, as far as it differs from the plan."""
    words = []
    if attendance.source in BY_DEVICE:
        words.append(by_device(attendance, meeting))
    elif attendance.arrived_at and attendance.arrived_at != meeting.starts_at:
        words.append(_("arrived at %(time)s") % {"time": local_clock(attendance.arrived_at, meeting)})
    if attendance.left_at and attendance.left_at != meeting.ends_at:
        words.append(_("left at %(time)s") % {"time": local_clock(attendance.left_at, meeting)})
    if attendance.away:
        words.append(away_words(attendance, meeting))
    return ", ".join([*words, _("presenting")] if attendance.presenting else words)


def by_device(seen: Attendance | Evidence, meeting: Meeting) -> str:
    """Return when somebody checked in on their own phone, or was scanned at the door."""
    time = {"time": local_clock(seen.arrived_at or meeting.starts_at, meeting)}
    if seen.source == Source.KIOSK:
        return _("checked in at the door at %(time)s") % time
    return _("checked in on their own phone at %(time)s") % time


def away_words(seen: Attendance | Evidence, meeting: Meeting) -> str:
    """Return when somebody was out in between: "away 10:00 a.m. to 11:00 a.m."."""
    spans = [
        _("%(start)s to %(end)s")
        % {name: local_clock(getattr(span, name), meeting) for name in ("start", "end")}
        for span in from_pairs(seen.away)
    ]
    return _("away %(times)s") % {"times": ", ".join(spans)}


def counted_if_less(attendance: Attendance) -> list[str]:
    """Return what counts, where it is not everything."""
    if attendance.minutes_counted == attendance.minutes_scheduled:
        return []
    values = {
        "counted": hours(attendance.minutes_counted),
        "scheduled": hours_phrase(attendance.minutes_scheduled),
    }
    return [_("counts %(counted)s of %(scheduled)s") % values]


def local_clock(moment: datetime, meeting: Meeting) -> str:
    """Return a moment on the meeting's clock."""
    return clock(moment.astimezone(ZoneInfo(meeting.zone)))


def belonging(meeting: Meeting) -> RegistrationQuerySet:
    """Return who is expected at ``meeting``, and whoever a mark speaks of."""
    expected = Registration.expected(meeting)
    spoken_of = Exists(meeting.evidence.standing().filter(registration=OuterRef("pk")))
    return Registration.objects.filter(expected | Q(spoken_of), network=meeting.network_id)


def progress(meeting: Meeting) -> Progress:
    """Count the roster of ``meeting`` in one query; who left and came back is one person."""
    counted = Attendance.objects.filter(meeting=meeting, registration__network=meeting.network_id)
    pressed = Evidence.objects.standing().filter(
        meeting=meeting, registration__person=OuterRef("person"), uncounted=True
    )
    seen = [
        When(person__in=counted.filter(status=status).values("registration__person"), then=Value(status))
        for status in (Seen.PRESENT, Seen.ABSENT)
    ]  # each read once, where one subquery a person reads them 20,000 times
    mark = Case(*seen, default=Subquery(pressed.values("seen")[:1]), output_field=CharField())
    counts = dict(
        belonging(meeting)
        .annotate(mark=mark)
        .order_by()
        .values("mark")
        .annotate(number=Count("person", distinct=True))
        .values_list("mark", "number")
    )
    return Progress(
        here=counts.get(Seen.PRESENT, 0), absent=counts.get(Seen.ABSENT, 0), unmarked=counts.get(None, 0)
    )


def who_is_here(meeting: Meeting) -> list[UUID]:
    """Return the registrations, by their uid, of those who are here."""
    return list(belonging(meeting).filter(seen_as(meeting, Seen.PRESENT)).values_list("uid", flat=True))


def reachable(meeting: Meeting, *, viewer: Person) -> RegistrationQuerySet:
    """Return whom ``viewer`` may mark at ``meeting``: the roster, and others of the network they may see."""
    visible = Registration.objects.visible_to(viewer).filter(seated_at__isnull=False)
    return Registration.objects.filter(network=meeting.network_id).filter(
        Q(pk__in=belonging(meeting).values("pk")) | Q(pk__in=visible.values("pk"))
    )


def on_desk(
    meeting: Meeting, *, viewer: Person, words: str = "", show: Show = Show.ALL
) -> RegistrationQuerySet:
    """Return whom ``viewer`` finds on the desk of ``meeting``, by name: all, or those that ``show`` says.

    Searching by name, address or organization also finds others: people come to another group's meeting, too.
    """
    people = belonging(meeting)
    if show == Show.ALL:
        sent = Registration.objects.who_sent_somebody(meeting)
        people = Registration.objects.filter(Q(pk__in=people.values("pk")) | Q(pk__in=sent.values("pk")))
    if words.strip():
        people = reachable(meeting, viewer=viewer).found_by(words)
    if show == Show.UNMARKED:
        people = people.unmarked_at(meeting)
    elif show != Show.ALL:
        people = people.filter(seen_as(meeting, show))
    return people.by_name()


class Marks(TypedDict):
    """What is known of a person at one meeting: the marks that stand by their moment, what counts, and
    whether they said that they can't come, how they come, who comes instead, and whether as a guest.
    """

    marks: list[Evidence]
    counted: list[Attendance]
    said_no: list[PlannedAbsence]
    ways: list[ChosenWay]
    sent: list[Substitute]
    guest: list[MeetingGuest]


MarkedRegistration: TypeAlias = "WithAnnotations[Registration, Marks]"


def with_marks(people: RegistrationQuerySet, meeting: Meeting) -> QuerySet[MarkedRegistration]:
    """Fetch with each person what is known of them at ``meeting``."""
    return people.select_related("person", "position__organization", "network").prefetch_related(
        Prefetch(
            "evidence", Evidence.objects.standing().filter(meeting=meeting).order_by("at"), to_attr="marks"
        ),
        Prefetch("attendances", Attendance.objects.filter(meeting=meeting), to_attr="counted"),
        Prefetch("planned_absences", PlannedAbsence.objects.filter(meeting=meeting), to_attr="said_no"),
        Prefetch("substitutes", _sent_to(meeting), to_attr="sent"),
        Prefetch("guest_at", _guests_at(meeting), to_attr="guest"),
        Prefetch("chosen_ways", ChosenWay.objects.filter(meeting=meeting), to_attr="ways"),
    )


def with_notes(people: RegistrationQuerySet, meeting: Meeting) -> RegistrationQuerySet:
    """Fetch with each person how they come to ``meeting``, which `notes_of` says; two queries."""
    return people.prefetch_related(
        Prefetch("guest_at", _guests_at(meeting), to_attr="guest"),
        Prefetch("chosen_ways", ChosenWay.objects.filter(meeting=meeting), to_attr="ways"),
    )


def notes_of(registration: Registration) -> list[str]:
    """Say of somebody who was fetched `with_notes`: for whom they come or that they are a guest, and how."""
    guests, ways = getattr(registration, "guest", []), getattr(registration, "ways", [])
    return [*map(guest_words, guests), *(str(one.get_way_display()).lower() for one in ways)]


def _sent_to(meeting: Meeting) -> QuerySet[Substitute]:
    return meeting.substitutes.coming().select_related("guest__registration__person")


def _guests_at(meeting: Meeting) -> QuerySet[MeetingGuest]:
    return meeting.guests.standing().select_related("substitute__registration__person")


def row_of(registration: MarkedRegistration, meeting: Meeting, *, viewer: Person) -> RosterRow:
    """Return the row of one registration; a mark by hand is shown before any other."""
    seen = [mark for mark in registration.marks if mark.source != Source.MAKE_UP]
    by_hand = [mark for mark in seen if mark.source in BY_HAND]
    return RosterRow(
        registration=registration,
        meeting=meeting,
        mark=next(iter(by_hand or seen[-1:]), None),
        attendance=next(iter(registration.counted), None),
        said_no=bool(registration.said_no),
        excused=any(one.excused_by_name for one in registration.said_no),
        viewer=viewer,
        apart=sides(seen, meeting),
        sent=next(iter(registration.sent), None),
        guest=next(iter(registration.guest), None),
        notes=notes_of(registration) if not registration.sent else [],
    )
