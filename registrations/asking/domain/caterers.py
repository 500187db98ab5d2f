"""Links for a caterer: an outsider reads the totals of one meeting until it is over, and no name."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor
from registrations.asking.domain.question_log import What, note
from registrations.models import CatererLink, QuestionVersion
from registrations.seats.domain import questions, seats
from registrations.seats.exceptions import QuestionRefused
from stemnet.private_links import hash_token

OPEN_AFTER = timedelta(days=1)  # after the meeting, to settle the bill
MOST = 10


@transaction.atomic
def make_link(network: Network, meeting: Meeting, *, name: str, by: Actor, at: datetime) -> str:
    """Make a link for a caterer and return its token, which is kept nowhere. Raises QuestionRefused."""
    seats.lock_network(network)
    until = meeting.ends_at + OPEN_AFTER
    if meeting.is_cancelled or until <= at:
        raise QuestionRefused(sentence=_("This meeting is over or was cancelled. Choose another one."))
    if meeting.caterer_links.filter(ended_at=None).count() >= MOST:
        raise QuestionRefused(sentence=_("This meeting has enough links. End one first."))
    token = secrets.token_urlsafe(32)
    CatererLink.objects.create(
        meeting=meeting,
        name=name,
        token_hash=hash_token(token),
        made_at=at,
        until=until,
        by_name=str(by)[:200],
    )
    note(network, What.LINKED, words=f"{meeting}: {name}", by=by, at=at)
    return token


@transaction.atomic
def end_link(network: Network, link: CatererLink, *, by: Actor, at: datetime) -> None:
    """Let a link show nothing from now on; ended twice, it ended once."""
    open_still = CatererLink.objects.filter(pk=link.pk, ended_at=None)
    if open_still.update(ended_at=at, ended_by=str(by)[:200]):
        note(network, What.UNLINKED, words=f"{link.meeting}: {link.name}", by=by, at=at)


def find_link(token: str) -> CatererLink | None:
    """Return the link of this token, also one that is over; None where there is none."""
    found = CatererLink.objects.select_related("meeting__network", "meeting__working_group")
    return found.filter(token_hash=hash_token(token)).first()


def questions_for(network: Network) -> list[QuestionVersion]:
    """Return the questions of which a caterer gets the totals."""
    return list(questions.newest().filter(question__network=network, question__caterer_reads=True))
