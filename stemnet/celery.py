"""The Celery app: workers on Redis, or two threads inside the web process."""

import gc
import os
import threading
from functools import cached_property
from typing import Any

from celery import Celery
from celery.beat import Scheduler, Service
from celery.signals import worker_init
from celery.worker import WorkController
from django.conf import settings

from stemnet.outbox.waking import stopping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # `make check` runs them, each start need not
AREAS_WITH_TASKS = [
    "partners.people",
    "partners.importing",
    "partners.merging",
    "partners.memorandum",
    "partners.exchange",
    "partners.prospects",
    "meetings.gathering",
    "meetings.library",
    "registrations.attendance",
    "registrations.credit",
    "registrations.asking",
    "registrations.evaluation",
    "registrations.exporting",
    "registrations.messages",
    "registrations.groups",
    "registrations.seats",
]


class Portal(Celery):  # type: ignore[misc]
    """The Celery app, whose clock loads no apps."""

    @cached_property
    def Beat(self) -> Any:
        """Return the clock that `celery beat` runs."""
        return self.subclass_with_self("stemnet.clock:Clock")


app = Portal("stemnet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(AREAS_WITH_TASKS)


def refuse_demo(**kwargs: object) -> None:
    """Work on no database with the accounts of the demo, as the web process serves none."""
    gc.freeze()  # what was imported stays to the end
    from stemnet.checks import refuse_demo_accounts  # needs models, which are not there on import

    if not settings.DEBUG and not settings.TESTING:
        refuse_demo_accounts()


worker_init.connect(refuse_demo)


class EmbeddedWorker:
    """A worker and the clock as two threads of the web process, on an in-memory broker."""

    def __init__(self, *, concurrency: int = 2) -> None:
        self.worker = WorkController(
            app=app,
            pool_cls="threads",
            concurrency=concurrency,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        self.clock = Service(app, max_interval=1, scheduler_cls=Scheduler)
        self.threads = [
            threading.Thread(target=self.worker.start, name="celery-worker", daemon=True),
            threading.Thread(target=self.clock.start, name="celery-beat", daemon=True),
        ]

    def start(self) -> None:
        """Start both, sweep once for what an earlier process left, and let /health/ watch them."""
        from stemnet.observing import health  # the same

        for thread in self.threads:
            thread.start()
        health.watch_threads(*self.threads)
        app.send_task("stemnet.sweep_mail")
        app.send_task("stemnet.run_jobs")

    def stop(self) -> None:
        """Let the task in hand finish, then end both threads."""
        stopping.set()
        self.clock.stop()
        self.worker.stop()
        for thread in self.threads:
            thread.join(timeout=20)
