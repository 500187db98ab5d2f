"""The people of a network to whom its staff can write."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import TeamMember
from partners.models import Person, PersonEmail
from partners.models.people.person import PersonQuerySet
from registrations.credit.domain.readiness import readiness_of
from registrations.evaluation.domain.evaluating import registrations_asked
from registrations.messages.domain.audiences import Audience, Chosen, Stranger, add_audience
from registrations.models import Attendance, GroupMembership, Message, MessageRecipient, Registration
from registrations.models.credit.document import Document
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet import wording
from stemnet.models import MailState


def seated(chosen: Chosen) -> PersonQuerySet:
    """Return everyone with a seat."""
    return _people(_registrations(chosen).seated())


def waiting(chosen: Chosen) -> PersonQuerySet:
    """Return everyone on the waitlist."""
    return _people(_registrations(chosen).waiting())


def of_group(chosen: Chosen) -> PersonQuerySet:
    """Return the members of the group, of a team of the partnership those who sit there."""
    if chosen.group is None:
        return Person.objects.none()
    members = GroupMembership.objects.current().filter(working_group=chosen.group)
    seats = Registration.objects.seated().filter(group_memberships__in=members)
    team = TeamMember.objects.current().filter(team=chosen.group)
    return _people(seats) | Person.objects.filter(pk__in=team.values("person"))


def came(chosen: Chosen) -> PersonQuerySet:
    """Return those who were seen at the meeting."""
    return Person.objects.filter(pk__in=_present(chosen))


def missed(chosen: Chosen) -> PersonQuerySet:
    """Return those who belonged at the meeting and were not seen there."""
    if chosen.meeting is None:
        return Person.objects.none()
    return _people(Registration.objects.expected_at(chosen.meeting)).exclude(pk__in=_present(chosen))


def without_answer(chosen: Chosen) -> PersonQuerySet:
    """Return those who are asked for the network evaluation and neither answered nor are excused."""
    asked = registrations_asked().filter(network=chosen.network, evaluation_completions__isnull=True)
    return _people(asked)


def lacking(chosen: Chosen) -> PersonQuerySet:
    """Return those with a seat who can't have the certificate yet."""
    if chosen.network is None:
        return Person.objects.none()
    ready = readiness_of(chosen.network, at=chosen.at)
    lack = [
        one.person.pk
        for one in ready
        if one.registration.is_seated
        and one.lacks[Document.Kind.PDP]
        and Document.Kind.PDP not in one.documents
    ]
    return Person.objects.filter(pk__in=lack)


def leaders(chosen: Chosen) -> PersonQuerySet:
    """Return the leaders for whom designees come, as far as they are people of the portal."""
    addresses = _designees(chosen).values("leader_email")
    return Person.objects.filter(emails__address__in=addresses)


def leaders_elsewhere(chosen: Chosen) -> list[Stranger]:
    """Return the leaders of whom only the address is known."""
    known = PersonEmail.objects.values("address")
    rows = _designees(chosen).exclude(leader_email__in=known).order_by("leader_name", "pk")
    return [Stranger(name, address) for name, address in rows.values_list("leader_name", "leader_email")]


def picked(chosen: Chosen) -> PersonQuerySet:
    """Return those who were picked from the list of people."""
    return _people(_registrations(chosen).filter(uid__in=chosen.choice.get("rows", [])))


def not_reached(chosen: Chosen) -> PersonQuerySet:
    """Return those to whom an earlier message of the same place could not be delivered."""
    earlier = Message.objects.filter(
        uid=str(chosen.choice["message"]), network=chosen.network, group=chosen.group
    )
    rows = MessageRecipient.objects.filter(message__in=earlier, person__isnull=False).with_mail()
    lost = rows.exclude(left_out="") | rows.filter(mail_state=MailState.FAILED)
    return Person.objects.filter(pk__in=lost.values("person"))


def _registrations(chosen: Chosen) -> RegistrationQuerySet:
    return Registration.objects.filter(network=chosen.network)


def _designees(chosen: Chosen) -> RegistrationQuerySet:
    return _registrations(chosen).seated().exclude(leader_email="")


def _people(registrations: RegistrationQuerySet) -> PersonQuerySet:
    return Person.objects.filter(pk__in=registrations.order_by().values("person"))


def _present(chosen: Chosen) -> QuerySet[Attendance, int]:
    seen = Attendance.objects.filter(meeting=chosen.meeting, status="present")
    return seen.values_list("registration__person", flat=True)


def _just(words: Promise) -> Callable[[Chosen], str]:
    return lambda _chosen: str(words)


def _of_meeting(words: Promise) -> Callable[[Chosen], str]:
    def say(chosen: Chosen) -> str:
        meeting = chosen.meeting
        values = {"title": meeting, "day": wording.day(meeting.on)} if meeting else {"title": "–", "day": "–"}
        return str(words) % values

    return say


def _of_group(chosen: Chosen) -> str:
    return _("in %(group)s") % {"group": chosen.group}


def add_network_audiences() -> None:
    """Fill the registry with the people of a network, in the order in which they are offered."""
    for audience in (
        Audience("seated", gettext_lazy("Everyone with a seat"), seated, _just(gettext_lazy("with a seat"))),
        Audience(
            "waiting",
            gettext_lazy("Everyone on the waitlist"),
            waiting,
            _just(gettext_lazy("on the waitlist")),
        ),
        Audience("group", gettext_lazy("A working group"), of_group, _of_group, ("group",)),
        Audience(
            "missed",
            gettext_lazy("Who didn't come to a meeting"),
            missed,
            _of_meeting(gettext_lazy("who missed %(title)s on %(day)s")),
            ("meeting",),
        ),
        Audience(
            "came",
            gettext_lazy("Who came to a meeting"),
            came,
            _of_meeting(gettext_lazy("who came to %(title)s on %(day)s")),
            ("meeting",),
        ),
        Audience(
            "without_answer",
            gettext_lazy("Who hasn't answered the network evaluation"),
            without_answer,
            _just(gettext_lazy("who haven't answered the network evaluation")),
        ),
        Audience(
            "lacking",
            gettext_lazy("Who lacks something for the certificate"),
            lacking,
            _just(gettext_lazy("who lack something for the certificate")),
        ),
        Audience(
            "leaders",
            gettext_lazy("The leaders for whom designees come"),
            leaders,
            _just(gettext_lazy("for whom designees come")),
            strangers=leaders_elsewhere,
        ),
        Audience(
            "picked",
            gettext_lazy("People picked from the list"),
            picked,
            _just(gettext_lazy("picked from the list")),
            ("rows",),
        ),
        Audience(
            "not_reached",
            gettext_lazy("Who could not be reached by an earlier message"),
            not_reached,
            _just(gettext_lazy("who could not be reached by an earlier message")),
            ("message",),
        ),
    ):
        add_audience(audience)
