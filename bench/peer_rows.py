"""Rows of the peer: an organizer, a free event with many places, and small ones; prints their names as JSON.

PRETIX_CONFIG_FILE=… …/venv/bin/python …/bench/peer_rows.py
"""

import json
import os
import sys
from datetime import timedelta

sys.path.pop(0)
os.environ["DJANGO_SETTINGS_MODULE"] = "pretix.settings"

import django

django.setup()

from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import Event, Organizer  # noqa: E402

FIFTIES = 6


def an_event(organizer: Organizer, slug: str, *, places: int) -> str:
    """Make an event that is open, with one free product."""
    event = Event.objects.create(
        organizer=organizer,
        name=f"Bench {slug}",
        slug=slug,
        currency="USD",
        date_from=now() + timedelta(days=60),
        live=True,
        is_public=True,
    )
    event.set_active_plugins([])
    event.save()
    item = event.items.create(name="Seat", default_price=0)
    quota = event.quotas.create(name="Seats", size=places)
    quota.items.add(item)
    return f"{slug}:{item.pk}"


with scopes_disabled():
    one = Organizer.objects.create(name="Bench", slug="bench")
    made = {
        "network": "open",
        "open": an_event(one, "open", places=1_000_000),
        "fifty": [an_event(one, f"fifty-{n}", places=50) for n in range(FIFTIES)],
    }
sys.stdout.write(json.dumps(made) + "\n")
