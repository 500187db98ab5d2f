"""Letters for the tests of the outbox."""

from datetime import UTC, datetime

from stemnet.models import Mail
from stemnet.outbox import queueing

MONDAY = datetime(2026, 9, 14, 13, 0, tzinfo=UTC)


def a_letter(key="hello:1", **values):
    """Queue a letter and return it."""
    context = {"name": "Ada", "why": "You asked for it.", **values.pop("context", {})}
    known = {"address": "ada@example.org", "template": "letters/hello", "at": MONDAY, **values}
    queueing.queue(key=key, context=context, **known)
    return Mail.objects.get(key=key)
