"""Kill -9 in the middle of 500 mails: none lost, none twice, at most one per sender in doubt."""

import json
import sys
import uuid

import psycopg2
import pytest
from django.conf import settings
from redis import Redis

from tests.stemnet.processes import (
    CountingServer,
    environment,
    free_port,
    kill,
    migrate,
    queue_letters,
    start,
    states,
    wait_for,
)

LETTERS = 500
FAST = {"SWEEP_SECONDS": "1", "MAIL_LEASE_SECONDS": "4"}

pytestmark = pytest.mark.slow


@pytest.fixture
def server():
    """A server that takes its time, so that the kill falls into the middle."""
    with CountingServer(delay=0.005) as server:
        yield server
        server.shutdown()


def kill_in_the_middle(run, server):
    """Run senders, kill them all after 50 deliveries, run them again until all is accounted for."""
    first = run()
    try:
        assert wait_for(lambda: sum(server.accepted.values()) >= 50, seconds=60)
    finally:
        for process in first:
            kill(process)
    assert sum(server.accepted.values()) < LETTERS
    return run()


def check(server, env, *, senders):
    """Wait until all is accounted for, then compare the outbox with what the server counted."""
    done = {}

    def accounted():
        done["counts"], done["doubtful"] = json.loads(states(env))
        return not set(done["counts"]) - {"sent", "in_doubt"}

    assert wait_for(accounted, seconds=90), done
    counts, doubtful = done["counts"], set(done["doubtful"])
    assert len(doubtful) <= senders
    assert counts["sent"] + len(doubtful) == LETTERS
    assert set(server.accepted.values()) == {1}
    assert len(set(server.accepted) - doubtful) == counts["sent"]


@pytest.mark.once
def test_kill_of_the_web_process_on_sqlite_loses_and_doubles_nothing(tmp_path, server):
    env = environment(tmp_path, EMAIL_URL=server.url, **FAST)
    migrate(env)
    queue_letters(LETTERS, env)

    def run():
        return [start([sys.executable, "-m", "gunicorn"], {**env, "PORT": str(free_port())})]

    second = kill_in_the_middle(run, server)
    try:
        check(server, env, senders=2)
    finally:
        for process in second:
            kill(process)


@pytest.fixture
def database():
    """A PostgreSQL database that other processes see too."""
    known = settings.DATABASES["default"]
    where = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    name = f"stemnet_kill_{uuid.uuid4().hex[:8]}"
    connection = psycopg2.connect(dbname="postgres", **where)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{where['user']}:{where['password']}@{where['host']}:{where['port'] or 5432}/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.mark.postgres
def test_kill_of_two_workers_on_redis_loses_and_doubles_nothing(tmp_path, server, database):
    env = environment(
        tmp_path, EMAIL_URL=server.url, DATABASE_URL=database, REDIS_URL=settings.REDIS_URL, **FAST
    )
    forget_tasks()
    migrate(env)
    queue_letters(LETTERS, env)
    celery = [sys.executable, "-m", "celery", "-A", "stemnet"]
    worker = [*celery, "worker", "-c", "1", "-l", "ERROR", "--without-gossip", "--without-mingle"]
    clock = start([*celery, "beat", "-l", "ERROR", "--pidfile", ""], env)

    def run():
        return [start([*worker, "-n", f"{name}@test"], env) for name in ("one", "two")]

    second = kill_in_the_middle(run, server)
    try:
        check(server, env, senders=2)
    finally:
        for process in [*second, clock]:
            kill(process)
        forget_tasks()


def forget_tasks():
    """Leave nothing of ours in Redis."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        for key in redis.scan_iter("stemnet:*"):
            redis.delete(key)
