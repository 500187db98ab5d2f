"""Letters for the tests of the outbox."""

from datetime import UTC, datetime

from stemnet.domain import mail

MONDAY = datetime(2026, 9, 14, 13, 0, tzinfo=UTC)


def a_letter(key="hello:1", **values):
    """Queue a letter."""
    values = {"name": "Ada", **values.pop("context", {})}, values
    return mail.queue(
        **{
            "key": key,
            "address": "ada@example.org",
            "template": "letters/hello",
            "context": {"why": "You asked for it.", **values[0]},
            "at": MONDAY,
            **values[1],
        }
    )
