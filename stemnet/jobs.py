"""Batches that take a while: asked for in a request, done by a worker, one row each."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO, Any

import structlog
from django.conf import settings
from django.core.files import File
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stemnet.busy import is_busy, is_full
from stemnet.exceptions import Refused, UnknownJob
from stemnet.files import deleted_on_failure
from stemnet.models import Job, JobState
from stemnet.outbox.waking import Clock, stopping, wake

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
A_TURN = 0.12  # seconds
RESULT_KEPT = timedelta(days=7)

log = structlog.get_logger(__name__)


class Lost(Exception):
    """Another worker has taken the job over; this one stops."""


class Run:
    """One attempt at a job: what was asked for, how far it is, and the file that it leaves."""

    def __init__(self, job: Job, *, clock: Clock) -> None:
        self._job = job
        self._clock = clock
        self.params: Mapping[str, Any] = job.params
        self.actor = job.actor

    def expect(self, total: int) -> None:
        """Say how many steps there are."""
        self._write(progress=0, total=total)

    def reach(self, done: int) -> None:
        """Say how many steps are done; also keeps the lease. Raises Lost where it ran out."""
        hundredth = max(1, self._job.total // 100)
        if done % hundredth == 0 or done >= self._job.total:
            self._write(progress=min(done, self._job.total))

    def keep(self, name: str, content: IO[Any]) -> None:
        """Keep ``content`` as the result, to be downloaded as ``name``; stored under a random name."""
        stored = f"{uuid.uuid4().hex}{PurePath(name).suffix}"
        with deleted_on_failure():
            self._job.result.save(stored, File(content), save=False)
            self._write(result=self._job.result.name, result_name=name)

    def note(self, words: str) -> None:
        """Keep what the job left out and why, a line each, for who asked for it."""
        self._write(error=words)

    def _write(self, **values: Any) -> None:
        """Write to the row as long as it is this worker's."""
        for field, value in values.items():
            setattr(self._job, field, value)
        mine = Job.objects.filter(pk=self._job.pk, state=JobState.RUNNING, attempts=self._job.attempts)
        if not mine.update(lease_until=self._clock() + LEASE, **values):
            raise Lost


def make_room(*, after: float = 0) -> None:
    """Let others write between two transactions of a batch, ``after`` so many seconds that held nothing.

    Who waits for SQLite looks again every tenth of a second, and would find it taken each time. Inside a
    larger transaction, which holds it to the end, that would help nobody.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block and not settings.TESTING:
        time.sleep(max(A_TURN - after, 0))


Handler = Callable[[Run], None]
_handlers: dict[str, Handler] = {}
_soon: ContextVar[list[Job] | None] = ContextVar("jobs_soon", default=None)


def handler(kind: str, function: Handler) -> None:
    """Let an upper app say in ``ready()`` who does jobs of ``kind``; safe to be run again from the start."""
    _handlers[kind] = function


@transaction.atomic
def start_job(
    *,
    kind: str,
    params: Mapping[str, Any],
    by: str,
    at: datetime,
    total: int = 0,
    uid: uuid.UUID | None = None,
    soon: bool = False,
) -> Job:
    """Put a job into the queue and wake a worker on commit; ``soon`` lets `finishing` do it instead.

    ``by`` is the opaque name of who asked, such as a person's uid; only they see the job. ``uid`` may be
    given by a page, so that the same form sent twice is one job: the second raises IntegrityError.

    Raises UnknownJob where no app has said that it does jobs of this kind.
    """
    if kind not in _handlers:
        raise UnknownJob(kind)
    job = Job.objects.create(
        uid=uid or uuid.uuid4(), kind=kind, params=dict(params), actor=by, total=total, created_at=at
    )
    if soon and (mine := _soon.get()) is not None:
        mine.append(job)
    else:
        wake("stemnet.run_jobs")
    return job


@contextmanager
def finishing() -> Iterator[None]:
    """Do the short jobs of a block as soon as it has ended, here: what they compute holds none of its locks.

    It stands around a transaction, which writes the job with the change: where this process dies in between,
    a worker does it. Inside another such block, the outer one does it. Such a job leaves no row.
    """
    if _soon.get() is not None:
        yield
        return
    started: list[Job] = []
    before = _soon.set(started)
    try:
        yield
    finally:
        _soon.reset(before)
    for job in started:
        _do_soon(job)


def _do_soon(job: Job) -> None:
    """Do a short job now, by the moment at which it was asked for, and forget it."""
    claimed = claim_job(job.pk, at=job.created_at)
    if claimed is not None:
        run(claimed, clock=lambda: job.created_at)
        done = Job.objects.filter(pk=job.pk, state=JobState.DONE)
        done._raw_delete(done.db)  # no row of another table names it


def run_again(job: Job) -> bool:
    """Let a job that failed begin again; False where it is in any other state."""
    again = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, attempts=0, error="", finished_at=None
    )
    if again:
        wake("stemnet.run_jobs")
    return bool(again)


def run_waiting(*, at: datetime, clock: Clock | None = None) -> int:
    """Begin again what was abandoned, run all that waits, forget old results; return how many were run."""
    now = clock or (lambda: at)
    _restart_abandoned(at)
    _forget_results(at)
    done = 0
    while not stopping.is_set() and (pk := Job.objects.waiting().values_list("pk", flat=True).first()):
        job = claim_job(pk, at=now())
        if job is not None:
            run(job, clock=now)
            done += 1
    return done


def claim_job(pk: int, *, at: datetime) -> Job | None:
    """Take a waiting job; None where another worker was faster."""
    taken = Job.objects.filter(pk=pk, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        lease_until=at + LEASE,
        started_at=at,
        progress=0,
        attempts=F("attempts") + 1,
    )
    return Job.objects.get(pk=pk) if taken else None


def run(job: Job, *, clock: Clock) -> None:
    """Run a claimed job to its end and write down how it went."""
    try:
        _handlers[job.kind](Run(job, clock=clock))
    except Lost:
        log.warning("job_lost", kind=job.kind)
    except Refused as refusal:
        _finish(job, at=clock(), state=JobState.FAILED, error=str(refusal))
    except Exception as error:
        if is_busy(error) and job.attempts < MOST_ATTEMPTS:
            _put_back(job)
            return
        no_room = _("The portal's disk is full. Tell the network's contact, then try again.")
        words = no_room if is_full(error) else _("That didn't work. Try again.")
        _finish(job, at=clock(), state=JobState.FAILED, error=words)
        raise
    else:
        _finish(job, at=clock(), state=JobState.DONE, progress=F("total"))


def _put_back(job: Job) -> None:
    """Let the job be begun again, for others were using the database."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    mine.update(state=JobState.QUEUED, lease_until=None)
    log.warning("job_put_back", kind=job.kind)


def _finish(job: Job, *, at: datetime, **values: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    mine.update(lease_until=None, finished_at=at, **values)


def _restart_abandoned(at: datetime) -> None:
    """Queue again what a worker left behind; what stopped too often is given up."""
    Job.objects.abandoned(at).filter(attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED,
        lease_until=None,
        finished_at=at,
        error=_("This stopped partway several times. Try again."),
    )
    Job.objects.abandoned(at).update(state=JobState.QUEUED, lease_until=None)


def _forget_results(at: datetime) -> None:
    """Delete the files that nobody needs any more, for they hold personal data."""
    for job in Job.objects.filter(finished_at__lte=at - RESULT_KEPT).exclude(result=""):
        job.result.delete(save=False)
        Job.objects.filter(pk=job.pk).update(result="")
