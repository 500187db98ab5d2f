"""What colleagues add to a resource: where they tried it, what is wrong with it, which need it answers."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from meetings.library import emails
from meetings.library.domain import resources
from meetings.library.exceptions import LibraryRefused
from meetings.models import AnsweredNeed, Resource, ResourceReport, Trial
from partners.models import Need, Organization, Person, local_day

OLDEST = 20  # years before this one


@transaction.atomic
def add_trial(
    resource: Resource,
    *,
    organization: Organization,
    on: date,
    band: str,
    text: str,
    by: Person,
    at: datetime,
) -> Trial:
    """Write where and when somebody tried a resource, and what happened; the same text twice is once.

    Raises LibraryRefused for a resource that isn't public, and for a day ahead.
    """
    one = Resource.objects.select_for_update().get(pk=resource.pk)
    if one.state != Resource.State.PUBLIC:
        raise LibraryRefused(sentence=_("Only a public resource can be tried."))
    today = local_day(at)
    if on > today:
        raise LibraryRefused(sentence=_("That day is still ahead. Say when you tried it."))
    if on.year < today.year - OLDEST:
        raise LibraryRefused(sentence=_("That's more than 20 years ago. Look at the year once more."))
    same = one.trials.filter(person=by, text=text, on=on).first()
    if same:
        return same
    trial = Trial(resource=one, person=by, organization=organization, on=on, band=band, text=text, at=at)
    trial.full_clean()
    trial.save()
    count_trials(one)
    return trial


@transaction.atomic
def remove_trial(trial: Trial) -> None:
    """Take back what somebody said of a resource."""
    one = Resource.objects.select_for_update().get(pk=trial.resource_id)
    one.trials.filter(pk=trial.pk).delete()
    count_trials(one)


def count_trials(one: Resource) -> None:
    """Write how many organizations tried a resource; several trials in one are one."""
    Resource.objects.filter(pk=one.pk).update(trial_count=number_of_trials(one))


def number_of_trials(one: Resource) -> int:
    """Return how many organizations tried a resource."""
    return one.trials.values("organization").distinct().count()


def report(resource: Resource, *, what: str, words: str, by: Person, at: datetime) -> ResourceReport:
    """Tell staff that something is wrong; said again while it is open, it is one."""
    row, _made = ResourceReport.objects.get_or_create(
        resource=resource, by=by, what=what, settled_at=None, defaults={"words": words, "at": at}
    )
    emails.waiting(at=at)
    return row


def to_read() -> QuerySet[Resource]:
    """Return the resources that wait for staff: sent for review, or reported and not settled."""
    reported = ResourceReport.objects.filter(settled_at=None).values("resource")
    return Resource.objects.filter(Q(state=Resource.State.REVIEW) | Q(pk__in=reported))


def settle(row: ResourceReport, *, at: datetime, by: Person, hide_because: str = "") -> None:
    """Settle a report, and hide the resource where there is a reason. Raises LibraryRefused."""
    with transaction.atomic():
        if hide_because:
            resources.move(row.resource, to=Resource.State.HIDDEN, by=by, at=at, reason=hide_because)
        ResourceReport.objects.filter(pk=row.pk, settled_at=None).update(settled_at=at)


def answer(resource: Resource, need: Need, *, by: Person, at: datetime) -> AnsweredNeed:
    """Say that a resource answers a need; twice is once."""
    given = {"by": by, "at": at}
    return AnsweredNeed.objects.get_or_create(resource=resource, need=need, defaults=given)[0]


def take_answer_back(resource: Resource, need: Need, *, by: Person) -> None:
    """Say that a resource doesn't answer a need after all. Raises LibraryRefused for whoever may not."""
    mine = AnsweredNeed.objects.undone_by(by).filter(resource=resource, need=need)
    if not mine.delete()[0]:
        raise LibraryRefused(
            sentence=_(
                "Only the person who said so, the partner that has the need, or network staff can undo that."
            )
        )
