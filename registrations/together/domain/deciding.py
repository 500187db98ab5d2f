"""What becomes of a proposal: a meeting, an answer, or it is joined with another."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.planning.domain import setting_up
from meetings.planning.domain.plans import MeetingPlan
from partners.models import Actor, Person, acted
from partners.models.people.person import PersonQuerySet
from registrations.models import Proposal, Registration, Vote
from registrations.together import emails
from registrations.together.domain.topics import fresh_one, lock_board
from registrations.together.exceptions import TopicRefused

State = Proposal.State


@transaction.atomic
def plan(proposal: Proposal, planned: MeetingPlan, *, by: Actor, at: datetime) -> Meeting:
    """Make a meeting of a proposal in one step, and tell who proposed it; planning tells everyone else.

    Raises TopicRefused where something has become of it, and what planning refuses.
    """
    proposal = _undecided(proposal)
    meeting = setting_up.add_meeting(proposal.network, planned, by=by, at=at)
    proposal.meeting = meeting
    _decide(proposal, State.PLANNED, by=by, at=at)
    return meeting


@transaction.atomic
def put_on(proposal: Proposal, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Say that a meeting of the network that is planned already is about it, and tell who voted for it.

    Raises TopicRefused.
    """
    proposal = _undecided(proposal)
    if meeting.network_id != proposal.network_id or meeting.is_cancelled or meeting.ends_at <= at:
        raise TopicRefused(sentence=_("Choose a meeting of this network that is still to come."))
    proposal.meeting = meeting
    voters = list(_voters(proposal))
    _decide(proposal, State.PLANNED, by=by, at=at)
    emails.put_on(proposal, voters, at=at)


@transaction.atomic
def answer(proposal: Proposal, words: str, *, by: Actor, at: datetime) -> None:
    """Answer a proposal that becomes no meeting, with the reason. Raises TopicRefused."""
    proposal = _undecided(proposal)
    proposal.answer = words
    _decide(proposal, State.ANSWERED, by=by, at=at)


@transaction.atomic
def merge(proposal: Proposal, into: Proposal, *, by: Actor, at: datetime) -> None:
    """Join a proposal with another open one, which gets its votes; who voted for both gets one back.

    Raises TopicRefused.
    """
    proposal = _undecided(proposal)
    into = fresh_one(into)
    if into.pk == proposal.pk or into.network_id != proposal.network_id or into.hidden_at or not into.is_open:
        raise TopicRefused(sentence=_("Choose another open proposal of this network."))
    both = into.votes.filter(freed_at=None).values("registration")
    moving = proposal.votes.filter(freed_at=None).exclude(registration__in=both)
    into.votes.filter(freed_at__isnull=False, registration__in=moving.values("registration")).delete()
    moving.update(proposal=into)
    proposal.merged_into = into
    _decide(proposal, State.MERGED, by=by, at=at)


def free_votes(proposal: Proposal, *, at: datetime) -> None:
    """Give the votes of a proposal back to who cast them; that they were cast stays."""
    Vote.objects.filter(proposal=proposal, freed_at=None).update(freed_at=at)


def _voters(proposal: Proposal) -> PersonQuerySet:
    """Return who votes for a proposal and still has a seat, without who proposed it."""
    votes = proposal.votes.filter(freed_at=None, registration__status=Registration.Status.SEATED)
    people = Person.objects.current().filter(pk__in=votes.values("registration__person"))
    return people.exclude(pk=proposal.registration.person_id).prefetch_related("emails")


def _undecided(proposal: Proposal) -> Proposal:
    """Hold the board and return the proposal as it is now. Raises TopicRefused where it is decided."""
    lock_board(proposal.network)
    fresh_one(proposal)
    found = Proposal.objects.select_related("network", "registration__person__merged_into")
    fresh = found.get(pk=proposal.pk)
    if not fresh.is_open or fresh.hidden_at:
        raise TopicRefused(sentence=_("Somebody else has just decided or hidden this."))
    return fresh


def _decide(proposal: Proposal, state: str, *, by: Actor, at: datetime) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by_name = state, at, acted(by)["by_name"]
    proposal.save()
    free_votes(proposal, at=at)
    emails.decided(proposal, at=at)
