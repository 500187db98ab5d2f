"""A database that is busy, away or full: telling it from a fault, and writing without waiting for it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection, transaction

SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL = 5, 6, 13
# https://www.postgresql.org/docs/current/errcodes-appendix.html: a transaction that had to give way, a lock
# or an answer that took too long, too many connections, a server that stops or starts.
POSTGRES_BUSY = {"40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03"}
POSTGRES_FULL = "53100"


def is_busy(error: BaseException | None) -> bool:
    """Return whether a statement failed only because others use the database, or because it is away."""
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return int(code) & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED)
    if code := getattr(cause, "pgcode", None):
        return code in POSTGRES_BUSY or str(code).startswith("08")
    return connection.vendor == "postgresql" and type(cause).__name__ in (
        "OperationalError",
        "InterfaceError",
    )


def is_full(error: BaseException | None) -> bool:
    """Return whether there was no room: on the disk of the database, or of the files."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    cause = error.__cause__ if isinstance(error, Error) else None
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return int(code) & 0xFF == SQLITE_FULL
    return getattr(cause, "pgcode", None) == POSTGRES_FULL


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let what is written inside fail at once where somebody else is in its way."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20ms'")
            yield
        return
    patience = round(float(connection.settings_dict["OPTIONS"].get("timeout", 5)) * 1000)
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {patience:d}")
