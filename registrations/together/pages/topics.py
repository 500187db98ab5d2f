"""The topics of a network, as its people and its staff see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from meetings.models.gathering.meeting_roles import SeenMeeting
from meetings.planning.permissions import may_coordinate
from partners.models import Person
from registrations.models import Board, Proposal, Registration, Vote
from registrations.models.together.topic import ProposalQuerySet
from registrations.together.domain import topics
from registrations.together.forms.topics import CommentForm
from registrations.together.requests import Place
from stemnet import wording

PAGE = 30
TAGS = {Proposal.State.PLANNED: "ok", Proposal.State.ANSWERED: "info", Proposal.State.MERGED: ""}
BEFORE = ("registration__person", "meeting", "merged_into", "network")


@dataclass(frozen=True)
class Ballot:
    """How voting stands for whoever looks: their votes left, when it closes, and whether it is over."""

    board: Board
    closed: bool
    left: int | None
    may: bool

    @property
    def words(self) -> str:
        """Return it in a sentence or two."""
        zone = self.board.network.zone
        if self.closed and self.board.closes_at:
            return _("Voting closed %(when)s.") % {"when": wording.moment(self.board.closes_at, zone)}
        said = []
        if self.left is not None:
            numbers = {"left": self.left, "all": self.board.votes_each}
            said.append(_("You have %(left)s of %(all)s votes left.") % numbers)
        if self.board.closes_at:
            said.append(_("Voting closes %(when)s.") % {"when": wording.moment(self.board.closes_at, zone)})
        return " ".join(said)


@dataclass(frozen=True)
class Row:
    """One proposal as a list shows it."""

    proposal: Any
    mine: bool
    voted: bool

    @property
    def tag(self) -> str:
        """Return the color of what became of it."""
        return TAGS.get(Proposal.State(self.proposal.state), "")


def ballot_of(place: Place, *, at: datetime) -> Ballot | None:
    """Return how voting stands, or None where the network asks for no topics."""
    board = Board.objects.filter(network=place.network).first()
    if board is None:
        return None
    board.network = place.network
    closed = topics.is_closed(board, at=at)
    left = topics.votes_left(board, place.seat) if place.seat else None
    return Ballot(board, closed, left, may=place.seat is not None and not closed)


def proposals_in(network: Network) -> ProposalQuerySet:
    """Return the proposals of ``network`` with their votes and how many comments are shown."""
    comments = Count("comments", filter=Q(comments__hidden_at=None), distinct=True)
    found = Proposal.objects.filter(network=network).with_votes().annotate(talk=comments)
    return found.select_related(*BEFORE)


def rows_of(found: list[Proposal], seat: Registration | None) -> list[Row]:
    """Return proposals as they are listed, with what somebody voted for, in one statement."""
    mine = Vote.objects.filter(registration=seat, proposal__in=found, freed_at=None) if seat else None
    voted = set(mine.values_list("proposal", flat=True)) if mine is not None else set()
    own = seat.pk if seat else None
    return [Row(one, one.registration_id == own, one.pk in voted) for one in found]


def topics_page(place: Place, query: Any, *, at: datetime) -> dict[str, Any]:
    """Return what the page shows; a number of queries that doesn't grow with the proposals."""
    everything, done = proposals_in(place.network).shown(), query.get("show") == "done"
    found = everything.decided() if done else everything.open().by_votes()
    page = Paginator(found, PAGE).get_page(query.get("page"))
    return {
        "place": place,
        "network": place.network,
        "ballot": ballot_of(place, at=at),
        "done": done,
        "page_obj": page,
        "rows": rows_of(list(page), place.seat),
    }


def topic_page(place: Place, proposal: Proposal, *, at: datetime) -> dict[str, Any]:
    """Return what the page of one proposal shows."""
    comments = proposal.comments.select_related("writer")
    merged = proposal.merged.shown().select_related("registration__person")
    return {
        "place": place,
        "network": place.network,
        "row": rows_of([proposal], place.seat)[0],
        "proposal": proposal,
        "ballot": ballot_of(place, at=at),
        "comments": list(comments),
        "merged": list(merged),
        "comment_form": CommentForm(),
        "may_plan": may_coordinate(place.person, place.network),
    }


def staff_page(network: Network, person: Person, *, number: str | None = None) -> dict[str, Any]:
    """Return what staff see: a page of what is open with its votes, and how many reports wait."""
    page = Paginator(proposals_in(network).open().shown().by_votes(), PAGE).get_page(number)
    return {
        "network": network,
        "tab": "topics",
        "board": Board.objects.filter(network=network).first(),
        "page_obj": page,
        "rows": rows_of(list(page), None),
        "may_plan": may_coordinate(person, network),
        "reports": network.reports.waiting().count(),
    }


def of_meeting(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return the topics that became ``meeting``, for people with a seat in its network and its staff."""
    if person is None or not meeting.was_proposed:
        return None
    return {"proposals": list(proposals_planned(person).filter(meeting=meeting).select_related("network"))}


def meetings_proposed(person: Person) -> QuerySet[Meeting]:
    """Return the meetings that came from topics that ``person`` may see."""
    return Meeting.objects.filter(pk__in=proposals_planned(person).order_by().values("meeting"))


def proposals_planned(person: Person) -> QuerySet[Proposal]:
    """Return the topics that became a meeting, of networks where ``person`` has a seat or is staff."""
    seats = Registration.objects.seated().filter(person=person).values("network")
    seen = Q(network__in=seats) | Q(network__in=Network.objects.staffed_by(person))
    return Proposal.objects.shown().filter(seen, meeting__isnull=False)
