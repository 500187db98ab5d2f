"""An example of what a mail is told, from what this portal knows, with whoever looks as its reader."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network, WorkingGroup
from partners.models import Category, Mou, Organization, Person, local_day
from registrations.messages.domain.own_mails import Place
from registrations.seats.emails import why
from stemnet import wording
from stemnet.outbox.worded import OwnMail

SOON = timedelta(days=14)
NAMED = re.compile(r"%\((\w+)\)s")


def sample_of(mail: OwnMail, place: Place, *, reader: Person, at: datetime) -> dict[str, Any]:
    """Return what a mail would be told of a network, or of the partnership and a network of it."""
    network = place if isinstance(place, Network) else Network.objects.order_by("-pk").first()
    network = network or Network(title=_("A network"), slug="a-network", school_year="2026-27")
    filled = _filled(mail, network, reader=reader, at=at)
    page = settings.SITE_URL + reverse("network", args=[network.slug])
    return {
        **_of_registrations(network, at=at),
        **_of_partners(filled, reader=reader),
        **_shared(mail, filled),
        "person": reader,
        "network": network if mail.of_network else None,
        **dict.fromkeys(("network_url", "learning_url", "leave_url", "link"), page),
        "url": "/" if mail.subject is not None else page,
        "why": why.registered(network)
        if mail.of_network
        else _("This is where we say why you're getting this."),
        "unsubscribe_url": page if mail.kind in ("reminder", "materials_up", "missed", "invited") else "",
    }


def _filled(mail: OwnMail, network: Network, *, reader: Person, at: datetime) -> dict[str, Any]:
    """Return what is put in, from what this portal knows; only what this mail says is asked for."""
    names = {place.name for place in mail.places} | {*NAMED.findall(f"{mail.subject} {mail.line}")}
    partners: list[Any] = [_("A partner"), _("Another partner")]
    if names & {"organization", "taker", "giver"}:
        partners = [*Organization.objects.order_by("plain_name")[:2], *partners]
    known = {
        **dict.fromkeys(("who", "leaver", "successor", "signatory", "colleague"), reader),
        **dict.fromkeys(("organization", "taker"), partners[0]),
        "giver": partners[1],
        "network": network,
        "section": _("What we do together"),
        "occasion": _("Opening meeting"),
        "number": 2,
        "title": _("Hours of this year"),
        "owner": reader,
        "until": wording.day(local_day(at + SOON)),
        "day": wording.day(local_day(at + SOON)),
        "year": network.school_year,
        "answer": _("Interested"),
        "what": _("Share a lesson that worked"),
        "resource": _("A lesson that worked"),
        "stage": _("Invited"),
        "days": 21,
    }
    asked: dict[str, Callable[[], Any]] = {
        "address": lambda: reader.primary_address,
        "mou": lambda: Mou.objects.first() or _("Memorandum of understanding"),
        "category": lambda: Category.objects.first() or _("Visits to schools"),
        "group": lambda: WorkingGroup.objects.filter(network=network.pk).first() or _("A working group"),
    }
    return known | {name: ask() for name, ask in asked.items() if name in names}


def _shared(mail: OwnMail, filled: dict[str, Any]) -> dict[str, Any]:
    """Return subject and sentence of a mail that shares its template, as the example has them."""
    if mail.subject is None or mail.line is None:
        return {}
    return {
        "filled": filled,
        "subject": str(mail.subject) % filled,
        "lines": [str(mail.line) % filled],
        "action": _("Open the page"),
    }


def _of_partners(filled: dict[str, Any], *, reader: Person) -> dict[str, Any]:
    """Return what the mails of partners are told that have templates of their own."""
    return {
        **filled,
        "invitation": SimpleNamespace(
            subject=_("An invitation to our partnership"),
            name=str(reader),
            organization=filled["organization"],
            sender=reader,
        ),
        "confirmed": True,
        "by": reader,
        "needed": filled.get("category"),
        "offered": filled.get("category"),
        "sides": [(filled["taker"], [reader])],
    }


def _of_registrations(network: Network, *, at: datetime) -> dict[str, Any]:
    """Return what the mails about seats, meetings and documents are told."""
    standing = network.meetings.own().standing().order_by("starts_at")[:3] if network.pk else []
    meetings = list(standing) or [_meeting_of(network, at=at)]
    first = meetings[0]
    when = wording.span(first.starts_at, first.ends_at, first.zone)
    line = {
        "title": first.title,
        "network": str(network),
        "what": _("New date or time"),
        "when": when,
        "where": first.venue or str(first.get_modality_display()),
    }
    old, new = (
        SimpleNamespace(number=f"STEM-2026-000{number}", name=_("Confirmation of attendance"))
        for number in (1, 2)
    )
    return {
        "registration": SimpleNamespace(party_size=1, is_seated=True, leader_name=_("Superintendent")),
        "meetings": meetings,
        "meeting": first,
        "when": when,
        "lines": [line],
        "subject": _("Reminder: %(meeting)s") % {"meeting": first.title},
        "place": 3,
        "automatic": True,
        "was_seated": True,
        "names": [new.name],
        "document": old,
        "old": old,
        "new": new,
        "materials": [{"title": _("Slides")}],
        "last_day": local_day(at + SOON),
        "reason": _("This is where the reason appears."),
        "has_login": True,
    }


def _meeting_of(network: Network, *, at: datetime) -> Meeting:
    """Return a meeting as one would be planned, where none is yet."""
    starts_at = at + SOON
    return Meeting(
        network=network,
        title=_("First meeting"),
        on=local_day(starts_at, network.zone),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        zone=network.zone,
    )
