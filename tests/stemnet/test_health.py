"""What `/health/` and `/ready/` say: in JSON, whatever is away."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from stemnet import shared_cache
from stemnet.models import Mail, MailState, Sweep
from stemnet.observing import health
from tests.stemnet.letters import MONDAY, a_letter
from tests.stemnet.silent import AWAY

pytestmark = pytest.mark.django_db
ADDRESSES = ["/health/", "/ready/"]


@pytest.fixture(autouse=True)
def fresh(monkeypatch, settings, tmp_path):
    """Begin as a process begins."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FREE_SPACE_MB = 0
    monkeypatch.setattr(health, "_begun", {})
    monkeypatch.setattr(health, "_threads", [])


def faults(*, at=MONDAY):
    return health.health(at=at).faults


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_answers_anyone_with_200(client, address):
    response = client.get(address)
    said = response.json()
    assert (response.status_code, said["well"], said["serves"], said["faults"]) == (200, True, True, [])


def test_health_answers_503_with_what_is_wrong(client):
    health.watch_threads(threading.Thread())
    response = client.get("/health/")
    said = response.json()
    assert (response.status_code, said["well"], said["serves"], said["faults"]) == (
        503,
        False,
        True,
        ["threads"],
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_answers_under_any_name_of_the_host_and_with_any_cookie(client, address):
    client.cookies["sessionid"] = "x" * 32
    response = client.get(address, headers={"host": "10.0.0.1"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_database_that_does_not_answer_is_said_in_json(client, monkeypatch, address):
    def away():
        raise OperationalError

    client.cookies["sessionid"] = "x" * 32
    monkeypatch.setattr(connection, "cursor", away)
    response = client.get(address)
    said = response.json()
    assert (response.status_code, said["serves"], said["faults"]) == (503, False, ["database"])


@pytest.mark.parametrize("how", AWAY)
def test_redis_that_does_not_answer_is_said_and_pages_are_served(client, settings, monkeypatch, how):
    monkeypatch.setattr(shared_cache, "_reach", {})
    monkeypatch.setattr(shared_cache, "LOOK_AGAIN_SECONDS", 3600)
    with AWAY[how]() as port:
        settings.CACHES = {
            "default": {
                "BACKEND": "stemnet.shared_cache.SharedCache",
                "LOCATION": f"redis://127.0.0.1:{port}/7",
                "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
            }
        }
        answers = [client.get(address) for address in ADDRESSES]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert [(one.json()["serves"], one.json()["faults"]) for one in answers] == [(True, ["redis"])] * 2


def test_a_process_has_three_intervals_for_its_first_sweep():
    assert faults() == []
    assert faults(at=MONDAY + health.longest_pause()) == []
    assert faults(at=MONDAY + health.longest_pause() + timedelta(seconds=1)) == ["sweeps"]


def test_a_sweep_keeps_the_process_well():
    faults()
    Sweep.objects.note(MONDAY)
    Sweep.objects.note(MONDAY + timedelta(hours=1))
    assert Sweep.objects.count() == 1
    assert faults(at=MONDAY + timedelta(hours=1, minutes=3)) == []
    assert faults(at=MONDAY + timedelta(hours=1, minutes=4)) == ["sweeps"]


def test_a_sweep_that_is_still_to_come_is_a_clock_ahead_and_hides_no_dead_beat():
    faults()
    Sweep.objects.note(MONDAY + timedelta(hours=1))
    assert faults(at=MONDAY + timedelta(minutes=30)) == ["clock"]
    assert faults(at=MONDAY + timedelta(hours=1, minutes=4)) == ["sweeps"]


def test_mail_that_has_waited_for_a_quarter_of_an_hour_is_a_fault():
    a_letter()
    Sweep.objects.note(MONDAY + timedelta(minutes=15))
    assert faults(at=MONDAY + timedelta(minutes=15)) == []
    report = health.health(at=MONDAY + timedelta(minutes=16))
    assert (report.faults, report.figures["mail"]["oldest_wait"]) == (["mail"], 16 * 60)


def undelivered(*states, at=MONDAY):
    for number, state in enumerate(states):
        a_letter(f"letter:{number}:{at}", at=at)
        Mail.objects.filter(key=f"letter:{number}:{at}").update(state=state)


def test_one_address_that_does_not_exist_is_no_fault_and_three_are():
    undelivered(MailState.FAILED)
    assert (faults(), health.health(at=MONDAY).figures["mail"]["failed"]) == ([], 1)
    undelivered(MailState.FAILED, MailState.IN_DOUBT, at=MONDAY - timedelta(hours=1))
    assert faults() == ["mail"]


def test_what_failed_the_day_before_counts_no_longer():
    undelivered(MailState.FAILED, MailState.FAILED, MailState.IN_DOUBT, at=MONDAY - timedelta(hours=25))
    assert faults() == []


def test_a_disk_that_is_nearly_full_is_a_fault(settings):
    settings.FREE_SPACE_MB = 10**9
    assert faults() == ["space"]


def test_tables_that_are_older_than_the_code_are_a_fault(client, monkeypatch):
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(health, "_migrated", set())
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda _self, _targets: ["one"])
    assert client.get("/ready/").json()["faults"] == ["migrations"]


def test_health_tells_when_the_clock_swept_last(client):
    Sweep.objects.note(timezone.now())
    assert 0 <= client.get("/health/").json()["swept_seconds_ago"] <= 9


def test_health_names_the_zone_data(client):
    assert client.get("/health/").json()["zone_data"] == "2026f"
