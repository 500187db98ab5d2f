"""Waking workers through a broker that is away: whoever acts never waits for it."""

import threading
import time

import pytest
from django.db import connection

from stemnet.outbox import waking
from tests.stemnet.silent import AWAY

pytestmark = pytest.mark.django_db


@pytest.fixture(params=AWAY)
def broker(request, settings, monkeypatch):
    """A broker that is away, one way or the other."""
    with AWAY[request.param]() as port:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/7"
        settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
        monkeypatch.setattr(waking, "_messenger", waking.Messenger())
        yield


def test_who_acts_does_not_wait_for_a_broker_that_is_away(broker, django_capture_on_commit_callbacks):
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        waking.wake("stemnet.deliver")
        waking.wake("stemnet.run_jobs")
    assert time.monotonic() - begun < 0.2
    assert connection.in_atomic_block


def test_the_thread_gives_up_within_seconds_and_ends(broker):
    waking._messenger.send("stemnet.deliver")
    thread = next(one for one in threading.enumerate() if one.name == "messenger")
    thread.join(timeout=6)
    assert (thread.is_alive(), waking._messenger._waiting) == (False, [])


def test_a_name_that_waits_already_is_taken_once(monkeypatch):
    told, gate = [], threading.Event()

    def tell(task):
        gate.wait(timeout=5)
        told.append(task)

    monkeypatch.setattr(waking, "tell_broker", tell)
    messenger = waking.Messenger()
    for task in ("first", "a", "b", "a"):
        messenger.send(task)
    thread = messenger._thread
    gate.set()
    thread.join(timeout=5)
    assert told == ["first", "a", "b"]
