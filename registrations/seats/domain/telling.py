"""Telling everyone that meetings changed: few in the transaction of the change, many by a job that it starts.

So the change of a network with hundreds of people holds its rows no longer than that of one with ten; the job
is written with the change, and its mails have keys, so that everyone is told once, whatever stops in between.
"""

from collections.abc import Sequence
from datetime import datetime

from meetings.models import MeetingChange
from registrations.seats.domain.audience import audience
from registrations.seats.emails.changes import meetings_changed
from stemnet import jobs
from stemnet.jobs import Run

KIND = "registrations.tell"
AT_ONCE = 100
PART = 25


def tell_changes(changes: Sequence[MeetingChange], *, at: datetime) -> None:
    """Tell everyone who is to come, once each; the caller's transaction has written ``changes``."""
    told = audience(changes, at=at)
    if len(told) <= AT_ONCE:
        meetings_changed(told, at=at)
        return
    params = {"changes": [change.pk for change in changes], "at": at.isoformat()}
    jobs.start_job(kind=KIND, params=params, by="", at=at, total=len(told))


def run_telling(run: Run) -> None:
    """Do the job, a few people at a time; safe to be run again."""
    changes = MeetingChange.objects.select_related("meeting__network", "meeting__working_group")
    at = datetime.fromisoformat(run.params["at"])
    told = audience(list(changes.filter(pk__in=run.params["changes"]).order_by("pk")), at=at)
    run.expect(len(told))
    for start in range(0, len(told), PART):
        meetings_changed(told[start : start + PART], at=at)
        run.reach(min(start + PART, len(told)))
