"""What the invited answer, and who of them came to the session: told to partners, which leads their way."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network, with_dates
from partners.models import Invitation, Sweep
from partners.prospects.domain import inviting, prospects
from partners.prospects.exceptions import InvitationRefused
from registrations.models import Registration, Seen
from registrations.seats.domain import visiting, withdrawing
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.occupancy import Standing, in_standing, with_occupancy
from registrations.seats.exceptions import WithdrawingRefused
from stemnet import wording

Answer = Invitation.Answer
SESSION = Sweep("information session")


def sessions(*, at: datetime) -> list[Network]:
    """Return the published information sessions that take registrations, the next first; at most 6."""
    networks = Network.objects.filter(kind=Network.Kind.INFORMATION_SESSION)
    joinable = in_standing(with_occupancy(networks, at=at), Standing.OPEN, Standing.WAITLIST)
    return list(joinable.exclude(first_starts_at=None).order_by("first_starts_at")[:6])


def session_words(zone: str, *, at: datetime) -> str:
    """Return a sentence that says when the next information session is, by ``zone`` or else its own.

    It is empty where none is planned that takes registrations.
    """
    for network in sessions(at=at):
        meeting = network.meetings.own().standing().order_by("starts_at").first()
        if meeting is not None:
            when = wording.span(meeting.starts_at, meeting.ends_at, zone or meeting.zone)
            return _("The next one is on %(when)s.") % {"when": when}
    return ""


def attending(invitation: Invitation, *, at: datetime) -> list[Registration]:
    """Return the live registrations of the invited address for information sessions that are not over."""
    not_over = Q(last_ends_at__gt=at) | Q(last_ends_at=None)
    ahead = with_dates(Network.objects.filter(kind=Network.Kind.INFORMATION_SESSION)).filter(not_over)
    live = Registration.objects.live().filter(
        person__emails__address=invitation.address, network__in=ahead.values("pk")
    )
    return list(live.select_related("network", "person"))


@transaction.atomic
def answer_invitation_with_seat(
    invitation: Invitation,
    *,
    answer: str,
    at: datetime,
    client: str,
    reason: str = "",
    profile: str = "",
    network: Network | None = None,
    who: Answers | None = None,
) -> None:
    """Keep the answer, and register for ``network`` or give the seat back, in one transaction.

    ``client`` is the hashed address of the browser's network. Raises InvitationRefused, RegistrationRefused
    or CodeRefused; then nothing is kept.
    """
    inviting.answer_invitation(invitation, answer=answer, at=at, reason=reason, profile=profile)
    if answer == Answer.COMING:
        if network is None or who is None:
            raise InvitationRefused(sentence=_("Choose the session you're coming to."))
        visiting.attend_session(network=network, answers=who, client=client, at=at)
    else:
        _give_back(invitation, at=at)


def _give_back(invitation: Invitation, *, at: datetime) -> None:
    """Give back the seats that an earlier answer took; a session that is over stays as it was."""
    for registration in attending(invitation, at=at):
        try:
            withdrawing.leave_network(registration, by=registration.person, at=at)
        except WithdrawingRefused:
            continue


def tell_partners(meeting: Meeting, registrations: Iterable[int], *, at: datetime) -> None:
    """Say that those who are marked present at an information session were there."""
    if meeting.network is None or not meeting.network.is_information_session:
        return
    came = Registration.objects.filter(
        pk__in=registrations,
        evidence__meeting=meeting,
        evidence__replaced_at=None,
        evidence__seen=Seen.PRESENT,
    )
    for registration in came.select_related("person", "position").distinct():
        position = registration.position
        places = [position.organization_id] if position and position.organization_id else []
        prospects.attended(registration.person, by=SESSION, at=at, organizations=places)
