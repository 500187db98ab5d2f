"""The mail about homework, rendered once what it tells of is written: at once to few, by a job to many."""

from datetime import datetime

from django.db.models import QuerySet

from meetings.gathering.domain.owners import readers_of, readers_of_each
from meetings.gathering.emails import action_items as letters
from meetings.models import ActionItem
from partners.models import Person, local_day
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.outbox.queueing import prepare_many, put

KIND = "meetings.tell_homework"
AT_ONCE, PART = 100, 50


def tell(homework: ActionItem, *, number: int, by: Person | None = None, at: datetime) -> None:
    """Let the owners of ``number`` answers that are open hear that ``by`` gave it, or be asked once more."""
    params = {"homework": homework.pk, "by": by.pk if by else None, "at": at.isoformat()}
    jobs.start_job(kind=KIND, params=params, by="", at=at, total=number, soon=number <= AT_ONCE)


def run_telling(run: Run) -> None:
    """Do the job, a few owners at a time; safe to be run again, for each mail has its key."""
    at = datetime.fromisoformat(run.params["at"])
    by = Person.objects.filter(pk=run.params["by"]).first()
    keys = list(_open(run.params["homework"]).order_by("pk").values_list("pk", flat=True))
    run.expect(len(keys))
    for start in range(0, len(keys), PART):
        _tell(keys[start : start + PART], by=by, at=at)
        run.reach(min(start + PART, len(keys)))


def _open(homework: int) -> "QuerySet[ActionItem]":
    return ActionItem.objects.open().filter(part_of=homework)


def _tell(keys: list[int], *, by: Person | None, at: datetime) -> None:
    rows = ActionItem.objects.filter(pk__in=keys).order_by("pk").prefetch_related("person__emails")
    parts = list(rows.select_related("person", "organization", "meeting", "network", "working_group"))
    today = local_day(at)
    known = readers_of_each([one.owner for one in parts if one.owner], on=today)
    said = []
    for one in parts:
        readers = readers_of(one, known)
        if by is None:
            said += [letters.asked_again(one, person, today=today) for person in readers]
        else:
            said += letters.given(one, readers, by=by, times=0, is_homework=True)
    put(prepare_many(said, at=at), at=at)
