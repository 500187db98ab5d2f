"""Waking whoever works on rows, by the name of a task, once the transaction is there for all to see."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

Clock = Callable[[], datetime]

# Set when the process is told to end: long work stops after the row in hand, the rest waits for a sweep.
stopping = threading.Event()

log = structlog.get_logger(__name__)


def wake(task: str) -> None:
    """Send ``task`` on commit; where the broker is away, the next sweep does the work instead."""
    waiting = transaction.get_connection().run_on_commit
    if not any(getattr(entry[1], "args", ()) == (task,) for entry in waiting):
        transaction.on_commit(partial(_send, task))


def _send(task: str) -> None:
    """Send ``task`` and never trouble the person whose act it follows."""
    try:
        current_app.send_task(task)
    except (OperationalError, OSError):
        log.warning("broker_away", task=task)
