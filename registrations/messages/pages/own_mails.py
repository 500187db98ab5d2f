"""One of the portal's own mails as somebody would get it, for whoever words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Partnership, Person
from registrations.messages.domain.own_mails import KINDS, OwnMail, Place, Wording, fill, words_kept
from registrations.seats.emails import why
from stemnet import wording
from stemnet.outbox.rendering import Rendered, render


@dataclass(frozen=True)
class Line:
    """One kind of mail in a list: whose words it begins with."""

    mail: OwnMail
    words: Mapping[str, str] | None
    is_shared: bool


def lines_of(place: Place, partnership: Partnership | None) -> list[Line]:
    """Return every kind, with the words that hold there."""
    found = []
    for mail in KINDS.values():
        own = words_kept(place, mail.kind)
        shared = words_kept(partnership, mail.kind) if isinstance(place, Network) else None
        found.append(Line(mail, own or shared, own is None and shared is not None))
    return found


def sample_of(mail: OwnMail, place: Place, *, reader: Person, at: datetime) -> dict[str, Any]:
    """Return what a mail would be told of a network, with ``reader`` as whoever gets it."""
    network = place if isinstance(place, Network) else Network.objects.order_by("-pk").first()
    network = network or Network(title=_("A network"), slug="a-network", school_year="2026-27")
    meetings = list(network.meetings.own().standing().order_by("starts_at")[:3]) if network.pk else []
    page = settings.SITE_URL + reverse("network", args=[network.slug])
    lines = [
        {
            "title": one.title,
            "network": str(network),
            "what": _("New date or time"),
            "when": wording.span(one.starts_at, one.ends_at, one.zone),
            "where": one.venue or str(one.get_modality_display()),
        }
        for one in meetings[:1]
    ]
    return {
        "person": reader,
        "network": network,
        "registration": {"party_size": 1, "is_seated": True},
        "meetings": meetings,
        "lines": lines,
        "subject": _("Reminder: %(meeting)s") % {"meeting": lines[0]["title"] if lines else network},
        "place": 3,
        "automatic": True,
        "names": [_("Confirmation of attendance")],
        "reason": _("Here you read why."),
        "has_login": True,
        **dict.fromkeys(("url", "network_url", "learning_url", "leave_url"), page),
        "why": why.registered(network),
        "unsubscribe_url": page if mail.kind == "reminder" else "",
    }


@dataclass(frozen=True)
class OwnPreview:
    """What the words would look like, and the whole mail in plain text."""

    words: Wording | None
    plain: Rendered


def preview_of(
    mail: OwnMail, place: Place, words: Mapping[str, str] | None, *, reader: Person, at: datetime
) -> OwnPreview:
    """Return the mail with these words; with none, in those of the portal."""
    context = sample_of(mail, place, reader=reader, at=at)
    plain = render(mail.template, {**context, "own_words": words or {}}, language=reader.language)
    return OwnPreview(fill(mail, words, context) if words else None, plain)
