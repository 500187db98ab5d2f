"""Terms of office: set by those who run a group, and ended by the clock on the day after their last."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.groups.domain.teams import check_term
from meetings.models import TeamMember, WorkingGroup
from partners.models import Person, local_day
from registrations.groups import emails
from registrations.groups.domain import joining
from registrations.groups.exceptions import GroupRefused
from registrations.models import GroupMembership, Registration


@transaction.atomic
def set_term(group: WorkingGroup, person: Person, *, last_day: date | None, at: datetime) -> None:
    """Say on which day the term of ``person`` in ``group`` ends; None for no end.

    Raises GroupRefused where they are not in it, and TermRefused for a day before the term began.
    """
    row = _membership(group, person)
    since = row.joined_on if isinstance(row, TeamMember) else local_day(row.joined_at)
    check_term(last_day, since=since)
    row.term_ends = last_day
    row.save(update_fields=["term_ends"])


def sweep_terms(*, at: datetime) -> int:
    """End each membership whose last day is over, and tell its person and the leads; return how many."""
    today = local_day(at)
    ended = 0
    for model in (GroupMembership, TeamMember):
        for pk in model.objects.current().filter(term_ends__lt=today).values_list("pk", flat=True):
            ended += _end_term(model, pk, today=today, at=at)
    return ended


@transaction.atomic
def _end_term(model: type[GroupMembership] | type[TeamMember], pk: int, *, today: date, at: datetime) -> bool:
    """End one membership unless somebody ended or prolonged it meanwhile; return whether it ended."""
    row = model.objects.current().select_for_update().filter(pk=pk, term_ends__lt=today).first()
    if row is None or row.term_ends is None:
        return False
    group, person = (
        (row.team, row.person)
        if isinstance(row, TeamMember)
        else (row.working_group, row.registration.person)
    )
    joining.leave(group, person, at=at)
    emails.term_over(group, person, last_day=row.term_ends, at=at)
    return True


def _membership(group: WorkingGroup, person: Person) -> GroupMembership | TeamMember:
    """Return the row of ``person`` in ``group`` now. Raises GroupRefused."""
    found: GroupMembership | TeamMember | None
    if group.is_team:
        found = group.team_members.current().select_for_update().filter(person=person).first()
    else:
        found = (
            group.memberships.current()
            .select_for_update()
            .filter(registration__person=person, registration__status__in=Registration.LIVE)
            .first()
        )
    if found is None:
        raise GroupRefused(sentence=_("This person is no longer in this group."))
    return found
