"""Waking whoever works on rows, by the name of a task, once the transaction is there for all to see."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

Clock = Callable[[], datetime]

# Set when the process is told to end: long work stops after the row in hand, the rest waits for a sweep.
stopping = threading.Event()
# The broker has half a second for each answer to whoever wakes; workers and the clock are more patient.
IMPATIENT = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}

log = structlog.get_logger(__name__)


def wake(task: str) -> None:
    """Send ``task`` on commit; where the broker is away, the next sweep does the work instead."""
    waiting = transaction.get_connection().run_on_commit
    if not any(getattr(entry[1], "args", ()) == (task,) for entry in waiting):
        transaction.on_commit(partial(_send, task))


def _send(task: str) -> None:
    """Send ``task`` and never trouble or delay the person whose act it follows."""
    if settings.CELERY_BROKER_URL.startswith("memory:"):
        current_app.send_task(task)
    else:
        _messenger.send(task)


class Messenger:
    """Takes names of tasks to a broker that may be silent, in a thread that lives while there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._thread: threading.Thread | None = None

    def send(self, task: str) -> None:
        """Take ``task`` along; a name that is waiting already is taken once."""
        with self._lock:
            if task not in self._waiting:
                self._waiting.append(task)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._go, name="messenger")
                self._thread.start()

    def _go(self) -> None:
        while task := self._next():
            tell_broker(task)

    def _next(self) -> str:
        with self._lock:
            if self._waiting:
                return self._waiting.pop(0)
            self._thread = None
            return ""


_messenger = Messenger()


def tell_broker(task: str) -> None:
    """Send ``task`` over a connection of its own, which finds its queue also after the broker was emptied."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **IMPATIENT}
    try:
        with current_app.connection(settings.CELERY_BROKER_URL, transport_options=options) as connection:
            current_app.send_task(task, connection=connection)
    except (KombuError, RedisError, OSError):
        log.warning("broker_away", task=task)
