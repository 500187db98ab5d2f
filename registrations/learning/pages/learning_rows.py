"""What My learning says of each network of one person, at a constant number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, TypeAlias, TypedDict
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting, Modality, Network, WorkingGroup
from partners.models import Person, local_day
from registrations.credit.domain.category_words import parts_words
from registrations.credit.domain.credit_offers import minutes_given
from registrations.credit.domain.credit_words import make_up_words
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.explaining import meeting_sentences
from registrations.credit.domain.reaching import Reach, Standing, reach_of
from registrations.credit.domain.reason_words import reason_words
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.sessions import session_of
from registrations.credit.domain.summing import Total
from registrations.credit.domain.totals import credit_of, that_count, total_of, was_there
from registrations.models import (
    Attendance,
    CreditRule,
    EvaluationCompletion,
    GroupMembership,
    MeetingGuest,
    Offer,
    Registration,
    Substitute,
)
from registrations.models.credit.credit_rule import CreditRuleQuerySet
from registrations.seats.domain import line
from registrations.seats.domain.door_codes import address_of_code
from registrations.seats.domain.questions import asks_questions
from stemnet import wording
from stemnet.qr import qr_inline

Tag = tuple[str, str]


class Own(TypedDict):
    """The groups that somebody is in now, and whether the network has any."""

    current_groups: list[GroupMembership]
    has_groups: bool
    asks_questions: bool
    has_guests: bool
    has_substitutes: bool
    has_evaluated: bool


OwnRegistration: TypeAlias = "WithAnnotations[Registration, Own]"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One meeting of one person: what was seen, what counts, and what can still be said."""

    meeting: Meeting
    attendance: Attendance | None
    misses: bool
    seated: bool
    rule: Rule
    at: datetime
    guest: MeetingGuest | None = None  # where one comes without a seat
    asked: Substitute | None = None  # the colleague who was asked to come instead

    @property
    def sent(self) -> str:
        """Return who comes, or came, instead; nothing where one comes oneself."""
        return self.asked.name if self.asked and self.asked.is_coming else ""

    @property
    def can_send(self) -> bool:
        """Return whether a colleague can be asked to come instead."""
        is_session = self.meeting.network is not None and self.meeting.network.is_information_session
        return self.guest is None and not is_session and self.meeting.starts_at > self.at

    @property
    def for_whom(self) -> str:
        """Return for whom one comes to this meeting, or nothing."""
        substitute = getattr(self.guest, "substitute", None)
        return str(substitute.registration.person) if substitute else ""

    @property
    def title(self) -> str:
        """Return its title; a group's meeting says so, with its own title where the group planned it."""
        group = self.meeting.working_group
        if group is None:
            return self.meeting.title
        if self.meeting.in_slot:
            return _("Working group: %(topic)s") % {"topic": group.title}
        return _("%(title)s, %(topic)s") % {"title": self.meeting.title, "topic": group.title}

    @property
    def is_ahead(self) -> bool:
        """Return whether it stands and has not ended."""
        return not self.meeting.is_cancelled and self.meeting.ends_at > self.at

    @property
    def join_url(self) -> str:
        """Return the link to join, for who has a seat, from the day before until the meeting ends."""
        return self.meeting.join_url if self.shows_link else ""

    @property
    def shows_link(self) -> bool:
        """Return whether it is time for the link to join."""
        tomorrow = local_day(self.at, ZoneInfo(self.meeting.zone)) + timedelta(days=1)
        return self.is_ahead and self.seated and self.meeting.on <= tomorrow

    @property
    def tag(self) -> Tag:
        """Kind and words of "how we know"; not marked is never absent (docs/rules.md 6.2)."""
        if self.meeting.is_cancelled:
            return "bad", _("Cancelled")
        if self.sent and not (self.attendance and was_there(self.attendance)):
            return "", _("you sent %(name)s") % {"name": self.sent}
        if self.attendance is not None:
            return seen_tag(self.attendance, self.meeting)
        if not self.is_ahead:
            return "", _("not marked yet")
        if self.misses:
            return "warn", _("you can't come")
        zone = ZoneInfo(self.meeting.zone)
        return "", wording.days_away(self.meeting.on, local_day(self.at, zone))

    @property
    def minutes_offered(self) -> int:
        """Return what it counts for who is there from start to end."""
        return minutes_given([session_of(self.meeting)], self.rule)[0]

    @property
    def hours(self) -> str:
        """Return hours counted, or what can still be earned."""
        if self.meeting.is_cancelled:
            return "–"
        if self.attendance is not None and self.meeting.starts_at <= self.at:
            return wording.hours_row(self.attendance.minutes_counted)
        if self.is_ahead and self.minutes_offered:
            return _("up to %(hours)s") % {"hours": wording.hours(self.minutes_offered)}
        return "–"

    @property
    def note(self) -> str:
        """Return minutes attended, where it is not simply the whole meeting, and why it counts as it does."""
        seen = self.attendance
        if seen is None or self.meeting.is_cancelled or not was_there(seen):
            return ""
        minutes = _("%(attended)s of %(scheduled)s minutes") % {
            "attended": seen.minutes_attended,
            "scheduled": seen.minutes_scheduled,
        }
        source = "" if self.tag[1] == seen.how_known else seen.how_known
        facts = ", ".join(filter(None, [source, minutes]))
        made_up = make_up_words(seen.minutes_made_up, seen.made_up_by)
        why = reason_words(seen.reason, self.rule, presenting=seen.presenting)
        return ": ".join(filter(None, [facts, "; ".join(filter(None, [made_up, why, self.split]))]))

    @property
    def split(self) -> str:
        """Return the minutes of each category, where the meeting has several."""
        if self.attendance is None or not self.meeting.category_minutes or self.meeting.network is None:
            return ""
        return parts_words(credit_of(self.attendance, self.meeting.network), self.rule)

    @property
    def explained(self) -> list[str]:
        """Say step by step how the hours were worked out; nothing before the meeting has begun."""
        counts = self.attendance is not None and self.meeting.starts_at <= self.at
        if self.attendance is None or not counts or self.meeting.is_cancelled:
            return []
        return meeting_sentences(self.attendance, self.meeting, self.rule)


def seen_tag(seen: Attendance, meeting: Meeting) -> Tag:
    """Say how we know, and when somebody came late or left early beyond what is forgiven."""
    if not was_there(seen):
        return "bad", _("Absent")
    if seen.presenting:
        return "ok", seen.words
    zone = ZoneInfo(meeting.zone)
    if seen.minutes_counted < seen.minutes_scheduled:
        if seen.left_at and seen.left_at < meeting.ends_at:
            return "warn", _("left at %(time)s") % {"time": wording.clock(seen.left_at.astimezone(zone))}
        if seen.arrived_at and seen.arrived_at > meeting.starts_at:
            return "warn", _("came at %(time)s") % {"time": wording.clock(seen.arrived_at.astimezone(zone))}
    return "ok", seen.how_known


@dataclass(frozen=True, kw_only=True)
class OwnNetwork:
    """One network of one person: the registration that counts, and the meetings."""

    registration: OwnRegistration
    rows: list[Row]
    groups: list[GroupMembership]
    attendances: list[Attendance]
    evaluated: bool
    demonstrated: bool
    version: CreditRule | None
    rule: Rule
    at: datetime
    door: Registration | None = None  # whose code opens the door: the seat, or that of a guest

    @property
    def network(self) -> Network:
        """Return the network."""
        return self.registration.network

    @property
    def place(self) -> int | None:
        """Return the place in line of who waits."""
        return self.registration.place

    @property
    def offer(self) -> Offer | None:
        """Return the offer of a seat that can be answered."""
        return self.registration.offer if self.registration.is_live else None

    @property
    def is_over(self) -> bool:
        """Return whether nothing more is to come of it for this person."""
        comes = self.registration.is_live or any(row.guest for row in self.rows)
        off = self.network.status == Network.Status.CANCELLED or not comes
        return off or (bool(self.rows) and not any(row.is_ahead for row in self.rows))

    @property
    def concerns(self) -> bool:
        """Return whether the person is in it, or was; else there is nothing to show."""
        is_guest = any(row.guest for row in self.rows)
        return self.registration.is_live or is_guest or bool(self.attendances)

    @property
    def next(self) -> Row | None:
        """Return the next meeting that the person has a seat for and means to come to."""
        if self.network.status == Network.Status.CANCELLED:
            return None
        return next((row for row in self.rows if row.seated and row.is_ahead and not row.misses), None)

    @property
    def door_code(self) -> str:
        """Return the code for the door, for who has a seat and somewhere to come to."""
        ahead = (row for row in self.rows if row.is_ahead and row.seated and not row.sent)
        rooms = (row for row in ahead if row.meeting.modality != Modality.ONLINE)
        return self.door.door_code if self.door and any(rooms) else ""

    @property
    def door_qr(self) -> SafeString:
        """Return it as a QR."""
        return qr_inline(address_of_code(self.door_code))

    @property
    def short_rows(self) -> list[Row]:
        """Return the last two meetings that were held; before any, the one after the next."""
        stand = [row for row in self.rows if not row.meeting.is_cancelled]
        held = [row for row in stand if not row.is_ahead]
        return held[-2:] or [row for row in stand if row != self.next][:1]

    @property
    def tag(self) -> Tag:
        """Return the kind and words of its status tag."""
        if self.network.status == Network.Status.CANCELLED:
            return "bad", str(Network.Status.CANCELLED.label)
        kinds = {"seated": "ok", "waiting": "warn", "offered": "warn", "held": "warn", "guest": "info"}
        return kinds.get(self.registration.status, ""), self.registration.get_status_display()

    @cached_property
    def reach(self) -> Reach:
        """Return how the minimum of the rule stands to this person."""
        mine = self.registration
        return reach_of(
            Standing(
                network=self.network,
                rule=self.rule,
                meetings=list(self.network.meetings.all()),
                seen=self.attendances,
                joined={one.working_group_id: one.joined_at for one in self.groups},
                missed={one.meeting_id for one in mine.planned_absences.all()},
                is_seated=mine.is_seated and self.network.status != Network.Status.CANCELLED,
                is_live=mine.is_live and self.network.status != Network.Status.CANCELLED,
                at=self.at,
            )
        )

    @property
    def total(self) -> Total:
        """Return what the meetings that stand and have begun give."""
        return total_of(that_count(self.attendances, at=self.at), self.rule, self.network)


def studies_of(person: Person, *, at: datetime, slug: str = "") -> list[OwnNetwork]:
    """Return the person's networks, those with a meeting ahead first, then the newest."""
    mine = person.registrations.order_by("network_id", "pk")
    if slug:
        mine = mine.filter(network__slug=slug)
    return sorted(studies_among(mine, at=at), key=_order)


def studies_among(registrations: QuerySet[Any], *, at: datetime) -> list[OwnNetwork]:
    """Return what ``registrations`` are about, once for a person and network; ordered by these."""
    has_groups = Exists(WorkingGroup.objects.filter(network=OuterRef("network")))
    rows = (
        registrations.annotate(
            has_groups=has_groups,
            asks_questions=asks_questions("network"),
            has_guests=Exists(MeetingGuest.objects.filter(registration=OuterRef("pk"))),
            has_substitutes=Exists(Substitute.objects.filter(registration=OuterRef("pk"))),
            has_evaluated=Exists(EvaluationCompletion.objects.filter(registration=OuterRef("pk"))),
        )
        .select_related("network__provider", "network__evaluation", "person")
        .prefetch_related(
            Prefetch("attendances", Attendance.objects.select_related("meeting__working_group")),
            Prefetch(
                "group_memberships",
                GroupMembership.objects.current().select_related("working_group"),
                to_attr="current_groups",
            ),
            Prefetch(
                "network__meetings",
                Meeting.objects.select_related("working_group", "completion").order_by("starts_at", "pk"),
            ),
            "network__meetings__breaks",
            "planned_absences",
        )
    )
    # Most people are never sent and send nobody, so that is asked only of those who do.
    prefetch_related_objects(
        [one for one in rows if one.has_guests],
        Prefetch(
            "guest_at", MeetingGuest.objects.standing().select_related("substitute__registration__person")
        ),
    )
    prefetch_related_objects(
        [one for one in rows if one.has_substitutes],
        Prefetch(
            "substitutes",
            Substitute.objects.open().select_related("meeting", "guest__registration__person"),
        ),
    )
    line.tell_apart(rows, {one.network_id: one.network for one in rows}.values())
    versions = CreditRule.objects.known_now()
    return [
        _study(list(group), versions, at=at)
        for _key, group in groupby(rows, key=lambda one: (one.person_id, one.network_id))
    ]


def _order(study: OwnNetwork) -> tuple[bool, float]:
    """Sort key: what is ahead by its next meeting, what is over by its last, newest first."""
    ahead = [row.meeting.starts_at.timestamp() for row in study.rows if row.is_ahead]
    if not study.is_over:
        return False, min(ahead, default=0.0)
    return True, -max((row.meeting.starts_at.timestamp() for row in study.rows), default=0.0)


def _study(mine: list[OwnRegistration], versions: CreditRuleQuerySet, *, at: datetime) -> OwnNetwork:
    """Put one network together; who left and came back has several registrations, whose hours add up."""
    registration = max(mine, key=lambda one: (one.is_live, one.pk))
    best: dict[int, Attendance] = {}
    for seen in (row for one in mine for row in one.attendances.all()):
        known = best.get(seen.meeting_id)
        if known is None or seen.minutes_counted > known.minutes_counted:
            best[seen.meeting_id] = seen
    groups = registration.current_groups
    missed = {absence.meeting_id for absence in registration.planned_absences.all()}
    version = versions.version_for(registration.network)
    coming = [guest for one in mine if one.has_guests for guest in one.guest_at.all()]
    guests = {guest.meeting_id: guest for guest in coming}
    asked = {}
    if registration.has_substitutes:
        asked = {one.meeting_id: one for one in registration.substitutes.all()}
    joined = {one.working_group_id: one.joined_at for one in groups}
    shown = _shown(registration, {*best, *guests}, joined)
    is_guest = next((one for one in mine if one.status == Registration.Status.GUEST), None)
    rows = [
        Row(
            meeting=meeting,
            attendance=best.get(meeting.pk),
            misses=meeting.pk in missed,
            seated=registration.is_seated or meeting.pk in guests,
            rule=rule_of(registration.network, version),
            at=at,
            guest=None if registration.is_seated else guests.get(meeting.pk),
            asked=asked.get(meeting.pk),
        )
        for meeting in shown
    ]
    return OwnNetwork(
        registration=registration,
        rows=rows,
        groups=groups,
        attendances=list(best.values()),
        demonstrated=any(one.demonstrated_at for one in mine),
        evaluated=any(one.has_evaluated for one in mine),
        version=version,
        rule=rule_of(registration.network, version),
        at=at,
        door=registration if registration.is_seated else is_guest,
    )


def _shown(
    registration: Registration, seen: Collection[int], groups: dict[int, datetime]
) -> Iterable[Meeting]:
    """Return the meetings that concern somebody: the network's, those of own groups, and where they were.

    Of a group those that were not over when they joined.
    """
    for meeting in registration.network.meetings.all():
        joined = groups.get(meeting.working_group_id or 0)
        own = meeting.working_group_id is None or (joined is not None and joined < meeting.ends_at)
        if meeting.pk in seen or (registration.is_live and own):
            yield meeting
