"""The classes of the ground: mail, jobs, codes, older versions of rows."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from stemnet.codes import HOUR
from stemnet.models import AskedCode, Job, JobState, Mail
from stemnet.retention.histories import Histories
from stemnet.retention.registry import Kept, add, delete_all, of_rows

JOB_DAYS = 90
SIX_YEARS, SEVEN_YEARS = 6 * 365 + 2, 7 * 365 + 2


def add_classes() -> None:
    """Say how long the ground keeps what it has."""
    add(
        Kept(
            "mail",
            _("E-mail that was sent, stopped or refused"),
            _("since it was written"),
            of_rows(Mail.objects.older_than, "created_at", person=_to_people),
            default=lambda: settings.MAIL_KEPT_DAYS,
        ),
        Kept(
            "jobs",
            _("Background tasks that are finished, with the files they made"),
            _("since they ended"),
            of_rows(_jobs, "finished_at", remove=_delete_jobs),
            default=lambda: JOB_DAYS,
        ),
        Kept(
            "codes",
            _("Who asked for a code, as a scrambled form of their address and browser"),
            _("since they asked"),
            of_rows(lambda at: AskedCode.objects.filter(at__lte=at - HOUR), "at"),
            rule=_("An hour (12.1)"),
        ),
        Kept(
            "histories",
            _("Older versions of rows; the newest of each stays"),
            _("since the version was made"),
            Histories(),
            default=lambda: SEVEN_YEARS,
            floor=SIX_YEARS,
            why=_("what was agreed can be disputed for six years (rule book 11.2)."),
        ),
    )


def _to_people(uids: Collection[str]) -> Q:
    return Q(recipient__in=[f"person:{uid}" for uid in uids])


def _jobs(before: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=before)


def _delete_jobs(jobs: QuerySet[Any]) -> int:
    """Delete batches; their files go once the transaction is over."""
    for job in jobs.exclude(result=""):
        transaction.on_commit(partial(job.result.storage.delete, str(job.result.name)))
    return delete_all(jobs)
