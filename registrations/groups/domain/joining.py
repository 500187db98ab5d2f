"""Joining and leaving a group, of a network or of the partnership, by oneself or by those who run it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.groups.domain import teams
from meetings.models import GroupRequest, WorkingGroup
from partners.models import Person, local_day
from registrations.groups import emails
from registrations.groups.exceptions import GroupRefused
from registrations.models import Registration, Reminder
from registrations.seats.domain import groups
from registrations.seats.domain.reminding import cancel_reminders

Joining = WorkingGroup.Joining


def registration_in(group: WorkingGroup, person: Person) -> Registration | None:
    """Return the live registration of ``person`` for the network of ``group``, where there is one."""
    live = Registration.objects.live().filter(person=person, network=group.network_id)
    return live.select_related("network", "person").first() if group.network_id else None


@transaction.atomic
def join(group: WorkingGroup, person: Person, *, leaving: WorkingGroup | None = None, at: datetime) -> None:
    """Let ``person`` join by themselves, and with ``leaving`` move there from another group.

    Raises GroupRefused, or what the network's rule of groups says.
    """
    if group.is_team:
        raise GroupRefused(sentence=_("Ask a coordinator to add you to this team."))
    registration = _registered(group, person)
    groups.enter_group(registration, group, leaving=[leaving] if leaving else [], at=at)
    _close_requests(group, person, GroupRequest.Answer.ACCEPTED, by=person, at=at)


@transaction.atomic
def leave(group: WorkingGroup, person: Person, *, at: datetime) -> None:
    """Take ``person`` out of ``group``; leaving twice changes nothing."""
    if group.is_team:
        if group.team_members.current().filter(person=person).exists():
            teams.leave_team(group, person=person, on=local_day(at), at=at)
            cancel_reminders(Reminder.objects.filter(person=person, meeting__working_group=group))
        return
    registration = registration_in(group, person)
    if registration is not None:
        groups.leave_group(registration, group, at=at)


@transaction.atomic
def ask(group: WorkingGroup, person: Person, *, words: str, at: datetime) -> GroupRequest:
    """Write down that ``person`` asks to join, and tell the leads. Raises GroupRefused."""
    if group.joining != Joining.BY_REQUEST:
        raise GroupRefused(sentence=_("This group doesn't take requests."))
    if not group.is_team:
        _registered(group, person)
    if is_in(group, person):
        raise GroupRefused(sentence=_("You're already in this group."))
    try:
        with transaction.atomic():
            asked = GroupRequest.objects.create(group=group, person=person, words=words, asked_at=at)
    except IntegrityError as twice:
        raise GroupRefused(sentence=_("You've already asked. A lead of the group answers.")) from twice
    emails.asked(asked, at=at)
    return asked


@transaction.atomic
def take_back(group: WorkingGroup, person: Person, *, at: datetime) -> None:
    """Let ``person`` ask no more."""
    _close_requests(group, person, GroupRequest.Answer.TAKEN_BACK, by=person, at=at)


@transaction.atomic
def answer(asked: GroupRequest, *, accepted: bool, by: Person, at: datetime) -> None:
    """Let the person in, or not, and tell them. Raises GroupRefused where somebody answered before."""
    asked = GroupRequest.objects.select_for_update().get(pk=asked.pk)
    if asked.answer:
        words = {"answer": asked.get_answer_display().lower()}
        raise GroupRefused(sentence=_("This request was answered before: %(answer)s.") % words)
    if accepted:
        _let_in(asked.group, asked.person, term_ends=None, at=at)
    kinds = GroupRequest.Answer
    asked.answer = kinds.ACCEPTED if accepted else kinds.DECLINED
    asked.answered_at, asked.answered_by = at, by
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    emails.answered(asked, at=at)


@transaction.atomic
def add(
    group: WorkingGroup, person: Person, *, term_ends: date | None = None, by: Person, at: datetime
) -> None:
    """Let a lead or staff put ``person`` into ``group`` and tell them. Raises what forbids it."""
    if is_in(group, person):
        raise GroupRefused(sentence=_("%(person)s is already in this group.") % {"person": person})
    _let_in(group, person, term_ends=term_ends, at=at)
    _close_requests(group, person, GroupRequest.Answer.ACCEPTED, by=by, at=at)
    emails.added(group, person, by=by, at=at)


@transaction.atomic
def remove(group: WorkingGroup, person: Person, *, by: Person, at: datetime) -> None:
    """Let a lead or staff take ``person`` out and tell them. Raises GroupRefused where they aren't in it."""
    if not is_in(group, person):
        raise GroupRefused(sentence=_("This person is no longer in this group."))
    leave(group, person, at=at)
    emails.removed(group, person, by=by, at=at)


def is_in(group: WorkingGroup, person: Person) -> bool:
    """Return whether ``person`` is a member of ``group`` now."""
    if group.is_team:
        return group.team_members.current().filter(person=person).exists()
    return (
        group.memberships.current()
        .filter(registration__person=person, registration__status__in=Registration.LIVE)
        .exists()
    )


def _registered(group: WorkingGroup, person: Person) -> Registration:
    """Return their live registration, else say that the network comes first."""
    registration = registration_in(group, person)
    if registration is None:
        words = {"person": person, "network": group.network}
        raise GroupRefused(sentence=_("%(person)s isn't registered for %(network)s.") % words)
    return registration


def _let_in(group: WorkingGroup, person: Person, *, term_ends: date | None, at: datetime) -> None:
    if group.is_team:
        teams.join_team(group, person=person, on=local_day(at), term_ends=term_ends)
    else:
        groups.enter_group(_registered(group, person), group, invited=True, term_ends=term_ends, at=at)


def _close_requests(group: WorkingGroup, person: Person, answer: str, *, by: Person, at: datetime) -> None:
    waiting = GroupRequest.objects.waiting().filter(group=group, person=person)
    waiting.update(answer=answer, answered_at=at, answered_by=by)
