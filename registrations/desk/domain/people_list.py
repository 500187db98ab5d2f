"""Questions about the people of a network: who missed a meeting, who has no group, whose mail came back."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from meetings.models import Meeting, Network
from partners.models import PersonEmail, by_name
from registrations.credit.domain.credits import Rule
from registrations.models import Attendance, EvaluationCompletion, GroupMembership, Registration, Seen
from registrations.models.seats.registration import RegistrationQuerySet

MISSED, NEVER, SHORT = "missed", "never", "short"
ANSWERED, UNANSWERED = "answered", "unanswered"
NO_GROUP = "none"
GUESTS = Q(status=Registration.Status.GUEST)
GONE = ~Q(status__in=Registration.LIVE) & ~GUESTS
OCCUPYING = Q(status__in=Registration.OCCUPYING)


@dataclass(frozen=True)
class ListFacts:
    """What the list asks of the network, once for all its people."""

    network: Network
    last: Meeting | None
    least_minutes: int
    has_groups: bool
    at: datetime


def last_meeting(network: Network, *, at: datetime) -> Meeting | None:
    """Return the last meeting of the network itself that is over and has attendance."""
    taken = Attendance.objects.filter(meeting__network=network).values("meeting")
    held = network.meetings.own().held(at).filter(pk__in=taken)
    return held.order_by("-starts_at", "-pk").first()


def least_minutes(rule: Rule) -> int:
    """Return from how many minutes on a rule gives units; 0 where it gives none or asks for none."""
    return ceil(rule.minimum_minutes) if rule.minimum else 0


def missed(meeting: Meeting) -> Q:
    """Return who had a seat when ``meeting`` ended and was not there."""
    there = Attendance.objects.filter(meeting=meeting, status=Seen.PRESENT)
    return Q(seated_at__lt=meeting.ends_at) & ~Q(person__in=there.values("registration__person"))


def never_came(network: Network) -> Q:
    """Return who was at no meeting so far."""
    there = Attendance.objects.filter(meeting__network=network, status=Seen.PRESENT)
    return ~Q(person__in=there.values("registration__person"))


def short_of(network: Network, minutes: int, *, at: datetime) -> Q:
    """Return who has fewer than ``minutes`` that count."""
    counts = Q(attendances__meeting__status="scheduled", attendances__meeting__starts_at__lte=at)
    counted = network.registrations.order_by().values("person")
    counted = counted.annotate(minutes=Sum("attendances__minutes_counted", filter=counts))
    return ~Q(person__in=counted.filter(minutes__gte=minutes).values("person"))


def answered(network: Network) -> Q:
    """Return who answered the evaluation, or is excused."""
    done = EvaluationCompletion.objects.filter(registration__network=network)
    return Q(person__in=done.values("registration__person"))


def in_group(group: str) -> Q:
    """Return who is in a group, by its uid; or in none."""
    current = GroupMembership.objects.current()
    if group == NO_GROUP:
        return ~Q(pk__in=current.values("registration"))
    return Q(pk__in=current.filter(working_group__uid=group).values("registration"))


def mail_came_back() -> Q:
    """Return whose mail came back."""
    return Q(person__in=_unreachable().values("person"))


def unreachable(people: list[int]) -> set[int]:
    """Return those of ``people``, by key, whose mail came back."""
    return set(_unreachable().filter(person__in=people).values_list("person", flat=True))


def _unreachable() -> QuerySet[PersonEmail]:
    return PersonEmail.objects.filter(primary=True, refused_at__isnull=False).order_by()


def attendance_condition(facts: ListFacts, wanted: str) -> Q:
    """Return the condition of one choice of attendance; none where it has no meaning in this network."""
    if wanted == MISSED and facts.last:
        return missed(facts.last)
    if wanted == NEVER:
        return never_came(facts.network)
    if wanted == SHORT and facts.least_minutes:
        return short_of(facts.network, facts.least_minutes, at=facts.at)
    return Q()


def evaluation_condition(network: Network, wanted: str) -> Q:
    """Return the condition of one choice about the evaluation."""
    return {ANSWERED: answered(network), UNANSWERED: ~answered(network)}.get(wanted, Q())


def count_people(facts: ListFacts) -> dict[str, int]:
    """Return how many people each quick choice lists, in one statement."""
    nobody = Q(pk__in=[])
    wanted = {
        "seated": OCCUPYING,
        "missed": OCCUPYING & missed(facts.last) if facts.last else nobody,
        "no_group": OCCUPYING & in_group(NO_GROUP) if facts.has_groups else nobody,
        "waiting": Q(status=Registration.Status.WAITING),
        "came_back": OCCUPYING & mail_came_back(),
        "guests": GUESTS,
        "gone": GONE,
    }
    counts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    found: dict[str, int] = facts.network.registrations.order_by().aggregate(**counts)
    return found


def in_order(people: RegistrationQuerySet, order: str) -> RegistrationQuerySet:
    """Return ``people`` by organization, group or hours, then by name."""
    then = (*by_name("person__"), "pk")
    if order == "organization":
        first = Coalesce("position__organization__plain_name", "position__plain_organization_words")
        return people.order_by(first, *then)
    if order == "group":
        group = GroupMembership.objects.current().filter(registration=OuterRef("pk")).order_by("pk")
        titled = people.alias(group_title=Subquery(group.values("working_group__title")[:1]))
        return titled.order_by("group_title", *then)
    if order in ("hours", "-hours"):
        rows = Attendance.objects.filter(registration=OuterRef("pk"), meeting__status="scheduled")
        sums = rows.order_by().values("registration").annotate(sum=Sum("minutes_counted"))
        counted = people.alias(minutes=Coalesce(Subquery(sums.values("sum")), 0))
        return counted.order_by(order.replace("hours", "minutes"), *then)
    return people.by_name()
