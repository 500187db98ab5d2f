"""Proposing topics and needs for coming meetings of a network, and voting.

Whoever proposes, votes or decides holds the board's row, so that all of it comes one after the other.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.models import Actor, acted
from registrations.models import Board, Proposal, Registration, Vote
from registrations.together.exceptions import AskedBefore, TopicRefused
from stemnet.plain_names import plain_name
from stemnet.sent_once import uid_of

MOST_OPEN = 5  # proposals of one person
STEM = 5  # letters by which words are compared
SHORT = 3  # letters of words that say nothing about a topic


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody proposes, and the uid of the form in which they did (`stemnet.sent_once`)."""

    uid: UUID
    title: str
    words: str = ""
    kind: str = Proposal.Kind.TOPIC


@transaction.atomic
def set_up(
    network: Network, *, votes_each: int, closes_at: datetime | None, by: Actor, at: datetime
) -> Board:
    """Ask the people of ``network`` for topics, or change how. Raises TopicRefused for too few votes."""
    boards = Board.objects.select_for_update().filter(network=network)
    board = boards.first()
    if board is None:  # two clicks begin one board
        Network.objects.select_for_update(of=("self",), no_key=True).get(pk=network.pk)
        board = boards.first()
    board = board or Board(network=network, opened_at=at, opened_by_name=acted(by)["by_name"])
    used = max(
        (one["n"] for one in _standing(network).values("registration").annotate(n=Count("pk"))), default=0
    )
    if votes_each < used:
        words = _("Somebody has cast %(used)s votes, so it can't be fewer.")
        raise TopicRefused(sentence=words % {"used": used})
    board.votes_each, board.closes_at = votes_each, closes_at
    board.save()
    return board


def is_closed(board: Board, *, at: datetime) -> bool:
    """Return whether nobody proposes or votes anymore."""
    return board.closes_at is not None and board.closes_at <= at


def lock_board(network: Network) -> Board:
    """Hold the board of ``network``. Raises TopicRefused where it has none."""
    board = Board.objects.select_for_update().filter(network=network).first()
    if board is None:
        raise TopicRefused(sentence=_("This network doesn't ask for topics now."))
    return board


@transaction.atomic
def propose(seat: Registration, asked: Asked, *, anyway: bool = False, at: datetime) -> Proposal:
    """Propose a topic or a need; ``anyway`` says that one like it is meant to be another.

    Raises AskedBefore, and TopicRefused once it is closed, without a seat, or with too many open ones.
    """
    board = _open_board(seat, at=at)
    uid = uid_of(asked.uid, seat.pk, asked.kind, asked.title, asked.words)
    if sent := Proposal.objects.filter(uid=uid).first():
        return sent
    standing = Proposal.objects.open().shown().filter(network=board.network)
    same = list(standing.filter(plain_title=plain_name(asked.title)))
    if same:
        raise AskedBefore(found=same, is_same=True)
    alike = [] if anyway else similar(list(standing), asked.title)
    if alike:
        raise AskedBefore(found=alike, is_same=False)
    if standing.filter(registration=seat).count() >= MOST_OPEN:
        words = _(
            "You have %(most)s proposals open. You can add another once staff have "
            "decided on one, or you withdraw one."
        )
        raise TopicRefused(sentence=words % {"most": MOST_OPEN})
    proposal = Proposal(network=seat.network, registration=seat, proposed_at=at)
    proposal.uid, proposal.kind = uid, asked.kind
    proposal.title, proposal.words = asked.title, asked.words
    proposal.save()
    return proposal


def similar(standing: list[Proposal], title: str) -> list[Proposal]:
    """Return those that share at least half of the words of ``title``, by how the words begin."""
    asked = _stems(title)
    return [one for one in standing if asked and 2 * len(asked & _stems(one.title)) >= len(asked)]


def _stems(title: str) -> set[str]:
    return {word[:STEM] for word in plain_name(title).split() if len(word) > SHORT}


@transaction.atomic
def withdraw(proposal: Proposal, *, seat: Registration) -> None:
    """Take one's own proposal back, as long as nobody else voted or wrote. Raises TopicRefused."""
    lock_board(proposal.network)
    proposal = fresh_one(proposal)
    if proposal.registration_id != seat.pk or not proposal.is_open or proposal.hidden_at:
        raise TopicRefused(sentence=_("You can withdraw only your own open proposals."))
    others = proposal.votes.exclude(registration=seat).exists()
    if others or proposal.comments.exclude(writer=seat.person_id).exists() or proposal.merged.exists():
        raise TopicRefused(sentence=_("Others have voted or commented already, so it stays."))
    if proposal.reports.waiting().exists():
        raise TopicRefused(sentence=_("Somebody reported this. It stays until the staff have decided."))
    proposal.delete()


@transaction.atomic
def vote(proposal: Proposal, *, seat: Registration, at: datetime) -> Vote:
    """Give one of one's votes; voting twice for the same changes nothing. Raises TopicRefused."""
    board = _open_board(seat, at=at)
    proposal = _voted_on(proposal)
    known = Vote.objects.filter(proposal=proposal, registration=seat).first()
    if known and known.freed_at is None:
        return known
    number = free_number(seat, board.votes_each)
    if number is None:
        words = ngettext(
            "You've cast your vote. Take it back to vote for something else.",
            "You've cast all %(n)s of your votes. Take one back to vote for something else.",
            board.votes_each,
        )
        raise TopicRefused(sentence=words % {"n": board.votes_each})
    cast = known or Vote(proposal=proposal, registration=seat)
    cast.number, cast.cast_at, cast.freed_at = number, at, None
    cast.save()
    return cast


def free_number(seat: Registration, votes_each: int) -> int | None:
    """Return which of one's votes is free, or None where all are cast."""
    cast = set(Vote.objects.filter(registration=seat, freed_at=None).values_list("number", flat=True))
    if len(cast) >= votes_each:
        return None
    return next(number for number in range(1, votes_each + 1) if number not in cast)


@transaction.atomic
def take_vote_back(proposal: Proposal, *, seat: Registration, at: datetime) -> None:
    """Take a vote back while voting is open; doing it twice changes nothing. Raises TopicRefused."""
    _open_board(seat, at=at)
    Vote.objects.filter(proposal=_voted_on(proposal), registration=seat, freed_at=None).delete()


def votes_left(board: Board, seat: Registration) -> int:
    """Return how many votes somebody still has."""
    return max(board.votes_each - Vote.objects.filter(registration=seat, freed_at=None).count(), 0)


def _open_board(seat: Registration, *, at: datetime) -> Board:
    """Hold the board for somebody with a seat. Raises TopicRefused once it is closed."""
    board = lock_board(seat.network)
    if is_closed(board, at=at):
        raise TopicRefused(sentence=_("Voting is closed. Your votes stay as they are."))
    if not Registration.objects.seated().filter(pk=seat.pk).exists():
        raise TopicRefused(sentence=_("You need a seat in this network to propose topics and vote."))
    return board


def fresh_one(proposal: Proposal) -> Proposal:
    """Return a proposal as it is now. Raises TopicRefused where it was withdrawn."""
    if found := Proposal.objects.filter(pk=proposal.pk).first():
        return found
    raise TopicRefused(sentence=_("This topic was withdrawn."))


def _voted_on(proposal: Proposal) -> Proposal:
    fresh = fresh_one(proposal)
    if not fresh.is_open or fresh.hidden_at:
        raise TopicRefused(sentence=_("This was decided or hidden, so it takes no votes."))
    return fresh


def _standing(network: Network) -> QuerySet[Vote]:
    seated = Registration.objects.seated().filter(network=network)
    return Vote.objects.filter(registration__in=seated.values("pk"), freed_at=None)
