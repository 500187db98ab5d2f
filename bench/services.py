"""What all sides share: PostgreSQL, Redis, a mailbox and a folder, all of which go again."""

import os
from collections.abc import Callable
from pathlib import Path

import psycopg2
from redis import Redis, RedisError

from bench.browser import refuse_elsewhere
from bench.mailbox import Mailbox

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379"
CLAIM, HOURS = "stemnet-bench", 4


def redis_url() -> str:
    """Return a Redis database that nobody uses, claimed: REDIS_URL's, else the highest free one here.

    Raises RuntimeError where there is none; a database with anything in it is never taken.
    """
    given = os.environ.get("REDIS_URL")
    for url in [given] if given else [f"{REDIS}/{number}" for number in range(15, 0, -1)]:
        try:
            with Redis.from_url(url) as server:
                refuse_elsewhere(str(server.connection_pool.connection_kwargs.get("host", "127.0.0.1")))
                if not server.dbsize() and server.set(CLAIM, os.getpid(), nx=True, ex=HOURS * 3600):
                    return url
        except RedisError as error:
            raise RuntimeError("The grown shape needs Redis, and none answers; set REDIS_URL.") from error
    raise RuntimeError("No database of Redis is empty; set REDIS_URL to one that is.")


class Services:
    """Makes databases and drops them."""

    def __init__(self, folder: Path) -> None:
        self.server = (os.environ.get("DATABASE_URL") or POSTGRES).rpartition("/")[0]
        self.redis, self.folder = redis_url(), folder
        self.mailbox = Mailbox()
        self.databases: list[str] = []
        self.at_the_end: list[Callable[[], object]] = []

    def database(self, name: str) -> str:
        """Make an empty database, and return its address."""
        full = f"stemnet_bench_{os.getpid()}_{name}"
        self._administer(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)', f'CREATE DATABASE "{full}"')
        self.databases.append(full)
        return f"{self.server}/{full}"

    def close(self) -> None:
        """Drop all that was made."""
        for act in self.at_the_end:
            act()
        self._administer(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in self.databases))
        self.mailbox.shutdown()
        with Redis.from_url(self.redis) as server:
            server.flushdb()

    def _administer(self, *statements: str) -> None:
        connection = psycopg2.connect(f"{self.server}/postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()
