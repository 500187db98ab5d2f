"""What's due on the staff desk now: meetings, people in line, documents to review, and what lacks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias, TypedDict

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from meetings.models import (
    GroupLead,
    Meeting,
    Network,
    TeamAttendance,
    WorkingGroup,
    counted,
    with_dates,
)
from meetings.models.planning.network import Dates
from partners.memorandum.domain import coordinator_inbox
from partners.models import Person
from registrations.credit.domain.awarding import asks_of_meetings, lacking
from registrations.models import (
    Attendance,
    CreditRule,
    Document,
    Evaluation,
    EvaluationCompletion,
    GroupMembership,
    MeetingGuest,
    PlannedAbsence,
    Registration,
    Report,
    Seen,
    Substitute,
)

TODAY = timedelta(hours=18)
MOST_RUNNING = 100
ROWS = Count("pk")


class Figures(Dates):
    """Seats taken, people in line, open offers, meetings to complete, documents to review, reports."""

    seated: int
    waiting: int
    offers: int
    due: int
    reviews: int
    reported: int


class Marks(TypedDict):
    """How many are here, absent, expected, not marked, and mean to come."""

    here: int
    absent: int
    expected: int
    unmarked: int
    coming: int


class Asked(TypedDict):
    """How many are asked an evaluation, and how many are done."""

    asked: int
    done: int


MarkedMeeting: TypeAlias = "WithAnnotations[Meeting, Marks]"
AskedEvaluation: TypeAlias = "WithAnnotations[Evaluation, Asked]"
CountedNetwork: TypeAlias = "WithAnnotations[Network, Figures]"


@dataclass(frozen=True)
class NetworkDuties:
    """What waits in one network, with its figures."""

    network: CountedNetwork
    lacks: list[str]


def meetings_due(person: Person, *, at: datetime) -> QuerySet[MarkedMeeting]:
    """Return the meetings of today and those held, whose attendance is not complete, the latest first.

    Of teams, those that are over and at which nobody is marked.
    """
    marked = TeamAttendance.objects.filter(meeting=OuterRef("pk"), came__isnull=False)
    of_networks = Q(starts_at__lte=at + TODAY, completion__isnull=True, network__isnull=False)
    of_teams = Q(ends_at__lte=at, network=None, working_group__isnull=False) & ~Exists(marked)
    due = Meeting.objects.markable_by(person).standing().filter(of_networks | of_teams)
    return with_marks(due.order_by("-starts_at", "pk"))


def meetings_begun(person: Person, *, at: datetime) -> QuerySet[MarkedMeeting]:
    """Return the meetings that have begun, the latest first, with how many came."""
    begun = Meeting.objects.markable_by(person).standing().filter(starts_at__lte=at, network__isnull=False)
    return with_marks(begun.order_by("-starts_at", "pk"))


def with_marks(meetings: QuerySet[Meeting]) -> QuerySet[MarkedMeeting]:
    """Annotate each meeting with its `Marks`; whoever is expected and marked nowhere is unmarked."""
    seen = Attendance.objects.filter(meeting=OuterRef("pk"))
    same = {"meeting": OuterRef(OuterRef("pk")), "registration__person": OuterRef("person")}
    marked = Attendance.objects.filter(**same)
    sent = Substitute.objects.coming().filter(registration=OuterRef("pk"), meeting=OuterRef(OuterRef("pk")))
    of_network = Registration.objects.seated().filter(network=OuterRef("network")).exclude(Exists(sent))
    guests = MeetingGuest.objects.standing().filter(meeting=OuterRef("pk"))
    seen_there = Attendance.objects.filter(
        meeting=OuterRef("meeting"), registration__person=OuterRef("registration__person")
    )
    member = GroupMembership.objects.current().filter(
        registration=OuterRef("pk"), working_group=OuterRef(OuterRef("working_group"))
    )
    sent_there = Substitute.objects.coming().filter(
        registration=OuterRef("registration"), meeting=OuterRef("meeting")
    )
    absence = PlannedAbsence.objects.filter(meeting=OuterRef("pk"), registration__status="seated")
    absence = absence.exclude(Exists(sent_there))
    expected = Case(
        When(working_group=None, then=number_of(of_network)),
        default=number_of(of_network.filter(Exists(member))),
    ) + number_of(guests, "meeting")
    unmarked = of_network.exclude(Exists(marked))
    left = Case(
        When(working_group=None, then=number_of(unmarked)),
        default=number_of(unmarked.filter(Exists(member))),
    ) + number_of(guests.exclude(Exists(seen_there)), "meeting")
    return meetings.select_related("network", "working_group").annotate(
        here=number_of(seen.filter(status=Seen.PRESENT), "meeting"),
        absent=number_of(seen.filter(status=Seen.ABSENT), "meeting"),
        expected=expected,
        unmarked=left,
        coming=expected - number_of(absence, "meeting"),
    )


def number_of(rows: QuerySet[Any], one: str = "network", *, counted: Count = ROWS) -> Coalesce:
    """Return how many ``rows`` there are, which all have the same ``one``, as a part of another question."""
    counted_rows = rows.order_by().values(one).annotate(figure=counted).values("figure")
    return Coalesce(Subquery(counted_rows), 0, output_field=IntegerField())


def has_due(person: Person, *, at: datetime) -> bool:
    """Return whether attendance is to be taken, documents wait for review, or partners for a coordinator."""
    reviews = Document.objects.to_be_reviewed().filter(network__in=Network.objects.staffed_by(person))
    return (
        meetings_due(person, at=at).exists()
        or reviews.exists()
        or (person.is_coordinator and coordinator_inbox.memoranda().exists())
    )


def meetings_ahead(person: Person, *, at: datetime) -> QuerySet[MarkedMeeting]:
    """Return the next meetings whose attendance this person takes, with those of now."""
    ahead = Meeting.objects.markable_by(person).standing().filter(ends_at__gt=at, network__isnull=False)
    return with_marks(ahead.order_by("starts_at", "pk"))


def evaluations_open(person: Person) -> QuerySet[AskedEvaluation]:
    """Return the evaluations that take answers, those that close first first, with how many are asked."""
    return _with_asked(person).filter(closed_at=None).order_by("last_day", "pk")


def evaluations_closed(person: Person) -> QuerySet[AskedEvaluation]:
    """Return the evaluations that were closed, the latest first, with how many answered."""
    return _with_asked(person).filter(closed_at__isnull=False).order_by("-closed_at", "-pk")


def _with_asked(person: Person) -> QuerySet[AskedEvaluation]:
    """Return the evaluations of one's own networks with how many are asked, who are all who attended."""
    of_network = Registration.objects.filter(network=OuterRef("network"))
    seen = Attendance.objects.filter(status=Seen.PRESENT, registration=OuterRef("pk"))
    attended = of_network.filter(Exists(seen))
    done = EvaluationCompletion.objects.filter(evaluation=OuterRef("pk"))
    evaluations = Evaluation.objects.filter(end_of__in=Network.objects.staffed_by(person))
    return evaluations.select_related("network").annotate(
        asked=number_of(attended, counted=Count("person", distinct=True)),
        done=number_of(done, "evaluation"),
    )


def groups_of(person: Person) -> QuerySet[WorkingGroup]:
    """Return the groups that this person leads, the latest first, each with its meetings."""
    meetings = Meeting.objects.order_by("starts_at", "pk")
    led = WorkingGroup.objects.led_by(person).select_related("network")
    return led.prefetch_related(Prefetch("meetings", meetings)).order_by("-network__school_year", "title")


def groups_without_lead(networks: list[CountedNetwork]) -> QuerySet[WorkingGroup]:
    """Return the groups of these networks that had a lead and have none now."""
    lost = Exists(GroupLead.objects.filter(working_group=OuterRef("pk")))
    led = Exists(GroupLead.objects.current().filter(working_group=OuterRef("pk")))
    return WorkingGroup.objects.filter(lost, ~led, network__in=networks).select_related("network")


def networks_of(person: Person, *, at: datetime) -> QuerySet[CountedNetwork]:
    """Return the networks one works for with their figures: those still running first, then by year."""
    due = Meeting.objects.standing().filter(starts_at__lte=at + TODAY, completion__isnull=True)
    reviews = Document.objects.to_be_reviewed()
    return (
        with_dates(Network.objects.staffed_by(person).select_related("provider"))
        .annotate(
            seated=counted(Registration.objects.seated(), Sum("party_size")),
            waiting=counted(Registration.objects.waiting()),
            offers=counted(Registration.objects.filter(status=Registration.Status.OFFERED)),
            due=counted(due),
            reviews=counted(reviews),
            reported=counted(Report.objects.waiting()),
        )
        .order_by(F("last_ends_at").desc(nulls_first=True), "title", "pk")
    )


def networks_running(person: Person, *, at: datetime) -> list[CountedNetwork]:
    """Return those of the networks one works for that are not over, or where documents wait for review."""
    return list(networks_of(person, at=at).filter(_running(at) | Q(reviews__gt=0))[:MOST_RUNNING])


def networks_over(person: Person, *, at: datetime) -> QuerySet[CountedNetwork]:
    """Return those that are over, the newest first."""
    return networks_of(person, at=at).exclude(_running(at))


def _running(at: datetime) -> Q:
    """Return the condition that a network of `networks_of` is not over or cancelled, or has no dates yet."""
    return ~Q(status=Network.Status.CANCELLED) & (Q(last_ends_at=None) | Q(last_ends_at__gt=at))


def with_lacks(networks: list[CountedNetwork]) -> list[NetworkDuties]:
    """Return with each network what it lacks to award points, in one query for all.

    The meetings are fetched, in one or two more, where what is lacking depends on them.
    """
    versions = CreditRule.objects.all()
    found = [(network, versions.version_for(network)) for network in networks]
    asking = [network for network, version in found if asks_of_meetings(network, version)]
    prefetch_related_objects(asking, "meetings__working_group")
    return [NetworkDuties(network, lacks_of(network, version)) for network, version in found]


def lacks_of(network: Network, version: CreditRule | None) -> list[str]:
    """Return what one network lacks; nothing where it is to give no points."""
    return lacking(network, version) if version else []
