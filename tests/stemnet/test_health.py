"""Whether the process is well."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from stemnet.observing import health
from tests.stemnet.letters import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Begin as a process begins."""
    monkeypatch.setattr(health, "_begun", {})
    monkeypatch.setattr(health, "_threads", [])
    cache.delete(health._KEY)


def test_health_answers_anyone_with_200(client):
    response = client.get("/health/")
    said = {"well": True, "faults": [], "zone_data": "2026f"}
    assert (response.status_code, response.json()) == (200, said)


def test_health_answers_503_with_what_is_wrong(client):
    health.watch_threads(threading.Thread())
    response = client.get("/health/")
    said = {"well": False, "faults": ["threads"], "zone_data": "2026f"}
    assert (response.status_code, response.json()) == (503, said)


def test_a_process_has_three_intervals_for_its_first_sweep():
    assert health.faults(at=MONDAY) == []
    assert health.faults(at=MONDAY + health.longest_pause()) == []
    assert health.faults(at=MONDAY + health.longest_pause() + timedelta(seconds=1)) == ["sweeps"]


def test_a_sweep_keeps_the_process_well():
    health.faults(at=MONDAY)
    health.note_sweep(at=MONDAY + timedelta(hours=1))
    assert health.faults(at=MONDAY + timedelta(hours=1, minutes=3)) == []
    assert health.faults(at=MONDAY + timedelta(hours=1, minutes=4)) == ["sweeps"]


def test_a_database_that_does_not_answer_is_a_fault(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    assert health.faults(at=MONDAY) == ["database"]
