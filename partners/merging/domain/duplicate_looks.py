"""Looking for likely duplicates in the background: the clock every night, and whoever presses the button.

What was found is kept as rows, so that the page only reads; a pair that was reviewed or merged is not shown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from partners.merging.domain import duplicates
from partners.merging.domain.merging import MODELS
from partners.models import DuplicateLook, LikelyPair, NotTheSame, Organization, Person
from partners.models.merging.merging import Subject
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.models import Job

KIND = "partners.duplicates"
EVERY = timedelta(hours=20)


@dataclass(frozen=True)
class Shown:
    """A likely pair with both of its rows."""

    pair: LikelyPair
    first: Organization | Person
    second: Organization | Person


def look_for_duplicates(subject: str, *, at: datetime) -> int:
    """Compare everything of one kind and keep the pairs that may be one; return how many there are."""
    find = duplicates.people if subject == Subject.PERSON else duplicates.organizations
    rows = [
        LikelyPair(
            subject=subject,
            first=pair.first.pk,
            second=pair.second.pk,
            likeness=pair.likeness,
            marks=pair.marks,
        )
        for pair in find()
    ]
    looks = DuplicateLook.objects
    with transaction.atomic():
        done, _new = looks.select_for_update().get_or_create(subject=subject, defaults={"at": at})
        LikelyPair.objects.filter(subject=subject).delete()
        LikelyPair.objects.bulk_create(rows, batch_size=500)
        done.at = at
        done.save(update_fields=["at"])
    return len(rows)


def sweep_duplicates(*, at: datetime) -> None:
    """Look again at what nobody looked at since yesterday."""
    fresh = set(DuplicateLook.objects.filter(at__gt=at - EVERY).values_list("subject", flat=True))
    for subject in Subject.values:
        if subject not in fresh:
            look_for_duplicates(subject, at=at)


def ask_for_look(*, by: Person, at: datetime) -> Job:
    """Let a worker look at both kinds now; the job that waits or runs already is enough."""
    known = Job.objects.filter(kind=KIND, finished_at=None, actor=str(by.uid)).first()
    return known or jobs.start_job(
        kind=KIND, params={"at": at.isoformat()}, by=str(by.uid), at=at, total=len(Subject.values)
    )


def run_look(run: Run) -> None:
    """Do the job; again does no harm."""
    for number, subject in enumerate(Subject.values, start=1):
        look_for_duplicates(subject, at=datetime.fromisoformat(run.params["at"]))
        run.reach(number)


def pairs(subject: str) -> QuerySet[LikelyPair]:
    """Return the pairs to look at, the likeliest first, without those reviewed or merged since."""
    current: Any = MODELS[subject].objects.current().values("pk")
    same = {"first": OuterRef("first"), "second": OuterRef("second")}
    reviewed = NotTheSame.objects.filter(subject=subject, **same)
    found = LikelyPair.objects.filter(~Exists(reviewed), subject=subject)
    found = found.filter(first__in=current, second__in=current)
    return found.order_by("-likeness", "first", "second")


def pairs_with_rows(subject: str, rows: list[LikelyPair]) -> list[Shown]:
    """Return pairs with their rows, in one query."""
    keys = {key for pair in rows for key in (pair.first, pair.second)}
    known = MODELS[subject].objects.in_bulk(keys)
    return [Shown(pair, known[pair.first], known[pair.second]) for pair in rows]


def looked_at(subject: str) -> datetime | None:
    """Return when this kind was last looked at, or None."""
    return DuplicateLook.objects.filter(subject=subject).values_list("at", flat=True).first()
